import { afterEach, beforeEach, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../../test/support/desk.ts";

let held: TestDesk;
beforeEach(async () => {
  held = await openDesk();
});
afterEach(() => held.close());

const write = (title: string, visibility: "public" | "internal") =>
  held.desk.articles.create(held.owner.actor, held.shop.id, {
    title,
    body: "Up to 200, by anybody at the counter.",
    locale: "en",
    visibility,
    state: "published",
  });

test("what the team alone may read is found by agents, beside what everybody may, and by nobody else", async () => {
  const rule = await write("Goodwill refund limits", "internal");
  const open = await write("Refund an order", "public");
  const found = async (q: string) => {
    const hits = await held.desk.suggestions.forAgent(held.owner.actor, held.shop.id, { q });
    return hits.map(({ id, visibility }) => [id, visibility]);
  };
  expect(await found("goodwill refund limits")).toEqual([
    [rule.id, "internal"],
    [open.id, "public"],
  ]);
  for (const asked of [
    { q: "goodwill refund limits", min: 0 },
    { q: "", url: "https://shop.example/goodwill", title: "Goodwill refund limits" },
  ]) {
    const { suggestions } = await held.desk.suggestions.forVisitor(held.shop, { ...asked, locale: "en", limit: 10 });
    expect(suggestions.map(({ id }) => id)).not.toContain(rule.id);
  }
  // Once everybody may read it, it is found at once, and no longer once they may not.
  const change = (visibility: "public" | "internal") =>
    held.desk.articles.change(held.owner.actor, rule.id, {
      title: "Goodwill refund limits",
      body: "Up to 200, by anybody at the counter.",
      locale: "en",
      visibility,
    });
  const first = async () =>
    (await held.desk.suggestions.forVisitor(held.shop, { q: "goodwill refund limits", min: 0 })).suggestions[0]?.id;
  await change("public");
  expect(await first()).toBe(rule.id);
  await change("internal");
  expect(await first()).toBe(open.id);
});
