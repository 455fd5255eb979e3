import { isDeepStrictEqual } from "node:util";
import { refuse } from "../../../protocol/faults.ts";
import type { Clock } from "../../clock.ts";
import * as articles from "../../store/articles.ts";
import * as store from "../../store/collections.ts";
import { mintId, toBytes, toId } from "../../store/ids.ts";
import type { Db, Store } from "../../store/port.ts";
import type { AgentActor } from "../actors.ts";
import { audit } from "../people/audit.ts";
import { sameSite } from "../sites/same-site.ts";
import { isId, type Site, type Sites } from "../sites/sites.ts";
import { type Called, type CollectionNames, calledOf, renamed } from "./collection-names.ts";

type Visibility = "public" | "internal";

/** Articles in an order. An internal one is a course for agents; a public one is first steps for visitors. */
export interface Collection extends Called {
  id: string;
  visibility: Visibility;
  articles: { id: string; title: string; locale: string; visibility: Visibility; state: "draft" | "published" }[];
}

export interface CollectionInput {
  name: string;
  /** The language of the name, and names in others. What is not said stays as it is. */
  locale?: string | undefined;
  names?: CollectionNames | undefined;
  visibility: Visibility;
  /** Ids, in their order. */
  articles: readonly string[];
}

export interface CollectionChange extends CollectionInput {
  /** How it stood in view: where somebody changed it since, the change is refused as `stale` and nothing is lost. */
  was?: CollectionInput | undefined;
}

/** Every agent of a site may arrange them. What is not theirs is `not-found`. */
export interface Collections {
  list(by: AgentActor, site: string): Promise<Collection[]>;
  /** With an `id` of the client's own, what was made under it before: as it is by now. */
  create(by: AgentActor, site: string, input: CollectionInput & { id?: string | undefined }): Promise<Collection>;
  change(by: AgentActor, id: string, input: CollectionChange): Promise<Collection>;
  remove(by: AgentActor, id: string): Promise<void>;
}

export function createCollections(parts: { store: Store; clock: Clock; sites: Sites }): Collections {
  const { store: port, clock, sites } = parts;
  return {
    async list(by, id) {
      const site = await sites.forAgent(by, id);
      return port.read(async (db) => {
        const all: Collection[] = [];
        for (const row of await store.ofSite(db, site.key)) all.push(await full(db, row, languagesOf(site)));
        return all;
      });
    },
    async create(by, id, { id: minted, visibility, articles: ids, ...said }) {
      const site = await sites.forAgent(by, id);
      const uid = toBytes(minted ?? mintId(clock.now()));
      return port.write(async (db) => {
        const before = sameSite(await store.byUid(db, uid), site.key);
        if (before) return full(db, before, languagesOf(site));
        const rows = await rowsOf(db, site.key, visibility, ids);
        const names = renamed({ locale: null, names: "{}" }, said, rows, languagesOf(site));
        const row = { uid, site: site.key, ...names, visibility, created_at: clock.now() };
        const key = await store.insert(db, row);
        await store.place(db, key, keysOf(rows));
        return full(db, { ...row, id: key }, languagesOf(site));
      });
    },
    async change(by, id, { visibility, articles: ids, was, ...said }) {
      const site = await sites.byKey((await port.read((db) => found(db, by, id))).site);
      const languages = site ? languagesOf(site) : [];
      return port.write(async (db) => {
        const row = await found(db, by, id);
        const stood = await full(db, row, languages);
        if (was && !stands(stood, was))
          refuse("stale", "Cannot change: somebody has changed this collection since you opened it");
        const rows = await rowsOf(db, row.site, visibility, ids);
        const next = { ...renamed(row, said, rows, languages), visibility };
        await store.update(db, row.id, next);
        await store.place(db, row.id, keysOf(rows));
        const now = await full(db, { ...row, ...next }, languages);
        const [before, after] = [told(stood), told(now)];
        if (!isDeepStrictEqual(before, after)) {
          const entry = { site: row.site, target: stood.id, name: stood.name, before, after };
          await audit(db, clock.now(), by, { action: "collection.changed", ...entry });
        }
        return now;
      });
    },
    remove: (by, id) =>
      port.write(async (db) => {
        const { id: key, uid, site, name } = await found(db, by, id);
        await store.remove(db, key);
        await audit(db, clock.now(), by, { action: "collection.removed", site, target: toId(uid), name });
      }),
  };
}

async function found(db: Db, by: AgentActor, id: string): Promise<store.CollectionRow> {
  const row = isId(id) ? await store.byUid(db, toBytes(id)) : undefined;
  return row && by.sites.has(row.site) ? row : refuse("not-found", "No such collection");
}

/** Its articles; none that visitors may not read in one for them. */
async function rowsOf(db: Db, site: number, visibility: Visibility, ids: readonly string[]) {
  const rows: articles.ArticleRow[] = [];
  for (const id of ids) {
    const row = isId(id) ? await articles.byUid(db, toBytes(id)) : undefined;
    if (row?.site !== site) return refuse("not-found", "No such article", { field: "articles" });
    if (visibility === "public" && row.visibility === "internal")
      return refuse("invalid", `“${row.title}” is for the team only: visitors cannot read it`, { field: "articles" });
    rows.push(row);
  }
  return rows;
}

/** Each stands in a collection once. */
function keysOf(rows: readonly articles.ArticleRow[]): number[] {
  return [...new Set(rows.map(({ id }) => id))];
}

function languagesOf({ settings }: Site): readonly string[] {
  return settings.locales;
}

/** Whether a collection still is what somebody saw. */
function stands({ name, locale, names, visibility, articles: placed }: Collection, seen: CollectionInput): boolean {
  const now = { name, locale, names, visibility, articles: placed.map(({ id }) => id) };
  const { locale: own = locale, names: others = names } = seen;
  return isDeepStrictEqual(now, { ...seen, locale: own, names: others });
}

/** As the audit log tells it. */
function told({ name, names, visibility, articles: placed }: Collection) {
  return { name, names, visibility, articles: placed.map(({ title }) => title) };
}

async function full(db: Db, row: store.CollectionRow, site: readonly string[]): Promise<Collection> {
  const { id, uid, visibility } = row;
  const placed = await store.articlesOf(db, id);
  return {
    id: toId(uid),
    ...calledOf(row, placed, site),
    visibility,
    articles: placed.map(({ uid: own, ...row }) => ({ id: toId(own), ...row })),
  };
}
