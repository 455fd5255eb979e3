import { afterEach, beforeEach, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../../test/support/desk.ts";
import { DAY_MS } from "./heat-days.ts";

let held: TestDesk;
beforeEach(async () => {
  held = await openDesk();
});
afterEach(() => held.close());

const write = async (title: string, locale = "en") => {
  const input = { title, body: "Text.", locale, visibility: "public", state: "published" } as const;
  return (await held.desk.articles.create(held.owner.actor, held.shop.id, input)).id;
};
const read = async (article: string, times: number, session: string) => {
  for (let n = 0; n < times; n++)
    await held.desk.readings.read(held.shop, article, { q: "what is it", session: `${session} ${n}` });
};
const report = (period = {}) => held.desk.selfService.report(held.owner.actor, held.shop.id, period);

test("articles stand by how often they were read for, those whose time is not over too, and what is gone counts on", async () => {
  const [first, second, third] = [await write("First"), await write("Second", "zh-Hans"), await write("Third")];
  await read(first, 2, "a");
  held.clock.advance(4 * DAY_MS);
  await held.desk.readings.settle();
  await read(second, 4, "b");
  await read(third, 1, "c");
  held.clock.advance(1);
  const rows = async (by: "article" | "locale") =>
    (await report({ by })).rows.map(({ segment, label, n, open }) => [label ?? segment, n, open]);
  expect(await rows("article")).toEqual([
    [null, 2, 5],
    ["Second", 0, 4],
    ["First", 2, 0],
    ["Third", 0, 1],
  ]);
  expect(await rows("locale")).toEqual([
    [null, 2, 5],
    ["zh-Hans", 0, 4],
    ["en", 2, 1],
  ]);
  await held.desk.articles.remove(held.owner.actor, second);
  expect(await rows("article")).toContainEqual(["", 0, 4]);
});

test("who names no period is told of four weeks, and by what, as they asked", async () => {
  const article = await write("First");
  const began = held.clock.now();
  await read(article, 1, "a");
  held.clock.advance(28 * DAY_MS);
  const four = await report();
  expect(four).toMatchObject({ from: new Date(began).toISOString(), to: new Date(held.clock.now()).toISOString() });
  expect([four.rows[0]?.open, "by" in four]).toEqual([1, false]);
  held.clock.advance(1);
  expect((await report({ by: "article" })).rows).toHaveLength(1);
});

test("a report that ends before it begins is refused, and one of no time at all is empty", async () => {
  const now = held.clock.now();
  await expect(report({ from: now + 1, to: now })).rejects.toMatchObject({ fault: { code: "invalid", field: "from" } });
  expect((await report({ from: now, to: now })).rows).toMatchObject([{ segment: null, n: 0, open: 0 }]);
});
