import { refuse } from "../../../protocol/faults.ts";
import { type Clock, toTime } from "../../clock.ts";
import * as articles from "../../store/articles.ts";
import { toBytes, toId } from "../../store/ids.ts";
import type { Db, Store } from "../../store/port.ts";
import * as store from "../../store/revisions.ts";
import type { AgentActor } from "../actors.ts";
import { isId, type Site, type Sites } from "../sites/sites.ts";
import { type ListedArticle, listedOf, originalOf } from "./articles-listed.ts";
import { KEPT_REVISIONS } from "./revisions.ts";

/** An article among its translations. */
export interface Translation {
  id: string;
  locale: string;
  title: string;
  state: "draft" | "published";
  /** Of a group, the one the others translate. */
  original: boolean;
  /** The original's text changed after this one's. */
  behind: boolean;
}

export interface TranslationGroup {
  group: string;
  articles: Translation[];
}

/** What an article translates: as it is now, and as it was when the translation was last written. */
export interface Original {
  id: string;
  locale: string;
  behind: boolean;
  now: { title: string; body: string; at: string };
  before: { title: string; body: string; at: string };
}

/** What articles say in other languages, and which of them say what the original no longer does. */
export interface Translations {
  /** The groups of translations of a site; with `of`, those that one of these articles is in. */
  groups(by: AgentActor, site: string, of?: readonly string[]): Promise<TranslationGroup[]>;
  /** The translations that are older than their originals. */
  behind(by: AgentActor, site: string): Promise<ListedArticle[]>;
  /** Refused with `not-found` for what is no translation. */
  original(by: AgentActor, article: string): Promise<Original>;
  /** Somebody compared them and there is nothing to change: the translation is behind no longer. */
  checked(by: AgentActor, article: string): Promise<void>;
}

export function createTranslations(parts: { store: Store; clock: Clock; sites: Sites }): Translations {
  const { store: port, clock, sites } = parts;

  const groupsOf = async (db: Db, site: Site, of?: readonly string[]): Promise<TranslationGroup[]> => {
    const rows = of
      ? await store.translationsOfAny(db, site.key, of.filter(isId).map(toBytes))
      : await store.translations(db, site.key);
    return [...Map.groupBy(rows, ({ grp }) => toId(grp))]
      .filter(([, some]) => some.length > 1)
      .map(([group, some]) => ({ group, articles: translationsOf(site, some) }));
  };

  /** The rows of a translation and of what it translates. */
  const pairOf = async (db: Db, by: AgentActor, id: string) => {
    const row = isId(id) ? await articles.byUid(db, toBytes(id)) : undefined;
    const site = row && by.sites.has(row.site) ? await sites.byKey(row.site) : undefined;
    if (!row || !site) return refuse("not-found", "No such article");
    const group = translationsOf(site, await store.translationsOf(db, site.key, row.grp));
    const first = group.find(({ original }) => original);
    const own = group.find((one) => one.id === id);
    const from = first && own && first !== own ? await articles.byUid(db, toBytes(first.id)) : undefined;
    if (!from || !own) return refuse("not-found", "This article translates no other");
    return { row, from, behind: own.behind };
  };

  return {
    async groups(by, id, of) {
      const site = await sites.forAgent(by, id);
      return port.read((db) => groupsOf(db, site, of));
    },
    async behind(by, id) {
      const site = await sites.forAgent(by, id);
      return port.read(async (db) => {
        const late = (await groupsOf(db, site)).flatMap(({ articles: some }) => some.filter(({ behind }) => behind));
        const rows = [];
        for (const one of late) rows.push(await articles.byUid(db, toBytes(one.id)));
        return rows.flatMap((row) => (row ? [listedOf(row)] : []));
      });
    },
    original: (by, id) =>
      port.read(async (db) => {
        const { row, from, behind } = await pairOf(db, by, id);
        const written = (await store.textAt(db, row.id)) ?? row.created_at;
        const before = await store.asOf(db, from.id, written);
        const now = {
          title: from.title,
          body: from.body,
          at: toTime((await store.textAt(db, from.id)) ?? from.created_at),
        };
        return {
          id: toId(from.uid),
          locale: from.locale,
          behind,
          now,
          before: before ? { title: before.title, body: before.body, at: toTime(before.at) } : now,
        };
      }),
    checked: (by, id) =>
      port.write(async (db) => {
        const { row, behind } = await pairOf(db, by, id);
        if (!behind) return;
        const { title, body } = row;
        const at = clock.now();
        await store.keep(db, { article: row.id, title, body, agent: by.key, at }, KEPT_REVISIONS);
      }),
  };
}

/** The original is the article in the site's first language; where there is none, the oldest. */
function translationsOf(site: Site, rows: readonly store.TranslationRow[]): Translation[] {
  const original = originalOf(site, rows);
  return rows.map((row) => ({
    id: toId(row.uid),
    locale: row.locale,
    title: row.title,
    state: row.state,
    original: row === original,
    // An original that never changed puts nobody behind, even where it was written last, as an import may do.
    behind:
      original?.changed_at != null && row !== original && (row.changed_at ?? row.created_at) < original.changed_at,
  }));
}
