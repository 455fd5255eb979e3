import { afterEach, beforeEach, expect, test } from "vitest";
import type { ArticleId, ConversationId, EventId } from "../../../protocol/index.ts";
import { openDesk, type TestDesk } from "../../../test/support/desk.ts";
import { mintId } from "../../store/ids.ts";

/* Whichever way a question comes to be kept, it does not say who asked. */

const ASKED = "I am Priya Raman, priya@example.com, order 20418-77: the green box stays dark";
const WHO = /priya|raman|20418|example/i;

let held: TestDesk;
beforeEach(async () => {
  held = await openDesk();
});
afterEach(() => held.close());

async function asks() {
  const { visitor } = await held.welcome();
  const known = await held.desk.visitors.contact(visitor, { name: "Priya Raman" });
  const conversation = mintId<ConversationId>();
  const id = mintId<EventId>();
  await held.desk.asVisitor.execute(known, { type: "post", conversation, id, text: ASKED, locale: "en" });
  return conversation;
}
async function write() {
  const input = { title: "Power", body: "Look for a lit diode.", locale: "en", visibility: "public" } as const;
  const { id } = await held.desk.articles.create(held.owner.actor, held.shop.id, { ...input, state: "published" });
  return id as ArticleId;
}

test("an article learns what a reader had typed without their address and number", async () => {
  const power = await write();
  const q = ASKED.replace("I am Priya Raman, ", "");
  await held.desk.articles.verdict(held.shop, power, { q, solved: true, session: "s" });
  const learned = await held.desk.learned.list(held.owner.actor, power);
  expect(learned.map(({ text }) => text)).toEqual(["…, order …: the green box stays dark"]);
});

test("an article made of a conversation has none of it, in its title, its text and its questions", async () => {
  const conversation = await asks();
  const text = "Dear Priya, take the cable of order 20418-77 out, wait, and put it in again.";
  const reply = { type: "post", conversation, id: mintId<EventId>(), text, seen: 1 } as const;
  await held.desk.asAgent.execute(held.owner.actor, reply);
  const { article } = await held.desk.knowledge.draft(held.owner.actor, conversation);
  const { title, body, questions } = await held.desk.articles.get(held.owner.actor, article.id);
  expect({ title, body, questions }).toEqual({
    title: expect.stringContaining("the green box stays dark"),
    body: "Dear …, take the cable of order … out, wait, and put it in again.",
    questions: ["I am …, …, order …: the green box stays dark"],
  });
  expect(title).not.toMatch(WHO);
});

test("what was asked and is linked to an article is learned without it", async () => {
  await asks();
  const power = await write();
  await held.desk.searches.settle();
  const [question] = await held.desk.searches.unanswered(held.owner.actor, held.shop.id);
  await held.desk.searches.link(held.owner.actor, held.shop.id, question?.ids ?? [], power);
  const [learned] = await held.desk.learned.list(held.owner.actor, power);
  expect(learned?.text).toBe("I am …, …, order …: the green box stays dark");
});
