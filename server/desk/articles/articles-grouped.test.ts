import { afterEach, beforeEach, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../../test/support/desk.ts";
import type { ArticleListing } from "./articles.ts";
import type { ArticleInput } from "./articles-input.ts";
import { DAY_MS } from "./heat-days.ts";

let held: TestDesk;
beforeEach(async () => {
  held = await openDesk();
});
afterEach(() => held.close());

/** Each a second after the one before. */
const write = (title: string, locale: string, more: Partial<ArticleInput> = {}) => {
  held.clock.advance(1_000);
  const input = { title, body: "Text.", locale, state: "published", ...more } as const;
  return held.desk.articles.create(held.owner.actor, held.shop.id, input);
};
const list = (listing: ArticleListing = {}) =>
  held.desk.articles.list(held.owner.actor, held.shop.id, { per: "group", ...listing });
const titles = async (listing?: ArticleListing) => (await list(listing)).items.map(({ title }) => title);

test("translations of one article are one row, named by the original, that moves up when any is changed", async () => {
  const hans = await write("退货", "zh-Hans");
  await write("Returns", "en", { group: hans.group });
  await write("Shipping", "en");
  expect(await titles()).toEqual(["Shipping", "Returns"]);
  held.clock.advance(1_000);
  const changed = await held.desk.articles.change(held.owner.actor, hans.id, { ...hans, body: "New." });
  const [first] = (await list()).items;
  expect(first).toMatchObject({ title: "Returns", group: hans.group, updatedAt: changed.updatedAt });
  expect((await held.desk.articles.list(held.owner.actor, held.shop.id, {})).items).toHaveLength(3);
});

test("an article is found by any of its languages, and then shown in the one that fits", async () => {
  const english = await write("Returns", "en");
  await write("退货", "zh-Hans", { group: english.group, state: "draft" });
  await write("Shipping", "en");
  expect(await titles({ query: "退货" })).toEqual(["退货"]);
  expect(await titles({ state: "draft" })).toEqual(["退货"]);
  expect(await titles({ state: "published" })).toEqual(["Shipping", "Returns"]);
  expect(await held.desk.articles.counts(held.owner.actor, held.shop.id)).toEqual({
    all: 2,
    published: 2,
    draft: 1,
    internal: 0,
  });
});

test("every article is on one page and only one, however pages are cut", async () => {
  for (let n = 1; n <= 7; n++) {
    const { group } = await write(`Article ${n}`, "en");
    if (n % 2) await write(`文章 ${n}`, "zh-Hans", { group });
  }
  const seen: string[] = [];
  for (let cursor: string | undefined, first = true; first || cursor; first = false) {
    const page = await list({ limit: 2, cursor });
    seen.push(...page.items.map(({ title }) => title));
    cursor = page.cursor;
  }
  expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1].map((n) => `Article ${n}`));
});

test("what all languages of an article do is counted together, of the hottest article", async () => {
  const english = await write("Returns", "en");
  const chinese = await write("退货", "zh-Hans", { group: english.group });
  const alone = await write("Shipping", "en");
  for (const { id } of [english, english, chinese, chinese, alone, alone, alone])
    await held.desk.articles.read(held.shop, id as never);
  for (let n = 0; n < 10; n++)
    await held.desk.articles.verdict(held.shop, n < 5 ? english.id : chinese.id, { solved: n < 7, session: `s${n}` });
  await expect
    .poll(async () => (await held.desk.heat.figures(held.owner.actor, held.shop.id)).groups)
    .toMatchObject([
      {
        group: english.group,
        heat: 1,
        uses: { reads: 4, links: 0, searches: 0 },
        verdicts: 10,
        answered: { share: 0.7 },
      },
      { group: alone.group, heat: 0.75, verdicts: 0 },
    ]);
  held.clock.advance(30 * DAY_MS);
  expect((await held.desk.heat.figures(held.owner.actor, held.shop.id)).groups).toEqual([]);
});
