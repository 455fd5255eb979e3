import { refuse } from "../../../protocol/faults.ts";
import type { AgentCard, AgentId } from "../../../protocol/index.ts";
import { type Clock, toTime } from "../../clock.ts";
import * as store from "../../store/article-drafts.ts";
import * as articles from "../../store/articles.ts";
import { toBytes, toId } from "../../store/ids.ts";
import type { Db, Store } from "../../store/port.ts";
import * as revisions from "../../store/revisions.ts";
import type { AgentActor } from "../actors.ts";
import { isId, type Sites } from "../sites/sites.ts";
import type { DraftText } from "./article-drafts-input.ts";

/** What an article that is not saved yet is called. */
export const NEW = "new";

/** How things stand for somebody who writes an article. */
export interface DraftState {
  /** What they wrote and did not save. */
  draft?: { text: DraftText; at: string; base?: string };
  /** Who else wrote of it and has not saved that, the latest first. */
  others: { agent: AgentCard; at: string }[];
  /** When it was last saved, and by whom, where that is known. Absent for a new one. */
  article?: { updatedAt: string; by?: { id: string; name: string } };
}

/**
 * The unsaved edits of articles: one text for each agent and article, beside what is published and never in place of it.
 * Two who write one article have a text each, and hear of each other.
 */
export interface ArticleDrafts {
  look(by: AgentActor, site: string, article: string): Promise<DraftState>;
  /** `base` is when the article was saved that the text began from. Answers without the text itself. */
  keep(
    by: AgentActor,
    site: string,
    article: string,
    draft: { text: DraftText; base?: string | undefined },
  ): Promise<DraftState & { at: string }>;
  drop(by: AgentActor, site: string, article: string): Promise<void>;
  /** The articles that this agent has begun to change; without an id, the new one. */
  list(by: AgentActor, site: string): Promise<{ article?: string; at: string }[]>;
}

export function createArticleDrafts(parts: { store: Store; clock: Clock; sites: Sites }): ArticleDrafts {
  const { store: port, clock, sites } = parts;

  const placeOf = async (db: Db, by: AgentActor, site: number, id: string) => {
    if (id === NEW) return { site, article: store.NEW_ARTICLE, agent: by.key };
    const row = isId(id) ? await articles.byUid(db, toBytes(id)) : undefined;
    if (row?.site !== site) return refuse("not-found", "No such article");
    return { site, article: row.id, agent: by.key };
  };

  return {
    async look(by, id, article) {
      const site = await sites.forAgent(by, id);
      return port.read(async (db) => {
        const place = await placeOf(db, by, site.key, article);
        const row = await store.find(db, place);
        return { ...(row && { draft: draftOf(row) }), ...(await aroundOf(db, place)) };
      });
    },
    async keep(by, id, article, { text, base }) {
      const site = await sites.forAgent(by, id);
      const at = clock.now();
      const from = base === undefined ? null : Date.parse(base);
      return port.write(async (db) => {
        const place = await placeOf(db, by, site.key, article);
        await store.put(db, { ...place, text: JSON.stringify(text), base: from, at });
        return { at: toTime(at), ...(await aroundOf(db, place)) };
      });
    },
    async drop(by, id, article) {
      const site = await sites.forAgent(by, id);
      await port.write(async (db) => store.remove(db, await placeOf(db, by, site.key, article)));
    },
    async list(by, id) {
      const site = await sites.forAgent(by, id);
      const rows = await port.read((db) => store.ofAgent(db, site.key, by.key));
      return rows.map(({ uid, at }) => ({ ...(uid && { article: toId(uid) }), at: toTime(at) }));
    },
  };
}

function draftOf({ text, at, base }: store.DraftRow) {
  return { text: JSON.parse(text) as DraftText, at: toTime(at), ...(base !== null && { base: toTime(base) }) };
}

/** Who else writes it, and how it stands. New ones have nobody else: each agent's is another article. */
async function aroundOf(db: Db, { article, agent }: { article: number; agent: number }) {
  if (article === store.NEW_ARTICLE) return { others: [] };
  const row = await articles.byKey(db, article);
  if (!row) return refuse("not-found", "No such article");
  const [newest] = await revisions.list(db, article);
  const named = newest?.agent_uid && newest.agent_name !== null && newest.at === row.updated_at;
  const by = named && { by: { id: toId(newest.agent_uid as Uint8Array), name: newest.agent_name as string } };
  return {
    others: (await store.others(db, article, agent)).map(({ uid, name, avatar, at }) => ({
      agent: { id: toId<AgentId>(uid), name, ...(avatar !== null && { avatar }) },
      at: toTime(at),
    })),
    article: { updatedAt: toTime(row.updated_at), ...by },
  };
}
