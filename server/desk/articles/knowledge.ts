import { refuse } from "../../../protocol/faults.ts";
import type { ConversationId } from "../../../protocol/ids.ts";
import type { Store } from "../../store/port.ts";
import type { AgentActor } from "../actors.ts";
import { findRecord } from "../conversations/posting.ts";
import type { Sites } from "../sites/sites.ts";
import type { Article, Articles } from "./articles.ts";
import { draftFrom, localeFor } from "./searches-draft.ts";

/** Articles out of conversations: answer once. */
export interface Knowledge {
  /** Writes a draft from what agents replied. It is theirs to finish: nobody finds it before it is published. */
  draft(by: AgentActor, conversation: ConversationId): Promise<Article>;
}

export function createKnowledge(parts: { store: Store; articles: Articles; sites: Sites }): Knowledge {
  const { store, articles, sites } = parts;
  return {
    async draft(by, id) {
      const record = await store.read((db) => findRecord(db, id, ({ siteKey }) => by.sites.has(siteKey)));
      const site = await sites.forAgent(by, record.view.site);
      const { title, body, questions, locale } = await store.read((db) => draftFrom(db, [record.key], []));
      if (body === "") return refuse("invalid", "No reply in this conversation is long enough for an article");
      return articles.create(by, site.id, {
        title: title || "…",
        body,
        questions,
        locale: localeFor(site, locale),
        visibility: "public",
        state: "draft",
      });
    },
  };
}
