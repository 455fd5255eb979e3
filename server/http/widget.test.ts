import { afterAll, beforeAll, expect, test } from "vitest";
import { SHOP } from "../../test/support/desk.ts";
import { type HttpDesk, openHttpDesk } from "../../test/support/http-desk.ts";

let desk: HttpDesk;
let key: string;
beforeAll(async () => {
  desk = await openHttpDesk();
  key = await desk.keyOf("owner");
});
afterAll(() => desk.close());

async function write(title: string, locale: string, more: object = {}) {
  const body = { title, body: "Text.", locale, visibility: "public", state: "published", ...more };
  return (await desk.ask<{ id: string }>("POST", `/api/sites/${desk.shop.id}/articles`, { as: key, body })).body.id;
}
const collect = (name: string, articles: string[], visibility = "public") =>
  desk.ask("POST", `/api/sites/${desk.shop.id}/collections`, { as: key, body: { name, visibility, articles } });
const firstSteps = async (locale: string) => {
  const headers = { origin: SHOP };
  const path = `/api/widget/${desk.shop.publicKey}?locale=${locale}`;
  const { firstSteps } = (
    await desk.ask<{ firstSteps?: { name: string; articles: { title: string }[] } }>("GET", path, { headers })
  ).body;
  return firstSteps && [firstSteps.name, ...firstSteps.articles.map(({ title }) => title)];
};

test("A visitor's first steps are the first public collection in their language, in its order, five at most", async () => {
  const group = "0198c7a0-2222-7000-8000-000000000001";
  const unpack = await write("Unpack", "en", { group });
  await write("开箱", "zh-Hans", { group });
  const plug = await write("Plug it in", "en");
  const draft = await write("Later", "en", { state: "draft" });
  expect(await firstSteps("en")).toBeUndefined();
  await collect("For agents", [unpack], "internal");
  await collect("Empty", []);
  await collect("First steps", [plug, draft, unpack]);
  expect(await firstSteps("en")).toEqual(["First steps", "Plug it in", "Unpack"]);
  expect(await firstSteps("zh-TW")).toEqual(["First steps", "开箱"]);
  expect(await firstSteps("fr")).toBeUndefined();
  await collect("新手入门", [await write("第一次上传", "zh-Hans")]);
  expect(await firstSteps("zh-Hans")).toEqual(["新手入门", "第一次上传"]);
  const many = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => write(`Schritt ${n}`, "de")));
  await collect("Erste Schritte", many);
  expect(await firstSteps("de")).toHaveLength(6);
});
