import type { ArticleId, ConversationId, EventId } from "../../protocol/index.ts";
import { mintId } from "../../server/store/ids.ts";
import { openDesk, type TestDesk } from "./desk.ts";

export const INVOICE = "How do I get an invoice with my company name?";
export const INVOICE_TOO = "need an invoice with the company name on it";
export const PARKING = "Is there parking near the studio?";

/** A desk with people who search its shop and write to it, and what of that nobody answered. */
export type Asking = Awaited<ReturnType<typeof openAsking>>;

export async function openAsking() {
  const held: TestDesk = await openDesk();
  const { desk, shop, owner } = held;
  return {
    held,
    async write(title: string, body: string) {
      const input = { title, body, locale: "en", visibility: "public", state: "published" } as const;
      return (await desk.articles.create(owner.actor, shop.id, input)).id as ArticleId;
    },
    /** Somebody new asks in a conversation of their own. */
    async ask(text: string, name?: string) {
      const { visitor } = await held.welcome();
      const known = name === undefined ? visitor : await desk.visitors.contact(visitor, { name });
      const conversation = mintId<ConversationId>();
      await desk.asVisitor.execute(known, { type: "post", conversation, id: mintId<EventId>(), text, locale: "en" });
      return conversation;
    },
    reply: (conversation: ConversationId, text: string) =>
      desk.asAgent.execute(owner.actor, { type: "post", conversation, id: mintId<EventId>(), text, seen: 1 }),
    search: (who: string, q: string) => desk.searches.typed(shop, { who, q, locale: "en" }),
    async unanswered() {
      await desk.searches.settle();
      return desk.searches.unanswered(owner.actor, shop.id);
    },
  };
}
