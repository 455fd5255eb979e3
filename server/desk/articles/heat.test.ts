import { afterEach, beforeEach, expect, test } from "vitest";
import type { ArticleId, ConversationId, EventId } from "../../../protocol/index.ts";
import { openDesk, type TestDesk } from "../../../test/support/desk.ts";
import { mintId } from "../../store/ids.ts";
import { DAY_MS } from "./heat-days.ts";
import { wilson } from "./heat-interval.ts";

let held: TestDesk;
beforeEach(async () => {
  held = await openDesk();
});
afterEach(() => held.close());

const write = async (title: string) => {
  const input = { title, body: "Text.", locale: "en", visibility: "public", state: "published" } as const;
  return (await held.desk.articles.create(held.owner.actor, held.shop.id, input)).id as ArticleId;
};
const figures = async () => (await held.desk.heat.figures(held.owner.actor, held.shop.id)).items;

test("an article is hot by what was read, sent and found, and cools by the day", async () => {
  const [read, sent] = [await write("Read"), await write("Sent")];
  await held.desk.articles.read(held.shop, read);
  await expect.poll(figures).toMatchObject([{ article: read, heat: 1 }]);

  const { visitor } = await held.welcome();
  const conversation = mintId<ConversationId>();
  const id = () => mintId<EventId>();
  await held.desk.asVisitor.execute(visitor, { type: "post", conversation, id: id(), text: "Where?" });
  const post = { type: "post", conversation, id: id(), text: "", article: sent, seen: 1 } as const;
  await held.desk.asAgent.execute(held.owner.actor, post);
  held.desk.searches.typed(held.shop, { who: "a", q: "sent", locale: "en", found: sent });
  await held.desk.searches.settle();
  await expect.poll(figures).toMatchObject([
    { article: sent, heat: 1 },
    { article: read, heat: 0.286 },
  ]);

  held.clock.advance(5 * DAY_MS);
  for (let i = 0; i < 7; i++) await held.desk.articles.read(held.shop, read);
  await expect.poll(figures).toMatchObject([
    { article: read, heat: 1 },
    { article: sent, heat: 0.233 },
  ]);
  held.clock.advance(14 * DAY_MS);
  expect(await figures()).toEqual([]);
});

test("each use is counted once, for the article it was of: a look, a link, and a search by whoever rests and goes on", async () => {
  const [read, sent] = [await write("Read"), await write("Sent")];
  await held.desk.articles.read(held.shop, read);
  const { visitor } = await held.welcome();
  const conversation = mintId<ConversationId>();
  const post = { type: "post", conversation, text: "Where?" } as const;
  await held.desk.asVisitor.execute(visitor, { ...post, id: mintId<EventId>() });
  await held.desk.asAgent.execute(held.owner.actor, { ...post, id: mintId<EventId>(), article: sent, seen: 1 });
  for (const q of ["where is it", "where is it sent to"]) {
    held.desk.searches.typed(held.shop, { who: "a", q, locale: "en", found: sent });
    await held.desk.searches.settle();
  }
  await expect.poll(figures).toMatchObject([
    { article: sent, uses: { reads: 0, links: 1, searches: 1 } },
    { article: read, uses: { reads: 1, links: 0, searches: 0 } },
  ]);
});

test("days are kept for 400 days, whatever figures need today, and then forgotten", async () => {
  const article = await write("Read");
  const days = () =>
    held.store.read((db) => db.sql.selectFrom("article_day").select(["day", "reads"]).orderBy("day").execute());
  const today = Math.floor(held.clock.now() / DAY_MS);
  await held.desk.helpCentre.read(new Map([[article, 1]]));
  held.clock.advance(13 * DAY_MS);
  await held.desk.helpCentre.read(new Map([[article, 2]]));
  expect(await figures()).toMatchObject([{ uses: { reads: 3 } }]);
  held.clock.advance(386 * DAY_MS);
  await figures();
  expect(await days()).toHaveLength(2);
  held.clock.advance(DAY_MS);
  await figures();
  expect(await days()).toEqual([{ day: today + 13, reads: 2 }]);
});

test("what is needed most is a list to read, with what only agents read in it and no draft", async () => {
  const [open, draft] = [await write("Open"), await write("Draft")];
  const agent = held.owner.actor;
  const text = { title: "Within", body: "Text.", locale: "en", visibility: "internal", state: "published" } as const;
  const { id: internal } = await held.desk.articles.create(agent, held.shop.id, text);
  for (const id of [open, draft, draft]) await held.desk.articles.read(held.shop, id);
  for (let i = 0; i < 3; i++) await held.desk.articles.get(agent, internal);
  await held.desk.articles.change(agent, draft, { title: "Draft", body: "Text.", locale: "en", state: "draft" });
  await expect
    .poll(async () => (await held.desk.heat.needed(agent, held.shop.id)).map(({ title }) => title))
    .toEqual(["Within", "Open"]);
});

test("what readers said is counted, and shown as a share only once ten have said it", async () => {
  const article = await write("Returns");
  const say = (session: number, solved: boolean) =>
    held.desk.articles.verdict(held.shop, article, { solved, session: `s${session}` });
  for (let i = 0; i < 9; i++) await say(i, i < 7);
  expect(await figures()).toEqual([{ article, heat: 0, verdicts: 9 }]);
  await say(9, true);
  const [one] = await figures();
  expect(one).toMatchObject({ verdicts: 10, answered: { share: 0.8 } });
  expect(one?.answered?.low).toBeCloseTo(0.49, 2);
  expect(one?.answered?.high).toBeCloseTo(0.943, 3);
});

test("an interval holds at the ends as well", () => {
  expect(wilson(0, 10)).toMatchObject({ low: 0, high: expect.closeTo(0.2775, 3) });
  expect(wilson(10, 10).high).toBeCloseTo(1, 9);
  expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
});

test("the figures of a site are for those who answer for it", async () => {
  const stranger = await held.hire("Remy", [held.cafe]);
  await expect(held.desk.heat.figures(stranger.actor, held.shop.id)).rejects.toThrow("No such site");
});
