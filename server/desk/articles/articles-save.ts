import { refuse } from "../../../protocol/faults.ts";
import * as versions from "../../store/article-versions.ts";
import * as store from "../../store/articles.ts";
import { mintId, toBytes } from "../../store/ids.ts";
import type { Db } from "../../store/port.ts";
import * as questions from "../../store/questions.ts";
import { type Parsed, parseMarkdown } from "../markdown/markdown.ts";
import { type ArticleInput, slugFrom, trimmedBody } from "./articles-input.ts";
import { followLinks } from "./articles-links.ts";
import { keepRevision } from "./revisions.ts";

/** An article that was checked, with its Markdown read: the dear part, done outside the transaction. */
export interface Prepared {
  input: ArticleInput;
  parsed: Parsed;
}

export type Outcome = "created" | "updated" | "unchanged";

export function prepare(input: ArticleInput): Prepared {
  return { input, parsed: parseMarkdown(input.body) };
}

/** Writes a new article. The slug is the one asked for, or made of the title; a number is added where it is taken. */
export async function create(
  db: Db,
  site: number,
  { input, parsed }: Prepared,
  at: number,
  uid = toBytes(mintId(at)),
): Promise<number> {
  const { title, body, locale, visibility = "public", state = "draft", category, pages = [] } = input;
  const source = input.source ?? null;
  const { resolve, dangling } = await followLinks(db, { site, locale, source }, parsed.links);
  const slug = await freeSlug(db, site, locale, input.slug || slugFrom(title) || "article");
  const key = await store.insert(db, {
    uid,
    site,
    grp: await groupFor(db, site, input, uid),
    slug,
    locale,
    title,
    body,
    ...columnsOf(parsed, resolve),
    category: category || null,
    visibility,
    state,
    pages: JSON.stringify(pages),
    source,
    source_id: input.sourceId ?? null,
    dangling: Number(dangling),
    version: await versions.nextVersion(db, site),
    created_at: at,
    updated_at: at,
  });
  await store.forgetSlug(db, site, locale, slug);
  await questions.replaceByAuthor(db, key, input.questions ?? [], at);
  return key;
}

/** Writes what differs, if anything does. A slug that changes leaves its old address behind. */
export async function change(
  db: Db,
  row: store.ArticleRow,
  { input, parsed }: Prepared,
  at: number,
  agent: number | null = null,
): Promise<Outcome> {
  if (input.was !== undefined && Date.parse(input.was) !== row.updated_at)
    return refuse("stale", "Cannot save: somebody has saved this article since you opened it");
  const next = {
    title: input.title,
    body: trimmedBody(input.body) === trimmedBody(row.body) ? row.body : input.body,
    locale: input.locale,
    category: input.category === undefined ? row.category : input.category || null,
    visibility: input.visibility ?? row.visibility,
    state: input.state ?? row.state,
    pages: input.pages === undefined ? row.pages : JSON.stringify(input.pages),
  };
  const grp = input.group === undefined ? row.grp : toBytes(input.group);
  const joins = Buffer.compare(grp, row.grp) !== 0;
  const twin = joins || next.locale !== row.locale ? await store.inGroup(db, row.site, grp, next.locale) : undefined;
  if (twin)
    refuse("stale", `Cannot save: “${twin.title}” is this article in ${next.locale} already`, { field: "locale" });
  const origin = { source: input.source ?? row.source, source_id: input.sourceId ?? row.source_id };
  // Where another has the slug that is asked for, it is the one with a number, and may be so already.
  const slug = await freeSlug(db, row.site, next.locale, input.slug || row.slug, row.id);
  const moved = slug !== row.slug || next.locale !== row.locale;
  const before = await questions.byAuthor(db, row.id);
  const said = input.questions ?? before;
  const other = (Object.keys(next) as (keyof typeof next)[]).some((column) => next[column] !== row[column]);
  if (!other && !moved && !joins && JSON.stringify(said) === JSON.stringify(before)) {
    if (origin.source !== row.source || origin.source_id !== row.source_id) await setOrigin(db, row.id, origin);
    return "unchanged";
  }

  // Two saves within one millisecond are two: by this time `was` tells them apart.
  const savedAt = Math.max(at, row.updated_at + 1);
  const { resolve, dangling } = await followLinks(db, { ...next, ...origin, site: row.site }, parsed.links);
  await store.update(db, row.id, {
    ...next,
    ...origin,
    grp,
    slug,
    ...columnsOf(parsed, resolve),
    dangling: Number(dangling),
    version: await versions.nextVersion(db, row.site),
    updated_at: savedAt,
  });
  await keepRevision(db, row, next, savedAt, agent);
  if (moved) {
    await store.forgetSlug(db, row.site, next.locale, slug);
    await store.keepSlug(db, row.site, row.locale, row.slug, row.id);
  }
  if (said !== before) await questions.replaceByAuthor(db, row.id, said, at);
  return "updated";
}

/** Where an article came from is nothing that its readers see, but links are followed from there. */
async function setOrigin(db: Db, key: number, origin: Pick<store.ArticleRow, "source" | "source_id">): Promise<void> {
  await store.update(db, key, origin);
  await relink(db, key);
}

/** The row of an agent's own site; what exists but is not theirs is `not-found` (D12). */
export async function found(
  db: Db,
  sites: ReadonlySet<number>,
  uid: Uint8Array | undefined,
): Promise<store.ArticleRow> {
  const row = uid && (await store.byUid(db, uid));
  return row && sites.has(row.site) ? row : refuse("not-found", "No such article");
}

/** Follows an article's links once more, after others came. Its content did not change, nor does its date. */
export async function relink(db: Db, key: number): Promise<void> {
  const row = await store.byKey(db, key);
  if (!row) return;
  const parsed = parseMarkdown(row.body);
  const { resolve, dangling } = await followLinks(db, row, parsed.links);
  const { rich } = columnsOf(parsed, resolve);
  if (rich !== row.rich || Number(dangling) !== row.dangling) {
    await versions.putLinks(db, row, { rich, dangling: Number(dangling) });
  }
}

function columnsOf(parsed: Parsed, resolve: Parameters<Parsed["render"]>[0]) {
  const { rich, plain, excerpt } = parsed.render(resolve);
  return { rich: JSON.stringify(rich), plain, excerpt };
}

async function freeSlug(db: Db, site: number, locale: string, wish: string, own?: number): Promise<string> {
  for (let count = 1; ; count++) {
    const slug = count === 1 ? wish : `${wish}-${count}`;
    const taken = await store.bySlug(db, site, locale, slug);
    if (!taken || taken.id === own) return slug;
  }
}

/**
 * Translations of one source share a group, as do those that say so. A group has each language once, or a page would
 * name two addresses for it: who says so and comes second is refused, and a source's second text stands alone.
 */
async function groupFor(db: Db, site: number, input: ArticleInput, own: Uint8Array): Promise<Uint8Array> {
  const { group, sourceId, locale } = input;
  if (group !== undefined) {
    const there = await store.inGroup(db, site, toBytes(group), locale);
    if (there)
      refuse("stale", `Cannot create: “${there.title}” is this article in ${locale} already`, { field: "locale" });
    return toBytes(group);
  }
  const shared = sourceId === undefined ? undefined : await store.groupOfSource(db, site, sourceId);
  return shared && !(await store.inGroup(db, site, shared, locale)) ? shared : own;
}
