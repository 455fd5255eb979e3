import { afterAll, beforeAll, expect, test } from "vitest";
import { type HttpDesk, openHttpDesk } from "../../test/support/http-desk.ts";

let desk: HttpDesk;
beforeAll(async () => {
  desk = await openHttpDesk();
});
afterAll(() => desk.close());

test("A change that names what was in view is stored where that still stands, and refused as stale otherwise.", async () => {
  const as = await desk.keyOf("agent");
  const was = { name: "First week", visibility: "internal", articles: [] };
  const made = await desk.ask<{ id: string }>("POST", `/api/sites/${desk.shop.id}/collections`, { as, body: was });
  const rename = async (name: string, more: object) => {
    const body = { ...was, name, ...more };
    const answer = await desk.ask("PUT", `/api/collections/${made.body.id}`, { as, body });
    return [answer.status, answer.fault ?? answer.body.name];
  };
  expect(await rename("Week 1", { was })).toEqual([200, "Week 1"]);
  expect(await rename("Week one", { was })).toEqual([409, "stale"]);
  expect(await rename("The first week", {})).toEqual([200, "The first week"]);
});
