import { refuse } from "../../../protocol/faults.ts";
import type { Clock } from "../../clock.ts";
import * as versions from "../../store/article-versions.ts";
import * as store from "../../store/articles.ts";
import { type FormerAddress, formerOf } from "../../store/former-addresses.ts";
import { toBytes, toId } from "../../store/ids.ts";
import type { Db, Store } from "../../store/port.ts";
import * as questions from "../../store/questions.ts";
import type { AgentActor } from "../actors.ts";
import type { Files } from "../files/files.ts";
import { audit } from "../people/audit.ts";
import { sameSite } from "../sites/same-site.ts";
import { isId, type Site, type Sites } from "../sites/sites.ts";
import { type GroupedArticle, grouped } from "./articles-grouped.ts";
import { createImporter, type Importer } from "./articles-import.ts";
import type { ArticleInput, FormerAddresses, NewArticle } from "./articles-input.ts";
import { type ListedArticle, listedOf } from "./articles-listed.ts";
import { createPublicArticles, type PublicArticles } from "./articles-public.ts";
import { change, create, found, prepare } from "./articles-save.ts";

/** An article in a list. */
export interface ArticleHead extends ListedArticle {
  url: string;
}

/** An article as its authors see it: Markdown. */
export interface Article extends ArticleHead {
  site: string;
  body: string;
  pages: string[];
  questions: string[];
}

/** What an import takes and an export gives. */
export interface ExportedArticle
  extends Pick<
    Article,
    "title" | "body" | "locale" | "slug" | "visibility" | "state" | "pages" | "questions" | "group"
  > {
  category?: string;
  source?: string;
  sourceId?: string;
  /** What once led to it. */
  former?: FormerAddresses;
}

export interface ArticleListing {
  query?: string | undefined;
  state?: "draft" | "published" | undefined;
  visibility?: "public" | "internal" | undefined;
  category?: string | undefined;
  locale?: string | undefined;
  /** By `group`, an article's translations are one, in whichever of them the filter matches. */
  per?: "article" | "group" | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}

/** Translations of one article are one. */
export interface ArticleCounts {
  all: number;
  published: number;
  draft: number;
  internal: number;
}

/** The knowledge base. Every agent of a site may write it. */
export interface Articles extends PublicArticles {
  list(by: AgentActor, site: string, listing: ArticleListing): Promise<{ items: ArticleHead[]; cursor?: string }>;
  /** How many articles there are: all, and by what is asked for most. */
  counts(by: AgentActor, site: string): Promise<ArticleCounts>;
  get(by: AgentActor, id: string): Promise<Article>;
  /** With an `id` of the client's own, what was written under it before: as it is by now. */
  create(by: AgentActor, site: string, input: NewArticle): Promise<Article>;
  /** What the input leaves out stays; an empty category is none. */
  change(by: AgentActor, id: string, input: ArticleInput): Promise<Article>;
  remove(by: AgentActor, id: string): Promise<void>;
  importer(site: Site, options?: { dryRun?: boolean }): Importer;
  export(site: Site): AsyncIterable<ExportedArticle>;
}

export interface ArticlesParts {
  store: Store;
  clock: Clock;
  sites: Sites;
  /** Where this server itself is reached, once that is known. */
  home?: () => string | undefined;
  /** Without it, addresses of files stay as they were written. */
  files?: Pick<Files, "moved">;
}

const PAGE = 50;
const EXPORT_PAGE = 100;

export function createArticles({ store: port, clock, sites, home = () => undefined, files }: ArticlesParts): Articles {
  const open = createPublicArticles({ store: port, clock, home, files });
  const urlOf = open.addressOf;

  const full = async (db: Db, row: store.ArticleRow): Promise<Article> => {
    const site = await sites.byKey(row.site);
    if (!site) throw new Error(`Article ${row.id} has no site`);
    return {
      site: site.id,
      ...listedOf(row),
      url: urlOf(site, row),
      body: row.body,
      pages: JSON.parse(row.pages) as string[],
      questions: await questions.byAuthor(db, row.id),
    };
  };
  const again = (key: number) =>
    port.read(async (db) => full(db, (await store.byKey(db, key)) ?? refuse("not-found", "No such article")));

  return {
    ...open,
    async list(by, id, { cursor, limit = PAGE, per = "article", ...filter }) {
      const site = await sites.forAgent(by, id);
      const wanted = { ...filter, site: site.key, after: readCursor(cursor), limit: limit + 1 };
      const rows = await port.read(async (db) =>
        per === "group" ? grouped(db, site, wanted) : (await store.list(db, wanted)).map(alone),
      );
      const items = rows.slice(0, limit).map(({ article }) => ({ ...article, url: urlOf(site, article) }));
      const last = rows[limit - 1]?.after;
      return rows.length > limit && last ? { items, cursor: `${last.at}-${last.id}` } : { items };
    },
    async counts(by, id) {
      const site = await sites.forAgent(by, id);
      return port.read((db) => store.counts(db, site.key));
    },
    get: (by, id) => port.read(async (db) => full(db, await found(db, by.sites, bytesOf(id)))),
    async create(by, id, { id: minted, ...input }) {
      const site = await sites.forAgent(by, id);
      const prepared = prepare(input);
      const uid = minted === undefined ? undefined : toBytes(minted);
      const key = await port.write(async (db) => {
        const before = uid && sameSite(await store.byUid(db, uid), site.key);
        return before?.id ?? create(db, site.key, prepared, clock.now(), uid);
      });
      return again(key);
    },
    async change(by, id, input) {
      const prepared = prepare(input);
      const key = await port.write(async (db) => {
        const row = await found(db, by.sites, bytesOf(id));
        await change(db, row, prepared, clock.now(), by.key);
        return row.id;
      });
      return again(key);
    },
    remove: (by, id) =>
      port.write(async (db) => {
        const row = await found(db, by.sites, bytesOf(id));
        await store.remove(db, row.id);
        const { site, title: name } = row;
        await audit(db, clock.now(), by, { action: "article.removed", site, target: toId(row.uid), name });
        await versions.nextVersion(db, row.site);
      }),
    importer: (site, options = {}) => createImporter({ store: port, clock, site, ...options }),
    async *export(site) {
      for (let after = 0; ; ) {
        const page = await port.read(async (db) => {
          const rows = await store.pageAfter(db, site.key, after, EXPORT_PAGE);
          const keys = rows.map(({ id }) => id);
          const former = await formerOf(db, site.key, keys);
          const said = await Promise.all(keys.map((key) => questions.byAuthor(db, key)));
          return rows.map((row, at) => ({ row, said: said[at] ?? [], former: former.get(row.id) ?? [] }));
        });
        for (const { row, ...beside } of page) {
          after = row.id;
          yield exported(row, beside);
        }
        if (page.length < EXPORT_PAGE) return;
      }
    },
  };
}

function alone(row: store.ArticleHead): GroupedArticle {
  return { article: listedOf(row), after: { at: row.updated_at, id: row.id } };
}

function exported(
  row: store.ArticleRow,
  { said, former }: { said: string[]; former: readonly FormerAddress[] },
): ExportedArticle {
  const { title, body, locale, slug, visibility, state, category, source, source_id: sourceId } = row;
  return {
    title,
    locale,
    slug,
    visibility,
    state,
    ...(category !== null && { category }),
    pages: JSON.parse(row.pages) as string[],
    questions: said,
    group: toId(row.grp),
    ...(source !== null && { source }),
    ...(sourceId !== null && { sourceId }),
    ...(former.length > 0 && { former: former.map((one) => formerAs(one, locale)) }),
    body,
  };
}

/** In the article's own language an address says enough. */
function formerAs({ slug, locale }: FormerAddress, own: string): FormerAddresses[number] {
  return locale === own ? slug : { slug, locale };
}

function readCursor(cursor: string | undefined) {
  if (cursor === undefined) return undefined;
  const found = /^(\d{1,15})-(\d{1,15})$/.exec(cursor);
  return found
    ? { at: Number(found[1]), id: Number(found[2]) }
    : refuse("invalid", "No such page", { field: "cursor" });
}

function bytesOf(id: string): Uint8Array | undefined {
  return isId(id) ? toBytes(id) : undefined;
}
