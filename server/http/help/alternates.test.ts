import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type HttpDesk, openHttpDesk } from "../../../test/support/http-desk.ts";
import type { Article } from "../../desk/articles/articles.ts";
import { mintId, toBytes } from "../../store/ids.ts";

let desk: HttpDesk;
let key: string;
let base: string;
let canonical: string;

beforeAll(async () => {
  desk = await openHttpDesk();
  key = await desk.keyOf("owner");
  base = `/help/${desk.shop.publicKey}`;
  canonical = `https://desk.example${base}`;
  await translated("Boards / UNO", "开发板");
  await translated("Boards / Nano", "开发板");
  // One of them stands elsewhere in Chinese, where most are about something else.
  await translated("Boards", "配送");
  await translated("Shipping", "配送");
  await translated("Shipping", "配送");
  await translated(undefined, undefined);
  await write({ category: "Returns" });
});
afterAll(() => desk.close());

async function write(input: object): Promise<Article> {
  const open = { body: "Text.", locale: "en", visibility: "public", state: "published" };
  const body = { title: `About ${mintId()}`, ...open, ...input };
  const answer = await desk.ask<Article>("POST", `/api/sites/${desk.shop.id}/articles`, { as: key, body });
  expect(answer.status).toBe(201);
  return answer.body;
}
async function translated(en: string | undefined, zh: string | undefined): Promise<Article> {
  const group = mintId();
  await write({ group, locale: "zh-Hans", ...(zh && { category: zh }) });
  return write({ group, ...(en && { category: en }) });
}
const get = (path: string) => desk.ask<string>("GET", `${base}${path}`);
const zh = (category: string) => `/zh-Hans/c/${encodeURIComponent(category)}`;

/** What a page says of itself in other languages. */
async function alternatesOf(path: string): Promise<Record<string, string>> {
  const { body } = await get(path);
  return Object.fromEntries(
    Array.from(
      body.matchAll(/<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">/g),
      ([, locale = "", href = ""]) => [locale, href.slice(canonical.length)],
    ),
  );
}
/** Where its menu leads to in another language. */
async function menuTo(locale: string, path: string): Promise<string | undefined> {
  const { body } = await get(path);
  return new RegExp(`<a href="([^"]+)" lang="${locale}" hreflang=`).exec(body)?.[1]?.slice(base.length);
}

describe("A category in other languages", () => {
  test("is the one that most translations of its articles stand in: each page names itself and the other.", async () => {
    const boards = { en: "/en/c/boards", "zh-Hans": zh("开发板"), "x-default": "/en/c/boards" };
    expect(await alternatesOf("/en/c/boards")).toEqual(boards);
    expect(await alternatesOf(zh("开发板"))).toEqual(boards);
    expect(await menuTo("zh-Hans", "/en/c/boards")).toBe(zh("开发板"));
    const shipping = { en: "/en/c/shipping", "zh-Hans": zh("配送"), "x-default": "/en/c/shipping" };
    expect(await alternatesOf(zh("配送"))).toEqual(shipping);
    expect(await menuTo("en", zh("配送"))).toBe("/en/c/shipping");
  });

  test("is none where nothing of it is translated: it names itself alone, and the menu goes home.", async () => {
    expect(await alternatesOf("/en/c/returns")).toEqual({ en: "/en/c/returns", "x-default": "/en/c/returns" });
    expect(await menuTo("zh-Hans", "/en/c/returns")).toBe("/zh-Hans");
  });

  test("is none that does not answer in kind: most of a small one may stand in what is another's.", async () => {
    await translated("Customs", "配送");
    expect(await alternatesOf("/en/c/customs")).toEqual({ en: "/en/c/customs", "x-default": "/en/c/customs" });
    expect((await alternatesOf(zh("配送"))).en).toBe("/en/c/shipping");
  });

  test("is never what stands in no category, which has only its like.", async () => {
    expect((await alternatesOf("/en/c/-"))["zh-Hans"]).toBe("/zh-Hans/c/-");
    await translated("Loose", undefined);
    await translated("Loose", undefined);
    expect((await alternatesOf("/en/c/loose"))["zh-Hans"]).toBeUndefined();
    expect((await alternatesOf("/zh-Hans/c/-")).en).toBe("/en/c/-");
  });
});

test("Of two articles in one language that share a translation, one is named with it and the other stands alone.", async () => {
  const group = mintId();
  // The first by its title, as the shelf stands.
  const first = await write({ group, title: "First of two" });
  const other = await write({ title: "Second of two" });
  // None comes so any more, but what was written before may stand so.
  const same = { grp: toBytes(group) };
  await desk.store.write((db) => db.sql.updateTable("article").set(same).where("slug", "=", other.slug).execute());
  const chinese = await write({ group, locale: "zh-Hans" });
  const pair = { en: `/en/${first.slug}`, "zh-Hans": `/zh-Hans/${chinese.slug}`, "x-default": `/en/${first.slug}` };
  const pages = [first, chinese, other].map(({ locale, slug }) => alternatesOf(`/${locale}/${slug}`));
  expect(await Promise.all(pages)).toEqual([pair, pair, { en: `/en/${other.slug}`, "x-default": `/en/${other.slug}` }]);
  const { body } = await get(`/zh-Hans/${chinese.slug}`);
  expect(body.match(/ hreflang="en" href="https/g)).toHaveLength(1);
});

test("The map for search engines names the translations of first pages, categories and collections, as it does of articles.", async () => {
  const step = await translated("Boards", "开发板");
  const body = { name: "First steps", visibility: "public", articles: [step.id] };
  await desk.ask("POST", `/api/sites/${desk.shop.id}/collections`, { as: key, body });
  const map = (await get("/sitemap.xml")).body;
  const of = (path: string) => {
    const [, links = ""] = new RegExp(`<loc>${canonical}${path}</loc>(.*?)</url>`).exec(map) ?? [];
    return Array.from(links.matchAll(/hreflang="([^"]+)" href="([^"]+)"/g), ([, , href = ""]) =>
      href.slice(canonical.length),
    );
  };
  for (const both of [
    ["/en", "/zh-Hans"],
    ["/en/c/boards", zh("开发板")],
    ["/en/collections/first-steps", "/zh-Hans/collections/first-steps"],
  ])
    expect(both.map(of)).toEqual([both, both]);
  expect(of("/en/c/returns")).toEqual([]);
});

test("A category or collection asked for in a language that nobody wrote in leads to the nearest, and is no page of its own.", async () => {
  const goes = async (path: string) => (await get(path)).headers.get("location")?.slice(base.length);
  expect(await goes("/en-GB/c/boards")).toBe("/en/c/boards");
  expect(await goes(`/zh-CN/c/${encodeURIComponent("开发板")}`)).toBe(zh("开发板"));
  expect(await goes("/en-GB/collections/first-steps")).toBe("/en/collections/first-steps");
  expect(await goes("/en-GB?q=reset%20it")).toBe("/en?q=reset%20it");
  expect((await get("/fr/c/boards")).status).toBe(404);
});
