import { afterEach, beforeEach, expect, test } from "vitest";
import type { ArticleId, ConversationId, EventId } from "../../../protocol/index.ts";
import { openDesk, type TestDesk } from "../../../test/support/desk.ts";
import { mintId } from "../../store/ids.ts";
import { dismissedSince } from "../../store/searches.ts";

let held: TestDesk;
beforeEach(async () => {
  held = await openDesk();
});
afterEach(() => held.close());

const INVOICE = "How do I get an invoice with my company name?";
const INVOICE_TOO = "need an invoice with the company name on it";
const PARKING = "Is there parking near the studio?";

const write = async (title: string, body: string) => {
  const input = { title, body, locale: "en", visibility: "public", state: "published" } as const;
  return (await held.desk.articles.create(held.owner.actor, held.shop.id, input)).id as ArticleId;
};
const ask = async (text: string, name?: string) => {
  const { visitor } = await held.welcome();
  const known = name === undefined ? visitor : await held.desk.visitors.contact(visitor, { name });
  const conversation = mintId<ConversationId>();
  await held.desk.asVisitor.execute(known, { type: "post", conversation, id: mintId<EventId>(), text, locale: "en" });
  return conversation;
};
const reply = (conversation: ConversationId, text: string) =>
  held.desk.asAgent.execute(held.owner.actor, {
    type: "post",
    conversation,
    id: mintId<EventId>(),
    text,
    seen: 1,
  });
const search = (who: string, q: string) => held.desk.searches.typed(held.shop, { who, q, locale: "en" });
const unanswered = async () => {
  await held.desk.searches.settle();
  return held.desk.searches.unanswered(held.owner.actor, held.shop.id);
};

test("what nobody answered is one question however it was put, and the one that most people asked stands first", async () => {
  await ask(PARKING);
  await ask(INVOICE);
  search("a", INVOICE_TOO);
  const [first, second, ...none] = await unanswered();
  expect(first).toMatchObject({ people: 2, asked: 1 });
  expect([first?.text, ...(first?.wordings ?? [])].toSorted()).toEqual([INVOICE, INVOICE_TOO].toSorted());
  expect(second).toMatchObject({ text: PARKING, people: 1, asked: 1 });
  expect(none).toEqual([]);
});

test("somebody who types letter by letter searched once, and once who then tries other words", async () => {
  for (let length = 3; length <= INVOICE.length; length++) search("a", INVOICE.slice(0, length));
  await held.desk.searches.settle();
  search("a", INVOICE_TOO);
  expect(await unanswered()).toMatchObject([{ text: INVOICE, people: 1, asked: 0 }]);
});

const HALF = "How do I get an invoice";
/** How many people asked in which words, as it is stored. */
const stored = async () => {
  await held.desk.searches.settle();
  const rows = await held.store.read((db) => db.sql.selectFrom("unanswered").selectAll().orderBy("id").execute());
  return rows.map(({ text, people }) => [text, people]);
};

test("somebody who rests while typing searched once, for what they finished, and nobody else is taken along", async () => {
  for (const who of ["a", "b"]) search(who, HALF);
  expect(await stored()).toEqual([[HALF, 2]]);
  search("a", INVOICE);
  expect(await stored()).toEqual([
    [HALF, 1],
    [INVOICE, 1],
  ]);
  search("b", INVOICE);
  expect(await stored()).toEqual([[INVOICE, 2]]);
  search("b", HALF);
  expect(await stored()).toEqual([[INVOICE, 2]]);
});

test("somebody who rests, goes on and finds an article has found it", async () => {
  const found = await write("Company names on invoices", "Under Billing.");
  search("a", HALF);
  await held.desk.searches.settle();
  held.desk.searches.typed(held.shop, { who: "a", q: INVOICE, locale: "en", found });
  await held.desk.searches.settle();
  expect(await stored()).toEqual([]);
});

test("somebody who rests, goes on and says what they searched for before searched once", async () => {
  search("a", INVOICE);
  await held.desk.searches.settle();
  search("a", "need an invoi");
  await held.desk.searches.settle();
  search("a", INVOICE_TOO);
  expect(await stored()).toEqual([[INVOICE, 1]]);
});

test("somebody who rests while typing and then sends it is one person, and so is who sends before the last letters", async () => {
  search("a", HALF);
  await held.desk.searches.settle();
  await ask(INVOICE);
  search("b", PARKING.slice(0, -5));
  await ask(PARKING);
  expect((await stored()).toSorted()).toEqual([
    [INVOICE, 1],
    [PARKING, 1],
  ]);
});

test("somebody who goes on without a letter more searched for the same", async () => {
  search("a", INVOICE);
  await held.desk.searches.settle();
  search("a", `${INVOICE} `);
  expect(await stored()).toEqual([[INVOICE, 1]]);
});

test("of several who searched for a message's beginning, whoever came furthest is who sent it", async () => {
  search("a", "How do I get");
  search("b", HALF);
  await held.desk.searches.settle();
  await ask(INVOICE);
  expect(await stored()).toEqual([
    ["How do I get", 1],
    [INVOICE, 1],
  ]);
});

test("who asks again on another day is one more, and who asks on another site is asking there", async () => {
  search("a", PARKING);
  await held.desk.searches.settle();
  held.desk.searches.typed(held.cafe, { who: "a", q: PARKING, locale: "en" });
  await held.desk.searches.settle();
  expect(await held.desk.searches.unanswered(held.owner.actor, held.cafe.id)).toMatchObject([{ people: 1 }]);
  held.clock.advance(24 * 60 * 60_000);
  search("a", PARKING);
  expect(await unanswered()).toMatchObject([{ text: PARKING, people: 2 }]);
});

test("somebody who searched and then wrote the same is one person", async () => {
  search("a", INVOICE);
  await held.desk.searches.settle();
  await ask(INVOICE);
  search("b", PARKING);
  await ask(PARKING);
  expect(await unanswered()).toMatchObject([
    { people: 1, asked: 1 },
    { people: 1, asked: 1 },
  ]);
});

test("a greeting is no question, and only the first question of a conversation counts", async () => {
  const { visitor } = await held.welcome();
  const conversation = mintId<ConversationId>();
  for (const text of ["Hi", INVOICE, PARKING]) {
    await held.desk.asVisitor.execute(visitor, { type: "post", conversation, id: mintId<EventId>(), text });
  }
  expect(await unanswered()).toMatchObject([{ text: INVOICE }]);
});

test("who asked cannot be told from what is kept", async () => {
  await ask("I am Priya Raman, priya@example.com, order 20418-77: send an invoice", "Priya Raman");
  expect(await unanswered()).toMatchObject([{ text: "I am …, …, order …: send an invoice" }]);
});

test("writing it begins with how agents answered, without what would tell who asked", async () => {
  const conversation = await ask(INVOICE, "Priya Raman");
  await reply(conversation, "Hello Priya!");
  await reply(conversation, "Open **Billing**, Priya:\n\n1. Choose the booking\n2. Choose Invoice and type the name");
  const [question] = await unanswered();
  const draft = await held.desk.searches.draft(held.owner.actor, held.shop.id, question?.ids ?? []);
  expect(draft).toEqual({
    title: INVOICE,
    body: "Open **Billing**, …:\n\n1. Choose the booking\n2. Choose Invoice and type the name",
    questions: [INVOICE],
    locale: "en",
  });
});

test("linking an article teaches it at once, in all the words in which it was asked", async () => {
  const article = await write("Papers for your accountant", "Under Billing.");
  await ask(INVOICE);
  search("a", INVOICE_TOO);
  const [question] = await unanswered();
  const link = (id: string) => held.desk.searches.link(held.owner.actor, held.shop.id, question?.ids ?? [], id);
  // What visitors cannot read answers nobody.
  const more = { title: "For us", body: "Ask Mara.", locale: "en", category: null, pages: [], questions: [] } as const;
  for (const hidden of [{ visibility: "internal" }, { state: "draft" }] as const) {
    const about = { visibility: "public", state: "published", ...more, ...hidden } as never;
    const { id } = await held.desk.articles.create(held.owner.actor, held.shop.id, about);
    await expect(link(id)).rejects.toMatchObject({ fault: { code: "invalid", field: "article" } });
  }
  expect(await unanswered()).toHaveLength(1);
  await link(article);
  expect(await unanswered()).toEqual([]);
  const { suggestions } = await held.desk.suggestions.forVisitor(held.shop, { q: INVOICE_TOO, locale: "en" });
  expect(suggestions[0]?.id).toBe(article);
  expect(await held.desk.learned.list(held.owner.actor, article)).toMatchObject([
    { weight: 1, origin: "link" },
    { weight: 1, origin: "link" },
  ]);
});

test("a draft that is being written is named, so that nobody writes another", async () => {
  await ask(INVOICE);
  const input = { title: "Invoices", body: "", locale: "en", questions: [INVOICE], state: "draft" as const };
  const { id } = await held.desk.articles.create(held.owner.actor, held.shop.id, input);
  expect(await unanswered()).toMatchObject([{ text: INVOICE, draft: id }]);
  // Others ask it in words that were not there when the draft was begun.
  for (const who of ["a", "b"]) search(who, INVOICE_TOO);
  expect(await unanswered()).toMatchObject([{ text: INVOICE_TOO, draft: id }]);
});

test("what somebody wrote an article about since is asked no more", async () => {
  await ask(INVOICE);
  expect(await unanswered()).toHaveLength(1);
  await write(INVOICE, "Under Billing.");
  expect(await unanswered()).toEqual([]);
});

test("not for us stays so when it is asked again in other words", async () => {
  await ask(INVOICE);
  const [question] = await unanswered();
  await held.desk.searches.dismiss(held.owner.actor, held.shop.id, question?.ids ?? []);
  search("b", INVOICE_TOO);
  expect(await unanswered()).toEqual([]);
});

test("not for us is said of what was asked, and not of what the same person goes on to ask with it", async () => {
  search("a", "Delivery");
  const [question] = await unanswered();
  await held.desk.searches.dismiss(held.owner.actor, held.shop.id, question?.ids ?? []);
  const other = "Delivery van broke my garden fence, who pays?";
  search("a", other);
  expect(await unanswered()).toMatchObject([{ text: other, people: 1 }]);
  search("b", "Delivery");
  expect(await unanswered()).toMatchObject([{ text: other }]);
});

test("not for us stays so however much is asked after it", async () => {
  await ask(INVOICE);
  const [question] = await unanswered();
  await held.desk.searches.dismiss(held.owner.actor, held.shop.id, question?.ids ?? []);
  const day = Math.floor(held.clock.now() / 86_400_000);
  const much = { site: held.shop.key, day, locale: "en", text: PARKING, people: 1, dismissed: 0 };
  const rows = Array.from({ length: 1_000 }, () => much);
  await held.store.write((db) => db.sql.insertInto("unanswered").values(rows).execute());
  search("b", INVOICE_TOO);
  expect((await unanswered()).map(({ text }) => text)).toEqual([PARKING]);
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
  search("a", INVOICE);
  const [question] = await unanswered();
  await held.desk.searches.dismiss(held.owner.actor, held.shop.id, question?.ids ?? []);
  await ask(INVOICE);
  expect(await unanswered()).toEqual([]);
});

test("not for us can be taken back", async () => {
  await ask(INVOICE);
  const [question] = await unanswered();
  const ids = question?.ids ?? [];
  await held.desk.searches.dismiss(held.owner.actor, held.shop.id, ids);
  await held.desk.searches.dismiss(held.owner.actor, held.shop.id, ids, true);
  expect(await unanswered()).toMatchObject([{ text: INVOICE }]);
});

test("after 14 days it is asked no more, and another site never sees it", async () => {
  await ask(INVOICE);
  const [question] = await unanswered();
  const stranger = await held.hire("Remy", [held.cafe]);
  const { searches } = held.desk;
  await expect(searches.unanswered(stranger.actor, held.shop.id)).rejects.toThrow("No such site");
  await expect(searches.dismiss(stranger.actor, held.cafe.id, question?.ids ?? [])).rejects.toThrow("No such question");
  held.clock.advance(14 * 24 * 60 * 60_000);
  expect(await unanswered()).toEqual([]);
});

test("one key makes an article of a conversation: a draft in the site's language", async () => {
  const conversation = await ask(INVOICE);
  await expect(held.desk.knowledge.draft(held.owner.actor, conversation)).rejects.toThrow("long enough");
  await reply(conversation, "Open Billing, choose the booking, then Invoice.");
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
  await reply(conversation, "Open Billing, choose the booking, then Invoice.");
  const [first, second] = await Promise.all([draft(), draft(noor.actor)]);
  expect([first.again, second.again, second.article.id]).toEqual([false, true, first.article.id]);

  const worded = { title: "Invoices", body: "Under Billing.", locale: "en", questions: ["Invoice?"] };
  await held.desk.articles.change(held.owner.actor, first.article.id, { ...worded, state: "published" });
  expect(await draft()).toMatchObject({ again: true, article: { id: first.article.id, title: "Invoices" } });

  await held.desk.asAgent.execute(held.owner.actor, { type: "resolve", conversation });
  await say(PARKING);
  await expect(draft()).rejects.toThrow("long enough");
  await reply(conversation, "Behind the house, for as long as you are here.");
  const parking = { title: PARKING, body: "Behind the house, for as long as you are here.", questions: [PARKING] };
  expect(await draft()).toMatchObject({ again: false, article: parking });

  await held.desk.articles.remove(held.owner.actor, (await draft()).article.id);
  expect(await draft()).toMatchObject({ again: false, article: parking });
});
