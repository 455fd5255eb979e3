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

const configOf = async (locale: string) =>
  (
    await desk.ask<{ wording?: object; greeting?: string; theme: { label?: string }; labels?: object }>(
      "GET",
      `/api/widget/${desk.shop.publicKey}?locale=${locale}`,
      { headers: { origin: SHOP } },
    )
  ).body;
const change = (body: object) =>
  desk.ask<{ wording?: object }>("PATCH", `/api/sites/${desk.shop.id}`, { as: key, body });

test("An owner's own sentences come with the configuration, in the visitor's language only", async () => {
  expect(await configOf("en")).not.toHaveProperty("wording");
  const french = { back: "Revenir", "launcher.unread": "{n} réponses" };
  expect((await change({ wording: { fr: french, en: { back: "Go back" } } })).status).toBe(200);
  expect((await configOf("fr-CA")).wording).toEqual(french);
  expect((await configOf("en")).wording).toEqual({ back: "Go back" });
  expect(await configOf("de")).not.toHaveProperty("wording");
  // The other languages stay; an empty one is ours again.
  expect((await change({ wording: { fr: {} } })).body.wording).toEqual({ en: { back: "Go back" } });
});

test("A greeting in the visitor's language stands before the one for all", async () => {
  await change({ greeting: "Hello!", wording: { "zh-Hans": { "home.greeting": "您好，有什么可以帮您？" } } });
  expect((await configOf("zh-CN")).greeting).toBe("您好，有什么可以帮您？");
  expect((await configOf("en")).greeting).toBe("Hello!");
});

test.each([
  [{ xx: { back: "Back" } }, "wording"],
  [{ en: { nothing: "Back" } }, "wording"],
  [{ en: { "agent.joined": "Somebody joined" } }, "wording"],
  [{ en: { back: "Back {name}" } }, "wording"],
  [{ en: { back: "x".repeat(300) } }, "wording"],
  [{ en: { "launcher.unread.few": "{n}" } }, "wording"],
  [{ en: { back: 1 } }, "wording"],
])("Words that cannot stand in the widget are refused: %j", async (wording, field) => {
  const refused = await desk.ask<{ fault: { field: string } }>("PATCH", `/api/sites/${desk.shop.id}`, {
    as: key,
    body: { wording },
  });
  expect([refused.status, refused.fault]).toEqual([400, "invalid"]);
  expect(refused.body.fault.field).toContain(field);
});

test("Words of a release that knew more sentences do no harm", async () => {
  const { desk: rules, shop } = desk;
  await rules.store.write(async (db) => {
    const settings = { wording: { en: { back: "Go back", "long.gone": "Gone" }, xx: { back: "?" } } };
    await db.sql
      .updateTable("site")
      .set({ settings: JSON.stringify(settings) })
      .where("id", "=", shop.key)
      .execute();
  });
  rules.sites.forget();
  expect((await configOf("en")).wording).toEqual({ back: "Go back" });
});

test("What stands beside the bell is in the visitor's language, else in the site's first that has any", async () => {
  await change({ locales: ["de", "en"], labels: { en: "Help", "zh-Hans": "帮助" } });
  const labels = async (locale: string) => (await configOf(locale)).theme.label;
  expect(await labels("zh-CN")).toBe("帮助");
  expect(await labels("de")).toBe("Help");
  expect(await configOf("de")).not.toHaveProperty("labels");
  expect((await change({ labels: { en: "A text that is far too long for a bell" } })).status).toBe(400);
  await change({ labels: {} });
  expect(await labels("en")).toBeUndefined();
});

test("Two browsers behind one address that search for the same are two people, and one that types on is one", async () => {
  const typed = (q: string, browser: string) =>
    desk.ask("GET", `/api/widget/${desk.shop.publicKey}/suggest?${new URLSearchParams({ q, locale: "en" })}`, {
      headers: { origin: SHOP, "user-agent": browser },
    });
  for (const browser of ["Firefox/140.0", "Safari/605.1"])
    for (const q of ["Does the kiln", "Does the kiln need a filter?"]) await typed(q, browser);
  await desk.desk.searches.settle();
  const { body } = await desk.ask<{ items: object[] }>("GET", `/api/sites/${desk.shop.id}/unanswered`, { as: key });
  expect(body.items).toMatchObject([{ text: "Does the kiln need a filter?", people: 2, wordings: [] }]);
});
