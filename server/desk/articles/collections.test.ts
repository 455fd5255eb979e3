import { afterEach, beforeEach, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../../test/support/desk.ts";

let held: TestDesk;
beforeEach(async () => {
  held = await openDesk();
});
afterEach(() => held.close());

const write = async (title: string, visibility: "public" | "internal" = "public") => {
  const input = { title, body: "Text.", locale: "en", visibility };
  return (await held.desk.articles.create(held.owner.actor, held.shop.id, input)).id;
};

test("articles stand in the order they were put in, once each, and leave when they are deleted", async () => {
  const { collections, articles } = held.desk;
  const agent = held.owner.actor;
  const [one, two, three] = [await write("One"), await write("Two", "internal"), await write("Three")];
  const course = { name: "First week", visibility: "internal" as const };
  const { id } = await collections.create(agent, held.shop.id, { ...course, articles: [three, one, three, two] });
  const titles = async () =>
    (await collections.list(agent, held.shop.id)).map(({ articles: held }) => held.map(({ title }) => title));
  expect(await titles()).toEqual([["Three", "One", "Two"]]);
  await collections.change(agent, id, { ...course, articles: [two, one, three] });
  expect(await titles()).toEqual([["Two", "One", "Three"]]);
  await articles.remove(agent, one);
  expect(await titles()).toEqual([["Two", "Three"]]);
  await collections.remove(agent, id);
  expect(await titles()).toEqual([]);
  expect((await articles.get(agent, two)).title).toBe("Two");
});

test("of two who arrange a collection at once the second is refused, whatever the first changed", async () => {
  const { collections, articles } = held.desk;
  const agent = held.owner.actor;
  const [one, two, three] = [await write("One"), await write("Two"), await write("Three")];
  const seen = { name: "First week", visibility: "internal" as const, articles: [one, two] };
  const { id } = await collections.create(agent, held.shop.id, seen);
  const stale = { fault: { code: "stale" } };
  const change = (part: object) => collections.change(agent, id, { ...seen, ...part, was: seen });
  await change({ articles: [one, two, three] });
  await expect(change({ articles: [two, one] })).rejects.toMatchObject(stale);
  const [now] = await collections.list(agent, held.shop.id);
  expect(now?.articles.map(({ title }) => title)).toEqual(["One", "Two", "Three"]);
  for (const part of [{ name: "Week 1" }, { visibility: "public" as const }]) {
    await collections.change(agent, id, { ...seen, ...part });
    await expect(change({ articles: [two, one] })).rejects.toMatchObject(stale);
  }
  await collections.change(agent, id, seen);
  await articles.remove(agent, two);
  await expect(change({ articles: [two, one] })).rejects.toMatchObject(stale);
});

test("visitors are led to nothing they cannot read", async () => {
  const internal = await write("Within", "internal");
  const steps = { name: "First steps", visibility: "public" as const, articles: [internal] };
  await expect(held.desk.collections.create(held.owner.actor, held.shop.id, steps)).rejects.toThrow(
    "is for the team only",
  );
});

test("a site's collections are for those who answer for it, and hold its own articles", async () => {
  const { collections } = held.desk;
  const article = await write("One");
  const course = { name: "First week", visibility: "internal" as const, articles: [article] };
  const { id } = await collections.create(held.owner.actor, held.shop.id, course);
  const stranger = (await held.hire("Remy", [held.cafe])).actor;
  await expect(collections.list(stranger, held.shop.id)).rejects.toThrow("No such site");
  await expect(collections.change(stranger, id, course)).rejects.toThrow("No such collection");
  await expect(collections.remove(stranger, id)).rejects.toThrow("No such collection");
  await expect(collections.create(stranger, held.cafe.id, course)).rejects.toThrow("No such article");
});

test("a collection has a name for each language beside its own, and who knows nothing of them changes none", async () => {
  const { collections } = held.desk;
  const by = held.owner.actor;
  const was = { name: "First steps", visibility: "public" as const, articles: [await write("One")] };
  const { id, ...made } = await collections.create(by, held.shop.id, was);
  expect(made).toMatchObject({ name: "First steps", locale: "en", names: {} });
  const names = { "zh-Hans": "新手入门", de: "Erste Schritte" };
  expect(await collections.change(by, id, { ...was, names, was: { ...was, names: {} } })).toMatchObject({ names });
  const old = await collections.change(by, id, { ...was, name: "Begin here", was });
  expect(old).toMatchObject({ name: "Begin here", locale: "en", names });
  // Somebody who saw no names of it yet writes over none.
  await expect(collections.change(by, id, { ...was, was: { ...was, name: "Begin here", names: {} } })).rejects.toThrow(
    "somebody has changed this collection",
  );
  expect(await collections.change(by, id, { ...was, names: {} })).toMatchObject({ name: "First steps", names: {} });
});

test("the language of a name that nobody said is that of all its articles, else the site's first, until it has others", async () => {
  const { collections, articles } = held.desk;
  const by = held.owner.actor;
  const chinese = { title: "开箱", body: "Text.", locale: "zh-Hans", visibility: "public" as const };
  const zh = (await articles.create(by, held.shop.id, chinese)).id;
  const en = await write("Unpack");
  const steps = { name: "新手入门", visibility: "public" as const };
  const { id, locale } = await collections.create(by, held.shop.id, { ...steps, articles: [] });
  expect(locale).toBe("en");
  expect(await collections.change(by, id, { ...steps, articles: [zh] })).toMatchObject({ locale: "zh-Hans" });
  expect(await collections.change(by, id, { ...steps, articles: [zh, en] })).toMatchObject({ locale: "en" });
  await collections.change(by, id, { ...steps, articles: [zh], names: { en: "First steps" } });
  const names = { locale: "zh-Hans", names: { en: "First steps" } };
  expect(await collections.change(by, id, { ...steps, articles: [zh, en] })).toMatchObject(names);
});

test("a name in a collection's own language is its name: two that differ are refused, the same one said twice is one", async () => {
  const { collections } = held.desk;
  const by = held.owner.actor;
  const steps = { name: "First steps", locale: "en", visibility: "public" as const, articles: [] };
  const both = { en: "First steps", "zh-Hans": "新手入门" };
  const made = await collections.create(by, held.shop.id, { ...steps, names: both });
  expect(made.names).toEqual({ "zh-Hans": "新手入门" });
  const differ = collections.change(by, made.id, { ...steps, names: { en: "Begin here" } });
  await expect(differ).rejects.toMatchObject({ fault: { code: "invalid", field: "names" } });
  // Whoever says that the name is the Chinese one has said it once.
  const turned = { ...steps, name: "入门", locale: "zh-Hans" };
  expect(await collections.change(by, made.id, turned)).toMatchObject({ name: "入门", locale: "zh-Hans", names: {} });
});

test("a name in another language that is changed is noted, as any other change is", async () => {
  const { collections } = held.desk;
  const by = held.owner.actor;
  const steps = { name: "First steps", visibility: "public" as const, articles: [] };
  const { id } = await collections.create(by, held.shop.id, steps);
  await collections.change(by, id, { ...steps, names: { de: "Erste Schritte" } });
  await collections.change(by, id, steps);
  const noted = await held.store.read((db) =>
    db.sql.selectFrom("audit").select(["before", "after"]).where("action", "=", "collection.changed").execute(),
  );
  expect(noted.map(({ before, after }) => [before, after].map((one) => JSON.parse(one ?? "null")))).toEqual([
    [{ names: {} }, { names: { de: "Erste Schritte" } }],
  ]);
});
