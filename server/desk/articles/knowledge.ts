import { refuse } from "../../../protocol/faults.ts";
import type { ConversationId } from "../../../protocol/ids.ts";
import { findBySource } from "../../store/articles.ts";
import { toId } from "../../store/ids.ts";
import type { Store } from "../../store/port.ts";
import type { AgentActor } from "../actors.ts";
import { findRecord } from "../conversations/posting.ts";
import type { Sites } from "../sites/sites.ts";
import type { Article, Articles } from "./articles.ts";
import { draftFrom, localeFor } from "./searches-draft.ts";

/** Articles out of conversations: answer once. */
export interface Knowledge {
  /**
   * Writes a draft from what agents replied in the present episode. It is theirs to finish: nobody finds it before it is
   * published. Where one was made of this episode before, answers with that (`again`), whatever became of it since.
   */
  draft(by: AgentActor, conversation: ConversationId): Promise<{ article: Article; again: boolean }>;
}

export function createKnowledge(parts: { store: Store; articles: Articles; sites: Sites }): Knowledge {
  const { store, articles, sites } = parts;
  let last: Promise<unknown> = Promise.resolve();

  const draft = async (by: AgentActor, id: ConversationId) => {
    const record = await store.read((db) => findRecord(db, id, ({ siteKey }) => by.sites.has(siteKey)));
    const site = await sites.forAgent(by, record.view.site);
    // Where the article came from, as an import says it: this lasts, whatever an author makes of its words.
    const sourceId = `conversation ${record.view.id} episode ${record.view.episode}`;
    const known = await store.read((db) => findBySource(db, site.key, "", "source_id", sourceId));
    if (known) return { article: await articles.get(by, toId(known.uid)), again: true };
    const { title, body, questions, locale } = await store.read((db) => draftFrom(db, [record.key], []));
    if (body === "") return refuse("invalid", "No reply in this conversation is long enough for an article");
    const article = await articles.create(by, site.id, {
      title: title || "…",
      body,
      questions,
      locale: localeFor(site, locale),
      visibility: "public",
      state: "draft",
      sourceId,
    });
    return { article, again: false };
  };

  return {
    draft(by, id) {
      // One after another: two who ask at once get one article.
      const mine = last.then(() => draft(by, id));
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}
