import { afterAll, beforeAll, expect, test } from "vitest";
import { type HttpDesk, openHttpDesk } from "../../../test/support/http-desk.ts";
import { fillShelf } from "../../../test/support/shelf.ts";
import type { Article } from "../../desk/articles/articles.ts";
import { mintId } from "../../store/ids.ts";

const PART_LENGTH = 1_000;
const MINUTE_MS = 60_000;

let desk: HttpDesk;
let base: string;
let canonical: string;
let pair: Article[];

beforeAll(async () => {
  desk = await openHttpDesk();
  base = `/help/${desk.shop.publicKey}`;
  canonical = `https://desk.example${base}`;
  await fillShelf(desk, PART_LENGTH - 1);
  const group = mintId();
  pair = [await write("First of two", { group })];
  // Enough between them that the translation stands in another map.
  expect(locations((await get("/sitemap.xml")).body)).toHaveLength(PART_LENGTH + 2);
  pair.push(await write("二之二", { group, locale: "zh-Hans" }));
});
afterAll(() => desk.close());

async function write(title: string, input: object = {}): Promise<Article> {
  desk.clock.advance(MINUTE_MS);
  const open = { body: "Text.", locale: "en", visibility: "public", state: "published" } as const;
  return desk.desk.articles.create(desk.owner.actor, desk.shop.id, { ...open, title, ...input });
}
const get = (path: string, headers: Record<string, string> = {}) =>
  desk.ask<string>("GET", `${base}${path}`, { headers });
const locations = (map: string) => Array.from(map.matchAll(/<loc>([^<]+)<\/loc>/g), ([, at = ""]) => at);
const etagOf = async (path: string) => (await get(path)).headers.get("etag") ?? "";
/** The map of maps leads to these, one after another. */
async function maps(): Promise<string[]> {
  const { body } = await get("/sitemap.xml");
  expect(body).toContain("<sitemapindex ");
  return locations(body).map((at) => at.slice(canonical.length));
}

test("A large help centre has an index of maps: the first pages and shelves, then articles, a thousand a map and each once.", async () => {
  const parts = await maps();
  expect(parts).toEqual(["/sitemap-1.xml", "/sitemap-2.xml", "/sitemap-3.xml"]);
  const answers = await Promise.all(parts.map((path) => get(path)));
  for (const { headers } of answers) expect(headers.get("content-type")).toContain("application/xml");
  const told = answers.map(({ body }) => locations(body));
  expect(told.map(({ length }) => length)).toEqual([4, PART_LENGTH, 1]);
  const { entries } = await desk.desk.helpCentre.shelf(desk.shop);
  const articles = entries.map(({ locale, slug }) => `${canonical}/${locale}/${encodeURIComponent(slug)}`);
  expect(told.slice(1).flat().sort()).toEqual(articles.sort());
  expect(told[0]).toEqual([
    `${canonical}/en`,
    `${canonical}/en/c/-`,
    `${canonical}/zh-Hans`,
    `${canonical}/zh-Hans/c/-`,
  ]);
  for (const path of ["/sitemap-0.xml", "/sitemap-4.xml"]) expect((await get(path)).status).toBe(404);
});

test("Translations that stand in different maps name each other in both.", async () => {
  const both = pair.map(({ locale, slug }) => `${canonical}/${locale}/${encodeURIComponent(slug)}`);
  for (const [path, at] of [
    ["/sitemap-2.xml", both[0]],
    ["/sitemap-3.xml", both[1]],
  ]) {
    const { body } = await get(path ?? "");
    const entry = body.split("\n").find((line) => line.includes(`<loc>${at}</loc>`)) ?? "";
    expect(Array.from(entry.matchAll(/hreflang="([^"]+)" href="([^"]+)"/g), ([, , href]) => href)).toEqual(both);
  }
});

test("A new article changes the last map and what the index says of it; who has the others need not fetch them again.", async () => {
  const before = await Promise.all(["/sitemap-2.xml", "/sitemap-3.xml"].map(etagOf));
  const changed = async () =>
    Array.from((await get("/sitemap.xml")).body.matchAll(/<lastmod>([^<]+)</g), ([, at]) => at);
  const [, oldest] = [await write("One more"), await changed()];
  expect(await etagOf("/sitemap-3.xml")).not.toBe(before[1]);
  expect((await get("/sitemap-2.xml", { "if-none-match": before[0] ?? "" })).status).toBe(304);
  await write("And another");
  const [second, third] = await changed();
  expect(second).toBe(oldest[0]);
  expect(third).toBe(new Date(desk.clock.now()).toISOString());
});

test("A small help centre has one map, and no parts of it.", async () => {
  await desk.desk.articles.create(desk.owner.actor, desk.cafe.id, {
    title: "Alone",
    body: "Text.",
    locale: "en",
    visibility: "public",
    state: "published",
  });
  const cafe = `/help/${desk.cafe.publicKey}`;
  expect((await desk.ask<string>("GET", `${cafe}/sitemap.xml`)).body).toContain("/en/alone</loc>");
  expect((await desk.ask("GET", `${cafe}/sitemap-1.xml`)).status).toBe(404);
});
