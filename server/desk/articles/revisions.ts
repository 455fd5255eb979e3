import { refuse } from "../../../protocol/faults.ts";
import { toTime } from "../../clock.ts";
import * as articles from "../../store/articles.ts";
import { toBytes, toId } from "../../store/ids.ts";
import type { Db, Store } from "../../store/port.ts";
import * as store from "../../store/revisions.ts";
import type { AgentActor } from "../actors.ts";
import { isId } from "../sites/sites.ts";

/** Of one article, so many are kept. */
export const KEPT_REVISIONS = 100;

/** What an article said at one time; the newest is what it says now. */
export interface Revision {
  id: string;
  title: string;
  at: string;
  /** Who wrote it; an import has no author. */
  by?: { id: string; name: string };
}

/** What articles said before. */
export interface Revisions {
  list(by: AgentActor, article: string): Promise<Revision[]>;
  get(by: AgentActor, id: string): Promise<Revision & { body: string }>;
}

export function createRevisions({ store: port }: { store: Store }): Revisions {
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
  };
}

/** Keeps a changed text in the transaction that writes it; what it said before as well, where nothing was kept yet. */
export async function keepRevision(
  db: Db,
  before: { id: number; title: string; body: string; created_at: number },
  now: { title: string; body: string },
  at: number,
  agent: number | null,
): Promise<void> {
  if (before.title === now.title && before.body === now.body) return;
  const article = before.id;
  if (!(await store.any(db, article))) {
    const { title, body, created_at } = before;
    await store.keep(db, { article, title, body, agent: null, at: created_at }, KEPT_REVISIONS);
  }
  await store.keep(db, { article, title: now.title, body: now.body, agent, at }, KEPT_REVISIONS);
}

function revisionOf({ id, title, at, agent_uid, agent_name }: Omit<store.RevisionRow, "body">): Revision {
  const by = agent_uid && agent_name !== null && { by: { id: toId(agent_uid), name: agent_name } };
  return { id: String(id), title, at: toTime(at), ...by };
}
