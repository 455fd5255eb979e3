import { afterAll, beforeAll, expect, test } from "vitest";
import { type HttpDesk, openHttpDesk } from "../../test/support/http-desk.ts";
import { mintId } from "../store/ids.ts";

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

test.each([
  ["collections", { name: "First week", visibility: "internal", articles: [] }],
  ["articles", { title: "Returns", body: "Within 30 days.", locale: "en" }],
  ["replies", { name: "hello", text: "Hi" }],
])("What is made under an id of the client's own is made once, however often it is sent: %s", async (noun, fields) => {
  const as = await desk.keyOf("agent");
  const id = mintId();
  const made = () =>
    desk.ask<{ id: string }>("POST", `/api/sites/${desk.shop.id}/${noun}`, { as, body: { ...fields, id } });
  const counted = async () =>
    (await desk.ask<{ items: object[] }>("GET", `/api/sites/${desk.shop.id}/${noun}`, { as })).body.items.length;
  const before = await counted();
  const [first, second] = [await made(), await made()];
  expect([first.status, first.body.id, await counted()]).toEqual([201, id, before + 1]);
  expect([second.status, second.body]).toEqual([201, first.body]);
  const without = await desk.ask("POST", `/api/sites/${desk.shop.id}/${noun}`, { as, body: fields });
  expect([without.status, await counted()]).toEqual([201, before + 2]);
  const wrong = await desk.ask("POST", `/api/sites/${desk.shop.id}/${noun}`, { as, body: { ...fields, id: "mine" } });
  expect(wrong.fault).toBe("invalid");
});

test("Names come in any way to write a language and go out in one; what is no language, or no name, is refused.", async () => {
  const as = await desk.keyOf("agent");
  const path = `/api/sites/${desk.shop.id}/collections`;
  const put = (names: object) => desk.ask("POST", path, { as, body: { name: "Steps", articles: [], names } });
  expect((await put({ zh_hans: "x" })).status).toBe(400);
  expect((await put({ "zh-hans": " 新手入门 " })).body).toMatchObject({
    locale: "en",
    names: { "zh-Hans": "新手入门" },
  });
  expect((await put({ "zh-Hans": " " })).status).toBe(400);
  expect((await put(Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`en-x${n + 10}`, "x"])))).status).toBe(
    400,
  );
});
