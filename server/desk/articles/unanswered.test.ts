import { afterEach, beforeEach, expect, test } from "vitest";
import type { ConversationId, EventId } from "../../../protocol/index.ts";
import { type Asking, INVOICE, INVOICE_TOO, openAsking, PARKING } from "../../../test/support/asking.ts";
import type { TestDesk } from "../../../test/support/desk.ts";
import { mintId } from "../../store/ids.ts";
import { dismissedSince } from "../../store/searches.ts";

let asking: Asking;
let held: TestDesk;
beforeEach(async () => {
  asking = await openAsking();
  held = asking.held;
});
afterEach(() => held.close());

test("writing it begins with how agents answered, without what would tell who asked", async () => {
  const conversation = await asking.ask(INVOICE, "Priya Raman");
  await asking.reply(conversation, "Hello Priya!");
  await asking.reply(
    conversation,
    "Open **Billing**, Priya:\n\n1. Choose the booking\n2. Choose Invoice and type the name",
  );
  const [question] = await asking.unanswered();
  const draft = await held.desk.searches.draft(held.owner.actor, held.shop.id, question?.ids ?? []);
  expect(draft).toEqual({
    title: INVOICE,
    body: "Open **Billing**, …:\n\n1. Choose the booking\n2. Choose Invoice and type the name",
    questions: [INVOICE],
    locale: "en",
  });
});

test("linking an article teaches it at once, in all the words in which it was asked", async () => {
  const article = await asking.write("Papers for your accountant", "Under Billing.");
  await asking.ask(INVOICE);
  asking.search("a", INVOICE_TOO);
  const [question] = await asking.unanswered();
  const link = (id: string) => held.desk.searches.link(held.owner.actor, held.shop.id, question?.ids ?? [], id);
  // What visitors cannot read answers nobody.
  const more = { title: "For us", body: "Ask Mara.", locale: "en", category: null, pages: [], questions: [] } as const;
  for (const hidden of [{ visibility: "internal" }, { state: "draft" }] as const) {
    const about = { visibility: "public", state: "published", ...more, ...hidden } as never;
    const { id } = await held.desk.articles.create(held.owner.actor, held.shop.id, about);
    await expect(link(id)).rejects.toMatchObject({ fault: { code: "invalid", field: "article" } });
  }
  expect(await asking.unanswered()).toHaveLength(1);
  await link(article);
  expect(await asking.unanswered()).toEqual([]);
  const { suggestions } = await held.desk.suggestions.forVisitor(held.shop, { q: INVOICE_TOO, locale: "en" });
  expect(suggestions[0]?.id).toBe(article);
  expect(await held.desk.learned.list(held.owner.actor, article)).toMatchObject([
    { weight: 1, origin: "link" },
    { weight: 1, origin: "link" },
  ]);
});

test("a draft that is being written is named, so that nobody writes another", async () => {
  await asking.ask(INVOICE);
  const input = { title: "Invoices", body: "", locale: "en", questions: [INVOICE], state: "draft" as const };
  const { id } = await held.desk.articles.create(held.owner.actor, held.shop.id, input);
  expect(await asking.unanswered()).toMatchObject([{ text: INVOICE, draft: id }]);
  // Others ask it in words that were not there when the draft was begun.
  for (const who of ["a", "b"]) asking.search(who, INVOICE_TOO);
  expect(await asking.unanswered()).toMatchObject([{ text: INVOICE_TOO, draft: id }]);
});

test("what somebody wrote an article about since is asked no more", async () => {
  await asking.ask(INVOICE);
  expect(await asking.unanswered()).toHaveLength(1);
  await asking.write(INVOICE, "Under Billing.");
  expect(await asking.unanswered()).toEqual([]);
});

test("not for us stays so when it is asked again in other words", async () => {
  await asking.ask(INVOICE);
  const [question] = await asking.unanswered();
  await held.desk.searches.dismiss(held.owner.actor, held.shop.id, question?.ids ?? []);
  asking.search("b", INVOICE_TOO);
  expect(await asking.unanswered()).toEqual([]);
});

test("not for us is said of what was asked, and not of what the same person goes on to ask with it", async () => {
  asking.search("a", "Delivery");
  const [question] = await asking.unanswered();
  await held.desk.searches.dismiss(held.owner.actor, held.shop.id, question?.ids ?? []);
  const other = "Delivery van broke my garden fence, who pays?";
  asking.search("a", other);
  expect(await asking.unanswered()).toMatchObject([{ text: other, people: 1 }]);
  asking.search("b", "Delivery");
  expect(await asking.unanswered()).toMatchObject([{ text: other }]);
});

test("not for us stays so however much is asked after it", async () => {
  await asking.ask(INVOICE);
  const [question] = await asking.unanswered();
  await held.desk.searches.dismiss(held.owner.actor, held.shop.id, question?.ids ?? []);
  const day = Math.floor(held.clock.now() / 86_400_000);
  const much = { site: held.shop.key, day, locale: "en", text: PARKING, people: 1, dismissed: 0 };
  const rows = Array.from({ length: 1_000 }, () => much);
  await held.store.write((db) => db.sql.insertInto("unanswered").values(rows).execute());
  asking.search("b", INVOICE_TOO);
  expect((await asking.unanswered()).map(({ text }) => text)).toEqual([PARKING]);
});

test("of what was put away, what most people asked on all days together is remembered first", async () => {
  const day = Math.floor(held.clock.now() / 86_400_000);
  const gone = { site: held.shop.key, locale: "en", dismissed: 1 };
  const over = (text: string, people: number[]) =>
    people.map((n, ago) => ({ ...gone, day: day - ago, text, people: n }));
  const rows = [...over(INVOICE, [2, 2]), ...over(PARKING, [2, 1])];
  await held.store.write((db) => db.sql.insertInto("unanswered").values(rows).execute());
  const first = await held.store.read((db) => dismissedSince(db, held.shop.key, day - 1, 1));
  expect(first).toEqual([{ locale: "en", text: INVOICE, people: 4 }]);
});

test("not for us stays so when what was put away is sent in the same words", async () => {
  asking.search("a", INVOICE);
  const [question] = await asking.unanswered();
  await held.desk.searches.dismiss(held.owner.actor, held.shop.id, question?.ids ?? []);
  await asking.ask(INVOICE);
  expect(await asking.unanswered()).toEqual([]);
});

test("not for us can be taken back", async () => {
  await asking.ask(INVOICE);
  const [question] = await asking.unanswered();
  const ids = question?.ids ?? [];
  await held.desk.searches.dismiss(held.owner.actor, held.shop.id, ids);
  await held.desk.searches.dismiss(held.owner.actor, held.shop.id, ids, true);
  expect(await asking.unanswered()).toMatchObject([{ text: INVOICE }]);
});

test("after 14 days it is asked no more, and another site never sees it", async () => {
  await asking.ask(INVOICE);
  const [question] = await asking.unanswered();
  const stranger = await held.hire("Remy", [held.cafe]);
  const { searches } = held.desk;
  await expect(searches.unanswered(stranger.actor, held.shop.id)).rejects.toThrow("No such site");
  await expect(searches.dismiss(stranger.actor, held.cafe.id, question?.ids ?? [])).rejects.toThrow("No such question");
  held.clock.advance(14 * 24 * 60 * 60_000);
  expect(await asking.unanswered()).toEqual([]);
});

test("one key makes an article of a conversation: a draft in the site's language", async () => {
  const conversation = await asking.ask(INVOICE);
  await expect(held.desk.knowledge.draft(held.owner.actor, conversation)).rejects.toThrow("long enough");
  await asking.reply(conversation, "Open Billing, choose the booking, then Invoice.");
  const { article } = await held.desk.knowledge.draft(held.owner.actor, conversation);
  expect(article).toMatchObject({
    title: INVOICE,
    body: "Open Billing, choose the booking, then Invoice.",
    questions: [INVOICE],
    locale: "en",
    state: "draft",
  });
});

test("one conversation is drafted once, whoever asks and whatever became of the draft, and anew when it is about something else", async () => {
  const { visitor } = await held.welcome();
  const conversation = mintId<ConversationId>();
  const say = (text: string) =>
    held.desk.asVisitor.execute(visitor, { type: "post", conversation, id: mintId<EventId>(), text, locale: "en" });
  const noor = await held.hire("Noor");
  const draft = (by = held.owner.actor) => held.desk.knowledge.draft(by, conversation);
  await say(INVOICE);
  await asking.reply(conversation, "Open Billing, choose the booking, then Invoice.");
  const [first, second] = await Promise.all([draft(), draft(noor.actor)]);
  expect([first.again, second.again, second.article.id]).toEqual([false, true, first.article.id]);

  const worded = { title: "Invoices", body: "Under Billing.", locale: "en", questions: ["Invoice?"] };
  await held.desk.articles.change(held.owner.actor, first.article.id, { ...worded, state: "published" });
  expect(await draft()).toMatchObject({ again: true, article: { id: first.article.id, title: "Invoices" } });

  await held.desk.asAgent.execute(held.owner.actor, { type: "resolve", conversation });
  await say(PARKING);
  await expect(draft()).rejects.toThrow("long enough");
  await asking.reply(conversation, "Behind the house, for as long as you are here.");
  const parking = { title: PARKING, body: "Behind the house, for as long as you are here.", questions: [PARKING] };
  expect(await draft()).toMatchObject({ again: false, article: parking });

  await held.desk.articles.remove(held.owner.actor, (await draft()).article.id);
  expect(await draft()).toMatchObject({ again: false, article: parking });
});
