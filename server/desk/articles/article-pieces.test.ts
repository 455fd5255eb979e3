import { afterEach, beforeEach, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../../test/support/desk.ts";
import { fillShelf } from "../../../test/support/shelf.ts";
import { turnsDuring } from "../../../test/support/turns.ts";

const ARTICLES = 1_000;
const MOST = 100;

let held: TestDesk;
beforeEach(async () => {
  held = await openDesk();
  await fillShelf(held, ARTICLES);
});
afterEach(() => held.close());

/** One more than the one before, so that the last one is used most. */
const useAll = async () => {
  const { entries } = await held.desk.helpCentre.shelf(held.shop);
  const uses = entries.map(({ id, title }) => [id, Number(title.split(" ")[1]) + 1] as const);
  await held.desk.helpCentre.read(new Map(uses));
};

test("what is asked for most of a thousand articles is counted in turns, in which others go on", async () => {
  await useAll();
  const shelf = await held.desk.helpCentre.shelf(held.shop);
  const { result, turns } = await turnsDuring(() => held.desk.helpCentre.often(held.shop, shelf));
  const expected = Array.from({ length: MOST }, (_, place) => `Article ${ARTICLES - 1 - place}`);
  expect(result.map(({ title }) => title)).toEqual(expected);
  expect(turns).toBeGreaterThanOrEqual(10);
});

test("so are their figures, once for all who ask at the same time", async () => {
  await useAll();
  const ask = () => held.desk.heat.figures(held.owner.actor, held.shop.id);
  const { result, turns } = await turnsDuring(() => Promise.all([ask(), ask()]));
  const [one, other] = result;
  expect(other).toBe(one);
  expect(one.items).toHaveLength(ARTICLES);
  const expected = Array.from({ length: ARTICLES }, (_, place) => ARTICLES - place);
  expect(one.items.map(({ uses }) => uses?.reads)).toEqual(expected);
  expect(one.groups.map(({ heat }) => heat)).toEqual(one.items.map(({ heat }) => heat));
  expect(turns).toBeGreaterThanOrEqual(10);
});

test("an article that is saved while all are counted is counted once", async () => {
  await useAll();
  const { entries } = await held.desk.helpCentre.shelf(held.shop);
  const first = entries.find(({ title }) => title === "Article 1");
  const counting = held.desk.heat.figures(held.owner.actor, held.shop.id);
  const text = { title: "Saved", body: "Text.", locale: "en", visibility: "public", state: "published" } as const;
  await held.desk.articles.change(held.owner.actor, first?.id ?? "", text);
  const { items } = await counting;
  expect(items.find(({ article }) => article === first?.id)?.uses?.reads).toBe(2);
});
