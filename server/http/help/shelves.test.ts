import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type HttpDesk, openHttpDesk } from "../../../test/support/http-desk.ts";

let desk: HttpDesk;
let key: string;
let base: string;

beforeAll(async () => {
  desk = await openHttpDesk();
  key = await desk.keyOf("owner");
  base = `/help/${desk.shop.publicKey}`;
  for (let n = 1; n <= 5; n++) {
    await write({ title: `Board ${n}`, category: `Boards / Part ${n % 3}` });
    await write({ title: `Loose ${n}` });
  }
  for (let n = 1; n <= 13; n++) await write({ title: `文章 ${n}`, locale: "zh-Hans" });
});
afterAll(() => desk.close());

async function write(input: object): Promise<void> {
  const body = { body: "Text.", locale: "en", visibility: "public", state: "published", ...input };
  const { status } = await desk.ask("POST", `/api/sites/${desk.shop.id}/articles`, { as: key, body });
  expect(status).toBe(201);
}
const get = async (path: string) => (await desk.ask<string>("GET", `${base}${path}`)).body;
/** What is read out of a part of a page. */
const heard = (part = "") => part.replace(/<[^>]*>/g, "").trim();

describe("The first page", () => {
  test("says a category's name and its number as two words, and leads to all of it.", async () => {
    const [boards, others] = Array.from(
      (await get("/en")).matchAll(/<section class="cat">.*?<\/section>/gs),
      ([all]) => all,
    );
    expect(heard(/<h2.*?<\/h2>/.exec(boards ?? "")?.[0])).toBe("Boards 5 articles");
    expect(heard(boards)).toMatch(/All of Boards$/);
    // What has no name is not called by one.
    expect(heard(others)).toMatch(/^Everything else 5 articles.*All 5 articles$/s);
  });

  test("shows more of what stands there alone, for which it has the room.", async () => {
    const home = await get("/zh-Hans");
    expect(home.match(/<li><a [^>]*>文章/g)).toHaveLength(12);
    expect(heard(/<section class="cat">.*?<\/section>/s.exec(home)?.[0])).toMatch(
      /^全部文章 13 篇文章.*全部 13 篇文章$/s,
    );
  });
});

test("A category of several parts names them at its top, each leading there; one of few does not.", async () => {
  const boards = await get("/en/c/boards");
  const parts = Array.from(boards.matchAll(/<a class="link" href="#([^"]+)"[^>]*>([^<]+)/g), ([, to, name]) => [
    to,
    name,
  ]);
  expect(parts).toEqual([0, 1, 2].map((n) => [`part-${n}`, `Part ${n}`]));
  for (const [to] of parts) expect(boards).toContain(`<h2 id="${to}"`);
  expect(await get("/en/c/-")).not.toContain('href="#part');
});

test("Beside an article of what stands alone is said that these are all articles.", async () => {
  expect(await get(`/zh-Hans/${encodeURIComponent("文章-1")}`)).toContain('<h2 dir="auto">全部文章</h2>');
  expect(await get("/en/loose-1")).toContain('<h2 dir="auto">Everything else</h2>');
});
