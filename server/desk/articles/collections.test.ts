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
