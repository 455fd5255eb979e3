import { refuse } from "../../../protocol/faults.ts";
import { toTime } from "../../clock.ts";
import * as articles from "../../store/articles.ts";
import { toBytes, toId } from "../../store/ids.ts";
import type { Db, Store } from "../../store/port.ts";
import * as store from "../../store/revisions.ts";
import { nearness } from "../../suggest/locales.ts";
import type { AgentActor } from "../actors.ts";
import { isId, type Site, type Sites } from "../people/sites.ts";

/** Of one article, so many are kept. */
const KEPT = 100;

/** What an article said at one time; the newest is what it says now. */
export interface Revision {
  id: string;
  title: string;
  at: string;
  /** Who wrote it; an import has no author. */
  by?: { id: string; name: string };
}

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

/** What articles said before, and what they say in other languages. */
export interface Revisions {
  list(by: AgentActor, article: string): Promise<Revision[]>;
  get(by: AgentActor, id: string): Promise<Revision & { body: string }>;
  /** The groups of translations of a site. */
  translations(by: AgentActor, site: string): Promise<{ group: string; articles: Translation[] }[]>;
}

export function createRevisions({ store: port, sites }: { store: Store; sites: Sites }): Revisions {
  return {
    list: (by, id) =>
      port.read(async (db) => {
        const row = isId(id) ? await articles.byUid(db, toBytes(id)) : undefined;
        if (!row || !by.sites.has(row.site)) return refuse("not-found", "No such article");
        return (await store.list(db, row.id)).map(revisionOf);
      }),
    get: (by, id) =>
      port.read(async (db) => {
        const row = /^\d{1,15}$/.test(id) ? await store.byKey(db, Number(id)) : undefined;
        const article = row && (await articles.byKey(db, row.article));
        if (!row || !article || !by.sites.has(article.site)) return refuse("not-found", "No such revision");
        return { ...revisionOf(row), body: row.body };
      }),
    async translations(by, id) {
      const site = await sites.forAgent(by, id);
      const rows = await port.read((db) => store.translations(db, site.key));
      return [...Map.groupBy(rows, ({ grp }) => toId(grp))].map(([group, some]) => ({
        group,
        articles: translationsOf(site, some),
      }));
    },
  };
}

/** Keeps a changed text in the transaction that writes it; what it said before as well, where nothing was kept yet. */
export async function keepRevision(
  db: Db,
  before: { id: number; title: string; body: string; updated_at: number },
  now: { title: string; body: string },
  at: number,
  agent: number | null,
): Promise<void> {
  if (before.title === now.title && before.body === now.body) return;
  const article = before.id;
  if (!(await store.any(db, article))) {
    const { title, body, updated_at } = before;
    await store.keep(db, { article, title, body, agent: null, at: updated_at }, KEPT);
  }
  await store.keep(db, { article, title: now.title, body: now.body, agent, at }, KEPT);
}

/** The original is the article in the site's first language; where there is none, the oldest. */
function translationsOf({ settings }: Site, rows: readonly store.TranslationRow[]): Translation[] {
  const [main = ""] = settings.locales;
  const original = rows.find(({ locale }) => nearness(locale, main) >= 2) ?? rows[0];
  return rows.map((row) => ({
    id: toId(row.uid),
    locale: row.locale,
    title: row.title,
    state: row.state,
    original: row === original,
    behind: original !== undefined && row.text_at < original.text_at,
  }));
}

function revisionOf({ id, title, at, agent_uid, agent_name }: Omit<store.RevisionRow, "body">): Revision {
  const by = agent_uid && agent_name !== null && { by: { id: toId(agent_uid), name: agent_name } };
  return { id: String(id), title, at: toTime(at), ...by };
}
