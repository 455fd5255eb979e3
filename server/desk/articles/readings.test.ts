import { afterEach, beforeEach, expect, test } from "vitest";
import type { ConversationId, EventId } from "../../../protocol/index.ts";
import { openDesk, type TestDesk } from "../../../test/support/desk.ts";
import { startEffort } from "../../../test/support/effort.ts";
import { mintId } from "../../store/ids.ts";
import type { VisitorActor } from "../actors.ts";
import type { SelfServiceRow } from "./self-service.ts";

const HOUR_MS = 3_600_000;
const Q = "my board is not detected";

let held: TestDesk;
let board: string;
let invoice: string;
beforeEach(async () => {
  held = await openDesk();
  board = await write("If your board is not detected");
  invoice = await write("Find an invoice");
});
afterEach(() => held.close());

async function write(title: string, more = {}) {
  const open = { visibility: "public", state: "published" } as const;
  const input = { title, body: "Text.", locale: "en", ...open, ...more };
  return (await held.desk.articles.create(held.owner.actor, held.shop.id, input)).id;
}
const read = (session: string, article = board, q = Q) => held.desk.readings.read(held.shop, article, { q, session });
const say = (session: string, solved: boolean, article = board, q: string | undefined = Q) =>
  held.desk.articles.verdict(held.shop, article, { solved, q, session });

async function writeToUs(session: string | undefined, text: string, from?: VisitorActor) {
  const visitor = from ?? (await held.welcome()).visitor;
  const post = { type: "post", conversation: mintId<ConversationId>(), id: mintId<EventId>(), text } as const;
  await held.desk.asVisitor.execute(visitor, { ...post, ...(session !== undefined && { session }) });
}

/** Ten more questions that were left, so that figures are shown. */
async function crowd(count = 10) {
  for (let n = 0; n < count; n++) await read(`crowd-${n}`, invoice, "where is my invoice");
}
async function later(hours: number) {
  held.clock.advance(hours * HOUR_MS);
  await held.desk.readings.settle();
}
const sessionsKept = async () => {
  const rows = await held.store.read((db) => db.sql.selectFrom("visitor_session").select("session").execute());
  return rows.length;
};
const report = async (period = {}) => {
  const { rows } = await held.desk.selfService.report(held.owner.actor, held.shop.id, {
    to: held.clock.now() + 1,
    ...period,
  });
  return rows;
};
const counts = ({ n, open, solved, left, unsolved, asked }: Partial<SelfServiceRow> = {}) => ({
  n,
  open,
  solved: solved?.count,
  left: left?.count,
  unsolved: unsolved?.count,
  asked: asked?.count,
});

test("who reads and does not come back within 72 hours has left without a word, which is not solved", async () => {
  await crowd();
  await later(71);
  expect(counts((await report())[0])).toMatchObject({ n: 0, open: 10 });
  await later(1);
  expect(counts((await report())[0])).toEqual({ n: 10, open: 0, solved: 0, left: 10, unsolved: 0, asked: 0 });
});

test("solved is what the reader says, and the newest word counts", async () => {
  await crowd(8);
  await read("one");
  await say("one", true);
  await say("two", true);
  await say("two", false);
  await later(72);
  expect(counts((await report())[0])).toMatchObject({ n: 10, solved: 1, left: 8, unsolved: 1 });
});

test("who comes to ask within 72 hours was not served by what they read; who comes later, or is somebody else, was", async () => {
  await crowd();
  await read("soon");
  await read("late");
  await writeToUs("nobody", "something else");
  await writeToUs(undefined, "something else");
  await writeToUs("soon", "Nothing of that helps");
  await expect.poll(async () => (await report())[0]?.n).toBe(1);
  await later(73);
  await writeToUs("late", "Now something else");
  expect(counts((await report())[0])).toMatchObject({ n: 12, left: 11, asked: 1 });
});

test("one person's sessions are one: who has written from there is served by nothing they read there, wherever they ask now", async () => {
  const { visitor } = await held.welcome();
  await writeToUs("phone", "Hello", visitor);
  await writeToUs("desk", "Hello again", visitor);
  await expect.poll(sessionsKept).toBe(2);
  await crowd();
  await read("phone");
  await read("desk", invoice, "where is my invoice");
  await read("stranger");
  await writeToUs("laptop", "Nothing of that helps", visitor);
  await expect.poll(async () => (await report())[0]?.n).toBe(2);
  await later(72);
  expect(counts((await report())[0])).toMatchObject({ n: 13, left: 11, asked: 2 });
});

test("who is signed in and has read nothing where they write now has come to ask as well", async () => {
  const { visitor: stranger } = await held.welcome();
  const visitor = { ...stranger, card: { ...stranger.card, verified: true } };
  await writeToUs("phone", "Hello", visitor);
  await expect.poll(sessionsKept).toBe(1);
  await say("phone", true, invoice, "where is my invoice");
  await read("phone");
  await writeToUs(undefined, "My board is still not detected", visitor);
  // About the same they are not helped; that the invoice was found stands.
  await expect.poll(async () => (await report())[0]?.open).toBe(1);
  expect((await report())[0]).toMatchObject({ n: 1, open: 1 });
});

test("a word that it was solved stands when its reader asks about something else, and falls when about the same", async () => {
  await crowd(8);
  await say("content", true);
  await say("mistaken", true);
  await writeToUs("content", "Can I change the address of an order?");
  await writeToUs("mistaken", "My board is still not detected");
  await expect.poll(async () => (await report())[0]?.n).toBe(1);
  await later(72);
  expect(counts((await report())[0])).toMatchObject({ n: 10, solved: 1, asked: 1, left: 8 });
});

test("what is typed further, or said in other words, is one question, counted with the article read last", async () => {
  await read("one", invoice, "my board");
  await read("one", board, "my board is not detected");
  await read("one", board, "board isn't detected");
  await read("one", invoice, "where is my invoice");
  expect((await report())[0]).toMatchObject({ n: 0, open: 2 });
  const rows = await report({ by: "article" });
  expect(rows.slice(1).map(({ segment, label, open }) => [segment, label, open])).toEqual(
    expect.arrayContaining([
      [board, "If your board is not detected", 1],
      [invoice, "Find an invoice", 1],
    ]),
  );
});

test("“no” of one article is no word about the next one that is read", async () => {
  await crowd(9);
  await say("one", false);
  await read("one", invoice);
  await later(72);
  expect(counts((await report())[0])).toMatchObject({ n: 10, unsolved: 0, left: 10 });
});

test("of fewer than ten nothing is said but how many; of ten, shares with their interval", async () => {
  await crowd(9);
  await later(72);
  expect((await report())[0]).toEqual({ segment: null, n: 9, open: 0 });
  await say("ten", true);
  await later(72);
  const [all] = await report();
  expect(all?.solved).toMatchObject({ count: 1, share: 0.1 });
  expect(all?.solved?.low).toBeCloseTo(0.0179, 3);
  expect(all?.solved?.high).toBeCloseTo(0.4042, 3);
});

test("a message of any length is held against what was read for as long as a question takes", async () => {
  const { visitor } = await held.welcome();
  const words = (seed: number, count: number) =>
    Array.from({ length: count }, (_, n) => ((n + seed * 2_000) * 7_919).toString(36).replace(/\d/g, "x")).join(" ");
  for (let n = 0; n < 50; n++) await say("a", true, board, words(n + 1, 40));
  const effort = startEffort();
  await held.desk.readings.asked(visitor, "a", words(99, 1_900).slice(0, 10_000));
  expect(effort()).toBeLessThan(2_000);
});

test("a settled question tells neither who asked it nor in what words", async () => {
  await read("one", board, "I am at priya@example.com: my board is not detected");
  const rows = () => held.store.read((db) => db.sql.selectFrom("reading").select(["q", "session"]).execute());
  expect(await rows()).toEqual([{ q: "I am at …: my board is not detected", session: "one" }]);
  await later(72);
  expect(await rows()).toEqual([{ q: null, session: null }]);
});

test("what a reader said keeps no address and no number of theirs", async () => {
  await say("one", true, board, "order 20418-77 of priya@example.com is not detected");
  const kept = await held.store.read((db) => db.sql.selectFrom("verdict").select("q").execute());
  expect(kept).toEqual([{ q: "order … of … is not detected" }]);
});

test("drafts, internal articles and other sites' are not read", async () => {
  const internal = await write("For us", { visibility: "internal" });
  const draft = await write("Not yet", { state: "draft" });
  for (const article of [internal, draft, "nothing", mintId()])
    await expect(read("one", article)).rejects.toThrow("No such article");
  const foreign = held.desk.readings.read(held.cafe, board, { q: Q, session: "one" });
  await expect(foreign).rejects.toThrow("No such article");
});

test("a report covers its period, in days if asked, and belongs to its site's agents", async () => {
  await read("first");
  held.clock.advance(48 * HOUR_MS);
  await read("second");
  const rows = await report({ from: held.clock.now() - 72 * HOUR_MS, by: "day" });
  expect(rows.map(({ segment, open }) => [segment, open])).toEqual([
    [null, 2],
    ["2026-05-04", 1],
    ["2026-05-06", 1],
  ]);
  expect((await report({ from: held.clock.now() - HOUR_MS }))[0]?.open).toBe(1);
  const stranger = await held.hire("Remy", [held.cafe]);
  await expect(held.desk.selfService.report(stranger.actor, held.shop.id, {})).rejects.toThrow();
});
