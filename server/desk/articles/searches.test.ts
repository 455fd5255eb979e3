import { afterEach, beforeEach, expect, test } from "vitest";
import type { ConversationId, EventId } from "../../../protocol/index.ts";
import { type Asking, INVOICE, INVOICE_TOO, openAsking, PARKING } from "../../../test/support/asking.ts";
import type { TestDesk } from "../../../test/support/desk.ts";
import { mintId } from "../../store/ids.ts";

let asking: Asking;
let held: TestDesk;
beforeEach(async () => {
  asking = await openAsking();
  held = asking.held;
});
afterEach(() => held.close());

test("what nobody answered is one question however it was put, and the one that most people asked stands first", async () => {
  await asking.ask(PARKING);
  await asking.ask(INVOICE);
  asking.search("a", INVOICE_TOO);
  const [first, second, ...none] = await asking.unanswered();
  expect(first).toMatchObject({ people: 2, asked: 1 });
  expect([first?.text, ...(first?.wordings ?? [])].toSorted()).toEqual([INVOICE, INVOICE_TOO].toSorted());
  expect(second).toMatchObject({ text: PARKING, people: 1, asked: 1 });
  expect(none).toEqual([]);
});

test("somebody who types letter by letter searched once, and once who then tries other words", async () => {
  for (let length = 3; length <= INVOICE.length; length++) asking.search("a", INVOICE.slice(0, length));
  await held.desk.searches.settle();
  asking.search("a", INVOICE_TOO);
  expect(await asking.unanswered()).toMatchObject([{ text: INVOICE, people: 1, asked: 0 }]);
});

const HALF = "How do I get an invoice";
/** How many people asked in which words, as it is stored. */
const stored = async () => {
  await held.desk.searches.settle();
  const rows = await held.store.read((db) => db.sql.selectFrom("unanswered").selectAll().orderBy("id").execute());
  return rows.map(({ text, people }) => [text, people]);
};

test("somebody who rests while typing searched once, for what they finished, and nobody else is taken along", async () => {
  for (const who of ["a", "b"]) asking.search(who, HALF);
  expect(await stored()).toEqual([[HALF, 2]]);
  asking.search("a", INVOICE);
  expect(await stored()).toEqual([
    [HALF, 1],
    [INVOICE, 1],
  ]);
  asking.search("b", INVOICE);
  expect(await stored()).toEqual([[INVOICE, 2]]);
  asking.search("b", HALF);
  expect(await stored()).toEqual([[INVOICE, 2]]);
});

test("somebody who rests, goes on and finds an article has found it", async () => {
  const found = await asking.write("Company names on invoices", "Under Billing.");
  asking.search("a", HALF);
  await held.desk.searches.settle();
  held.desk.searches.typed(held.shop, { who: "a", q: INVOICE, locale: "en", found });
  await held.desk.searches.settle();
  expect(await stored()).toEqual([]);
});

test("somebody who rests, goes on and says what they searched for before searched once", async () => {
  asking.search("a", INVOICE);
  await held.desk.searches.settle();
  asking.search("a", "need an invoi");
  await held.desk.searches.settle();
  asking.search("a", INVOICE_TOO);
  expect(await stored()).toEqual([[INVOICE, 1]]);
});

test("somebody who rests while typing and then sends it is one person, and so is who sends before the last letters", async () => {
  asking.search("a", HALF);
  await held.desk.searches.settle();
  await asking.ask(INVOICE);
  asking.search("b", PARKING.slice(0, -5));
  await asking.ask(PARKING);
  expect((await stored()).toSorted()).toEqual([
    [INVOICE, 1],
    [PARKING, 1],
  ]);
});

test("somebody who goes on without a letter more searched for the same", async () => {
  asking.search("a", INVOICE);
  await held.desk.searches.settle();
  asking.search("a", `${INVOICE} `);
  expect(await stored()).toEqual([[INVOICE, 1]]);
});

test("of several who searched for a message's beginning, whoever came furthest is who sent it", async () => {
  asking.search("a", "How do I get");
  asking.search("b", HALF);
  await held.desk.searches.settle();
  await asking.ask(INVOICE);
  expect(await stored()).toEqual([
    ["How do I get", 1],
    [INVOICE, 1],
  ]);
});

test("who asks again on another day is one more, and who asks on another site is asking there", async () => {
  asking.search("a", PARKING);
  await held.desk.searches.settle();
  held.desk.searches.typed(held.cafe, { who: "a", q: PARKING, locale: "en" });
  await held.desk.searches.settle();
  expect(await held.desk.searches.unanswered(held.owner.actor, held.cafe.id)).toMatchObject([{ people: 1 }]);
  held.clock.advance(24 * 60 * 60_000);
  asking.search("a", PARKING);
  expect(await asking.unanswered()).toMatchObject([{ text: PARKING, people: 2 }]);
});

test("somebody who searched and then wrote the same is one person", async () => {
  asking.search("a", INVOICE);
  await held.desk.searches.settle();
  await asking.ask(INVOICE);
  asking.search("b", PARKING);
  await asking.ask(PARKING);
  expect(await asking.unanswered()).toMatchObject([
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
  expect(await asking.unanswered()).toMatchObject([{ text: INVOICE }]);
});

test("who asked cannot be told from what is kept", async () => {
  await asking.ask("I am Priya Raman, priya@example.com, order 20418-77: send an invoice", "Priya Raman");
  expect(await asking.unanswered()).toMatchObject([{ text: "I am …, …, order …: send an invoice" }]);
});
