import { afterEach, beforeEach, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../../test/support/desk.ts";
import { fillShelf } from "../../../test/support/shelf.ts";
import { turnsDuring } from "../../../test/support/turns.ts";

const MINUTE_MS = 60_000;
const OPEN = { locale: "en", visibility: "public", state: "published" } as const;

let held: TestDesk;
/** How often the store was read. */
let reads: number;
beforeEach(async () => {
  reads = 0;
  held = await openDesk({
    through: (store) => ({
      ...store,
      read(job) {
        reads++;
        return store.read(job);
      },
    }),
  });
});
afterEach(() => held.close());

const shelf = () => held.desk.helpCentre.shelf(held.shop);
const write = (title: string, body = "Text.") =>
  held.desk.articles.create(held.owner.actor, held.shop.id, { ...OPEN, title, body });
const titles = async () => (await shelf()).entries.map(({ title }) => title);

test("what an article learns is live in the next answer, and leaves the shelf as it stands", async () => {
  const { id } = await write("Check the power supply", "Use the cable from the package.");
  await write("Return an order", "Send it back within 30 days.");
  const before = await shelf();
  const ask = async () =>
    (await held.desk.suggestions.forVisitor(held.shop, { q: "green box stays dark", locale: "en" })).suggestions[0]?.id;
  expect(await ask()).toBeUndefined();
  const verdict = { q: "my green box stays dark after plugging in", solved: true, session: "s1" };
  await held.desk.articles.verdict(held.shop, id, verdict);
  expect(await ask()).toBe(id);
  expect(await shelf()).toBe(before);
});

test("whatever readers see of the articles makes a new shelf: a save, a removal, a link that leads somewhere now, a collection", async () => {
  const { id } = await write("First");
  const by = held.owner.actor;
  const importer = held.desk.articles.importer(held.shop);
  const collection = { name: "Steps", visibility: "public", articles: [id] } as const;
  const seen = new Set([await shelf()]);
  const changes = [
    () => held.desk.articles.change(by, id, { ...OPEN, title: "First of all", body: "Text." }),
    () => importer.take({ ...OPEN, title: "Links", body: "See [it](later)." }),
    () => importer.take({ ...OPEN, title: "Later", body: "Text." }),
    () => importer.finish(),
    () => held.desk.collections.create(by, held.shop.id, collection),
    () => held.desk.articles.remove(by, id),
  ];
  for (const change of changes) {
    await change();
    const now = await shelf();
    expect([String(change), seen.has(now)]).toEqual([String(change), false]);
    seen.add(now);
    expect(await shelf()).toBe(now);
  }
  expect(await titles()).toEqual(["Later", "Links"]);
});

test("articles stand as readers of their language sort them, whatever was saved, hidden or removed meanwhile", async () => {
  const by = held.owner.actor;
  const [, ten] = [await write("Step 9"), await write("Step 10")];
  await write("appendix");
  expect(await titles()).toEqual(["appendix", "Step 9", "Step 10"]);
  await held.desk.articles.change(by, ten.id, { ...OPEN, title: "Before all", body: "Text." });
  expect(await titles()).toEqual(["appendix", "Before all", "Step 9"]);
  await held.desk.articles.change(by, ten.id, { ...OPEN, title: "Before all", body: "Text.", state: "draft" });
  expect(await titles()).toEqual(["appendix", "Step 9"]);
  await held.desk.articles.change(by, ten.id, { ...OPEN, title: "Step 2", body: "Text." });
  expect(await titles()).toEqual(["appendix", "Step 2", "Step 9"]);
});

test("what is asked for most is looked at anew each minute, on the same shelf", async () => {
  const { id } = await write("Hot");
  const before = await shelf();
  const often = async () => (await held.desk.helpCentre.often(held.shop, await shelf())).map(({ title }) => title);
  expect(await often()).toEqual([]);
  await held.desk.helpCentre.read(new Map([[id, 5]]));
  expect(await often()).toEqual([]);
  held.clock.advance(MINUTE_MS);
  expect(await often()).toEqual(["Hot"]);
  expect(await shelf()).toBe(before);
});

test("a large help centre is read in turns, in which others go on, and once for all who wait", async () => {
  await fillShelf(held, 1_000);
  const { result, turns } = await turnsDuring(() => Promise.all([shelf(), shelf()]));
  const [one, other] = result;
  expect(other).toBe(one);
  expect(one.entries).toHaveLength(1_000);
  expect(turns).toBeGreaterThanOrEqual(10);
});

test("one saved article of a thousand is read alone", async () => {
  await fillShelf(held, 1_000);
  await shelf();
  await write("One more");
  const before = reads;
  expect(await titles()).toContain("One more");
  expect(reads - before).toBeLessThanOrEqual(3);
});

test("after a restore the shelf shows what the database holds, and nothing that was written since", async () => {
  const by = held.owner.actor;
  const { id } = await write("As it was");
  const site = () =>
    held.store.read((db) => db.sql.selectFrom("site").selectAll().where("id", "=", held.shop.key).executeTakeFirst());
  const rows = () => held.store.read((db) => db.sql.selectFrom("article").selectAll().execute());
  const [before, articles] = [await site(), await rows()];
  await held.desk.articles.change(by, id, { ...OPEN, title: "Rewritten", body: "Text." });
  await write("Written since");
  expect(await titles()).toEqual(["Rewritten", "Written since"]);
  await held.store.write(async (db) => {
    await db.sql.deleteFrom("article").where("title", "=", "Written since").execute();
    for (const { id: key, ...row } of articles)
      await db.sql.updateTable("article").set(row).where("id", "=", key).execute();
    const { articles_version = 0, shelf_version = 0 } = before ?? {};
    await db.sql.updateTable("site").set({ articles_version, shelf_version }).where("id", "=", held.shop.key).execute();
  });
  expect(await titles()).toEqual(["As it was"]);
});
