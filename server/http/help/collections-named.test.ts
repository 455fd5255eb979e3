import { afterAll, beforeAll, expect, test } from "vitest";
import { type HttpDesk, openHttpDesk } from "../../../test/support/http-desk.ts";
import type { Article } from "../../desk/articles/articles.ts";

let desk: HttpDesk;
let key: string;
let base: string;
let unpack: string;

beforeAll(async () => {
  desk = await openHttpDesk();
  key = await desk.keyOf("owner");
  base = `/help/${desk.shop.publicKey}`;
  const group = "0198c7a0-1111-7000-8000-000000000001";
  unpack = await write("Unpack", "en", group);
  await write("开箱", "zh-Hans", group);
  await write("開箱", "zh-Hant", group);
  await write("Auspacken", "de", group);
  const plug = await write("Plug in", "en", "0198c7a0-1111-7000-8000-000000000002");
  await collect("Everyday", [unpack]);
  await collect("First steps", [unpack, plug], { "zh-Hans": "新手入门", fr: "Premiers pas" });
});
afterAll(() => desk.close());

async function write(title: string, locale: string, group: string): Promise<string> {
  const body = { title, locale, group, body: "Text.", visibility: "public", state: "published" };
  return (await desk.ask<Article>("POST", `/api/sites/${desk.shop.id}/articles`, { as: key, body })).body.id;
}
async function collect(name: string, articles: readonly string[], names?: object): Promise<string> {
  const body = { name, articles, visibility: "public", names };
  const made = await desk.ask<{ id: string }>("POST", `/api/sites/${desk.shop.id}/collections`, { as: key, body });
  expect(made.status).toBe(201);
  return made.body.id;
}
const get = (path: string) => desk.ask<string>("GET", base + encodeURI(path));
const shown = async (path: string) =>
  Array.from(
    (await get(path)).body.matchAll(/<section class="steps"><h2 dir="auto"([^>]*)><a[^>]*>([^<]+)/g),
    ([, lang = "", name]) => name + lang,
  );
const alternates = async (path: string) =>
  Array.from((await get(path)).body.matchAll(/<link rel="alternate" hreflang="([^"x]+)" href="([^"]+)"/g), ([, , to]) =>
    decodeURI(to?.slice(to.indexOf(base) + base.length) ?? ""),
  );
const EN = "/en/collections/first-steps";
const ZH = "/zh-Hans/collections/新手入门";
const HANT = "/zh-Hant/collections/新手入门";
const DE = "/de/collections/first-steps";

test("Each language shows a collection under its own name, before those that it has no name for.", async () => {
  expect(await shown("/en")).toEqual(["Everyday", "First steps"]);
  expect(await shown("/zh-Hans")).toEqual(["新手入门", 'Everyday lang="en"']);
  const page = (await get(ZH)).body;
  expect(page).toContain('<h1 dir="auto">新手入门</h1>');
  expect(page).toContain("<title>新手入门 · ");
});

test("Where a language has no name for it, the nearest one's stands, said to be in that language, else its own.", async () => {
  expect(await shown("/zh-Hant")).toEqual(['新手入门 lang="zh-Hans"', 'Everyday lang="en"']);
  expect(await shown("/de")).toEqual(['Everyday lang="en"', 'First steps lang="en"']);
});

test("Each is a page of its own address there, names itself the first, and all others where an article stands.", async () => {
  for (const path of [EN, ZH, HANT, DE]) {
    const page = await get(path);
    expect([
      path,
      page.status,
      decodeURI(page.body).includes(`rel="canonical" href="https://desk.example${base}${path}"`),
    ]).toEqual([path, 200, true]);
    expect((await alternates(path)).toSorted()).toEqual([EN, ZH, HANT, DE].toSorted());
  }
  // It has a French name, but nothing of it is written in French.
  expect((await get("/fr/collections/premiers-pas")).status).toBe(404);
  const map = decodeURI((await get("/sitemap.xml")).body);
  expect(map).toContain(`${base}${ZH}</loc>`);
  expect(map).not.toContain("/fr/");
});

test("An address that it had before it was named in a language, or has in another one, leads on there.", async () => {
  for (const [from, to] of [
    ["/zh-Hans/collections/first-steps", ZH],
    ["/en/collections/新手入门", EN],
    ["/de/collections/premiers-pas", DE],
  ] as const) {
    const moved = await get(from);
    expect([from, moved.status, decodeURI(moved.headers.get("location") ?? "")]).toEqual([from, 302, base + to]);
  }
});

test("A name takes no address that another collection has, and an empty collection takes none at all.", async () => {
  await collect("Reise", []);
  const other = await collect("Reise", [unpack], { de: "First steps", "zh-Hans": "新手入门" });
  expect((await get("/en/collections/reise")).status).toBe(200);
  expect((await get("/de/collections/reise")).body).toContain('<h1 dir="auto">First steps</h1>');
  expect((await get(DE)).body).toContain('<h1 dir="auto" lang="en">First steps</h1>');
  expect((await get(ZH)).body).toContain("<li");
  expect(await alternates("/zh-Hans/collections/reise")).toContain("/de/collections/reise");
  expect(await alternates(ZH)).toContain(DE);
  await desk.ask("DELETE", `/api/collections/${other}`, { as: key });
});

test("A visitor's first steps in the widget are called by their name in the visitor's language.", async () => {
  const steps = async (locale: string) => {
    const headers = { origin: desk.shop.origins[0] ?? "" };
    const path = `/api/widget/${desk.shop.publicKey}?locale=${locale}`;
    return (await desk.ask<{ firstSteps?: { name: string } }>("GET", path, { headers })).body.firstSteps?.name;
  };
  expect([await steps("zh-CN"), await steps("zh-Hans"), await steps("en"), await steps("fr")]).toEqual([
    "新手入门",
    "新手入门",
    "Everyday",
    undefined,
  ]);
});
