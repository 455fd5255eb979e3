import { afterEach, beforeEach, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../../test/support/desk.ts";

let held: TestDesk;
beforeEach(async () => {
  held = await openDesk();
});
afterEach(() => held.close());

const HOUR_MS = 3_600_000;
const returns = { title: "Returns", body: "Within 30 days.", locale: "en" };
const write = (more: object = {}) => held.desk.articles.create(held.owner.actor, held.shop.id, { ...returns, ...more });
const change = (id: string, more: object) => {
  held.clock.advance(HOUR_MS);
  return held.desk.articles.change(held.owner.actor, id, { ...returns, ...more });
};

test("every text that an article had can be read again, with who wrote it", async () => {
  const { id, createdAt } = await write();
  const { revisions } = held.desk;
  expect(await revisions.list(held.owner.actor, id)).toEqual([]);
  await change(id, { body: "Within 14 days." });
  await change(id, { category: "Payments" });
  const { updatedAt } = await change(id, { title: "Sending back", body: "Within 14 days." });
  const kept = await revisions.list(held.owner.actor, id);
  expect(kept).toMatchObject([
    { title: "Sending back", at: updatedAt, by: { name: "Olga" } },
    { title: "Returns", by: { name: "Olga" } },
    { title: "Returns", by: { name: "Olga" } },
    { title: "Returns", at: createdAt },
  ]);
  const first = await revisions.get(held.owner.actor, kept.at(-1)?.id ?? "");
  expect(first).toMatchObject({ title: "Returns", body: "Within 30 days." });
});

test("what an article said goes with it, and is for those who answer for its site", async () => {
  const { id } = await write();
  await change(id, { body: "Within 14 days." });
  const { revisions } = held.desk;
  const [kept] = await revisions.list(held.owner.actor, id);
  const stranger = await held.hire("Remy", [held.cafe]);
  await expect(revisions.list(stranger.actor, id)).rejects.toThrow("No such article");
  await expect(revisions.get(stranger.actor, kept?.id ?? "")).rejects.toThrow("No such revision");
  await held.desk.articles.remove(held.owner.actor, id);
  await expect(revisions.get(held.owner.actor, kept?.id ?? "")).rejects.toThrow("No such revision");
});
