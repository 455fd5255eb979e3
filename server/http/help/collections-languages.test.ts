import { afterAll, beforeAll, expect, test } from "vitest";
import { type HttpDesk, openHttpDesk } from "../../../test/support/http-desk.ts";
import type { Article } from "../../desk/articles/articles.ts";

let desk: HttpDesk;
let key: string;
let base: string;
const group = (n: number) => `0198c7a0-1111-7000-8000-00000000000${n}`;

beforeAll(async () => {
  desk = await openHttpDesk();
  key = await desk.keyOf("owner");
  base = `/help/${desk.shop.publicKey}`;
  const steps = [];
  for (const [n, en, zh] of [
    [1, "Unpack", "开箱"],
    [2, "Plug in", "接通电源"],
  ] as const) {
    const [first, second] = [await write(en, "en", group(n)), await write(zh, "zh-Hans", group(n))];
    steps.push({ en: first.id, zh: second.id });
  }
  await collect(
    "First steps",
    steps.map(({ en }) => en),
  );
  await collect(
    "新手入门",
    steps.map(({ zh }) => zh),
  );
  await collect(
    "Only the plug",
    steps.slice(1).map(({ en }) => en),
  );
});
afterAll(() => desk.close());

async function write(title: string, locale: string, group: string): Promise<Article> {
  const body = { title, locale, group, body: "Text.", visibility: "public", state: "published" };
  return (await desk.ask<Article>("POST", `/api/sites/${desk.shop.id}/articles`, { as: key, body })).body;
}
async function collect(name: string, articles: readonly string[]) {
  const body = { name, articles, visibility: "public" };
  const { status } = await desk.ask("POST", `/api/sites/${desk.shop.id}/collections`, { as: key, body });
  expect(status).toBe(201);
}
const get = (path: string) => desk.ask<string>("GET", base + path);
const names = async (path: string) =>
  Array.from((await get(path)).body.matchAll(/<section class="steps"><h2[^>]*><a[^>]*>([^<]+)/g), ([, name]) => name);
const alternates = async (path: string) =>
  Array.from((await get(path)).body.matchAll(/<link rel="alternate" hreflang="([^"x]+)" href="([^"]+)"/g), ([, , to]) =>
    decodeURI(to?.slice(to.indexOf(base) + base.length) ?? ""),
  );

test("A collection that is made for each language stands in each once, under its name there.", async () => {
  expect(await names("/en")).toEqual(["First steps", "Only the plug"]);
  expect(await names("/zh-Hans")).toEqual(["新手入门"]);
});

test("The two name each other as translations, and the address of one leads to the other in its language.", async () => {
  const [en, zh] = ["/en/collections/first-steps", "/zh-Hans/collections/新手入门"];
  expect(await alternates(en)).toEqual([en, zh]);
  expect(await alternates(encodeURI(zh))).toEqual([en, zh]);
  const moved = await get("/zh-Hans/collections/first-steps");
  expect([moved.status, decodeURI(moved.headers.get("location") ?? "")]).toEqual([302, base + zh]);
  // A part of one is no translation of it.
  expect(await alternates("/en/collections/only-the-plug")).toEqual(["/en/collections/only-the-plug"]);
  const map = decodeURI((await get("/sitemap.xml")).body);
  expect(map).toContain(`${base}${zh}</loc>`);
  expect(map).not.toContain(`${base}/zh-Hans/collections/first-steps`);
});
