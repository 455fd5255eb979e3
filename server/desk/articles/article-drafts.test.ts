import { afterEach, beforeEach, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../../test/support/desk.ts";
import type { DraftText } from "./article-drafts-input.ts";

let held: TestDesk;
beforeEach(async () => {
  held = await openDesk();
});
afterEach(() => held.close());

const MINUTE_MS = 60_000;
const returns = { title: "Returns", body: "Within 30 days.", locale: "en", state: "published" as const };
const typed = (body: string): DraftText => ({
  title: "Returns",
  body,
  locale: "en",
  slug: "",
  category: "",
  visibility: "public",
  pages: "",
  questions: "",
});
const write = () => held.desk.articles.create(held.owner.actor, held.shop.id, returns);

test("an unsaved edit is kept for whoever wrote it, and what is published stays as it is", async () => {
  const { articleDrafts, articles } = held.desk;
  const me = held.owner.actor;
  const { id, updatedAt } = await write();
  expect(await articleDrafts.look(me, held.shop.id, id)).toEqual({ others: [], article: { updatedAt } });

  held.clock.advance(MINUTE_MS);
  const { at } = await articleDrafts.keep(me, held.shop.id, id, { text: typed("Within 14"), base: updatedAt });
  await articleDrafts.keep(me, held.shop.id, id, { text: typed("Within 14 days."), base: updatedAt });
  expect((await articleDrafts.look(me, held.shop.id, id)).draft).toEqual({
    text: typed("Within 14 days."),
    at,
    base: updatedAt,
  });
  expect(await articles.get(me, id)).toMatchObject({ body: "Within 30 days.", updatedAt });
  expect(await articleDrafts.list(me, held.shop.id)).toEqual([{ article: id, at }]);

  await articleDrafts.drop(me, held.shop.id, id);
  expect(await articleDrafts.list(me, held.shop.id)).toEqual([]);
});

test("two who write one article have a text each, and hear of each other", async () => {
  const { articleDrafts } = held.desk;
  const noor = await held.hire("Noor");
  const { id, updatedAt } = await write();
  const { at } = await articleDrafts.keep(noor.actor, held.shop.id, id, { text: typed("Hers"), base: updatedAt });
  const mine = await articleDrafts.keep(held.owner.actor, held.shop.id, id, { text: typed("Mine"), base: updatedAt });
  expect(mine.others).toEqual([{ agent: { id: noor.actor.id, name: "Noor" }, at }]);
  expect((await articleDrafts.look(noor.actor, held.shop.id, id)).draft?.text.body).toBe("Hers");
});

test("each agent has one new article that is not saved yet", async () => {
  const { articleDrafts } = held.desk;
  const noor = await held.hire("Noor");
  await articleDrafts.keep(held.owner.actor, held.shop.id, "new", { text: typed("Mine") });
  expect(await articleDrafts.look(noor.actor, held.shop.id, "new")).toEqual({ others: [] });
  expect((await articleDrafts.look(held.owner.actor, held.shop.id, "new")).draft?.text.body).toBe("Mine");
});

test("a save that began from an older text is refused and loses nothing, within one millisecond as well", async () => {
  const { articles, articleDrafts } = held.desk;
  const noor = await held.hire("Noor");
  const { id, updatedAt: was } = await write();
  const { updatedAt } = await articles.change(noor.actor, id, { ...returns, body: "Within 20 days.", was });
  expect(updatedAt).not.toBe(was);
  await expect(
    articles.change(held.owner.actor, id, { ...returns, body: "Within 14 days.", was }),
  ).rejects.toMatchObject({ fault: { code: "stale" } });
  expect((await articles.get(held.owner.actor, id)).body).toBe("Within 20 days.");
  const { article } = await articleDrafts.look(held.owner.actor, held.shop.id, id);
  expect(article).toEqual({ updatedAt, by: { id: noor.actor.id, name: "Noor" } });
  // Who has looked may save over it, knowingly.
  await articles.change(held.owner.actor, id, { ...returns, body: "Within 14 days.", was: updatedAt });
});

test("what was not saved goes with its article, and is for those who answer for its site", async () => {
  const { articleDrafts, articles } = held.desk;
  const { id } = await write();
  const stranger = await held.hire("Remy", [held.cafe]);
  const keep = (site: string) => articleDrafts.keep(stranger.actor, site, id, { text: typed("Theirs") });
  await expect(keep(held.shop.id)).rejects.toThrow("No such site");
  await expect(keep(held.cafe.id)).rejects.toThrow("No such article");
  await articleDrafts.keep(held.owner.actor, held.shop.id, id, { text: typed("Mine") });
  await articles.remove(held.owner.actor, id);
  expect(await articleDrafts.list(held.owner.actor, held.shop.id)).toEqual([]);
});
