import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type HttpDesk, openHttpDesk } from "../../test/support/http-desk.ts";
import type { Article } from "../desk/articles/articles.ts";
import type { Suggested } from "../desk/articles/suggestions.ts";

let desk: HttpDesk;
let key: string;
let stranger: string;
let articles: string;
let widget: string;

const EN = { title: "Reset your board", body: "# Steps\n\nPress **reset** twice.", locale: "en" };
const ZH = { title: "重置开发板", body: "快速按两次**复位**按钮。", locale: "zh-Hans" };
const OPEN = { visibility: "public", state: "published" };

beforeAll(async () => {
  desk = await openHttpDesk();
  key = await desk.keyOf("agent");
  stranger = await desk.keyOf("agent", [desk.cafe]);
  articles = `/api/sites/${desk.shop.id}/articles`;
  widget = `/api/widget/${desk.shop.publicKey}`;
});
afterAll(() => desk.close());

async function write(input: object): Promise<Article> {
  const { status, body } = await desk.ask<Article>("POST", articles, { as: key, body: { ...EN, ...OPEN, ...input } });
  expect(status).toBe(201);
  return body;
}
async function put(id: string, input: object): Promise<Article> {
  return (await desk.ask<Article>("PUT", `/api/articles/${id}`, { as: key, body: input })).body;
}
const read = (path: string) => desk.ask("GET", `${widget}/articles/${path}`);
const suggest = async (query: string) => (await desk.ask<Suggested>("GET", `${widget}/suggest?${query}`)).body;
const titles = ({ suggestions }: Suggested) => suggestions.map(({ title }) => title);

async function importLines(lines: unknown[], as = key, site = desk.shop.id) {
  const body = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
  const headers = { "content-type": "application/x-ndjson" };
  const answer = await desk.ask<string>("POST", `/api/sites/${site}/articles/import`, { as, body, headers });
  const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
  return JSON.parse(text.trim().split("\n").at(-1) ?? "");
}

test("An import can be tried: it says what it would be, and writes nothing.", async () => {
  const before = (await desk.ask<{ all: number }>("GET", `${articles}/counts`, { as: key })).body;
  const headers = { "content-type": "application/x-ndjson" };
  const body = JSON.stringify({ ...EN, id: "tried", title: "Only tried" });
  const tried = await desk.ask<string>("POST", `${articles}/import?dryRun=1`, { as: key, body, headers });
  expect(JSON.stringify(tried.body)).toMatch(/created\D+1/);
  expect((await desk.ask("GET", `${articles}/counts`, { as: key })).body).toEqual(before);
});

describe("Articles, for agents", () => {
  test("One is written, read, changed and deleted.", async () => {
    const made = await write({ title: "Été & co", pages: ["/cart*"], questions: ["How?", "How?"] });
    expect(made).toMatchObject({ slug: "ete-co", pages: ["/cart*"], questions: ["How?"], ...OPEN });
    expect((await desk.ask("GET", `/api/articles/${made.id}`, { as: key })).body).toEqual(made);
    const changed = await put(made.id, { ...EN, title: "Summer", category: "Seasons" });
    expect(changed).toMatchObject({
      title: "Summer",
      slug: "ete-co",
      category: "Seasons",
      questions: ["How?"],
      ...OPEN,
    });
    expect((await desk.ask("DELETE", `/api/articles/${made.id}`, { as: key })).status).toBe(204);
    expect((await desk.ask("GET", `/api/articles/${made.id}`, { as: key })).fault).toBe("not-found");
  });

  test("D12 Another site's agent finds nothing, whatever they try.", async () => {
    const { id } = await write({ title: "Ours" });
    for (const [method, path] of [
      ["GET", articles],
      ["POST", articles],
      ["POST", `${articles}/import`],
      ["GET", `${articles}/export`],
      ["GET", `/api/sites/${desk.shop.id}/suggest?q=ours`],
      ["GET", `/api/articles/${id}`],
      ["PUT", `/api/articles/${id}`],
      ["DELETE", `/api/articles/${id}`],
    ] as const) {
      const answer = await desk.ask(method, path, { as: stranger, ...(method !== "GET" && { body: EN }) });
      expect([method, path, answer.fault]).toEqual([method, path, "not-found"]);
    }
    expect((await desk.ask("GET", `/api/widget/${desk.cafe.publicKey}/articles/${id}`)).fault).toBe("not-found");
  });

  test("Same titles get numbers, Chinese ones their characters, and a new slug leaves the old address behind.", async () => {
    const [one, two] = [await write({ title: "Twice" }), await write({ title: "Twice" })];
    expect([one.slug, two.slug]).toEqual(["twice", "twice-2"]);
    const zh = await write(ZH);
    expect(zh.slug).toBe("重置开发板");
    expect(zh.url).toBe(`https://desk.example/help/${desk.shop.publicKey}/zh-Hans/${encodeURIComponent("重置开发板")}`);
    expect((await put(two.id, { ...EN, title: "Twice", slug: "Two Times!" })).slug).toBe("two-times");
    expect((await read("twice-2")).body).toMatchObject({ id: two.id, slug: "two-times" });
  });

  test("The list is filtered, searched and read page by page.", async () => {
    await Promise.all(["a", "b", "c"].map((name) => write({ title: `Listed ${name}`, category: "L", state: "draft" })));
    const pageOf = (query: string) =>
      desk.ask<{ items: Article[]; cursor?: string }>("GET", `${articles}?category=L&limit=2${query}`, { as: key });
    const first = (await pageOf("")).body;
    const second = (await pageOf(`&cursor=${first.cursor}`)).body;
    expect(new Set([...first.items, ...second.items].map(({ title }) => title)).size).toBe(3);
    expect(second.cursor).toBeUndefined();
    expect((await pageOf("&query=listed%20b")).body.items).toHaveLength(1);
    expect((await pageOf("&state=published")).body.items).toEqual([]);
    expect((await pageOf("&cursor=x")).fault).toBe("invalid");
  });

  test("What is wrong is refused with its field.", async () => {
    for (const [field, input] of [
      ["title", { ...EN, title: "  " }],
      ["locale", { ...EN, locale: "../x" }],
      ["body", { title: "x", locale: "en" }],
      ["state", { ...EN, state: "gone" }],
    ] as const) {
      const { status, body } = await desk.ask<{ fault: { field: string } }>("POST", articles, { as: key, body: input });
      expect([status, body.fault.field]).toEqual([400, field]);
    }
  });

  test("A preview draws Markdown as it will be.", async () => {
    const answer = await desk.ask("POST", "/api/preview", { as: key, body: { body: "**a**" } });
    expect(answer.body).toEqual({
      body: [{ type: "paragraph", children: [{ type: "strong", children: [{ type: "text", text: "a" }] }] }],
    });
  });
});

describe("Articles, for visitors", () => {
  test("Drafts, internal and deleted ones are nowhere: not read, not suggested, not on the help page.", async () => {
    const hidden = await write({ title: "Zebra crossing rules", state: "draft" });
    const seen = async () => {
      const help = `/help/${desk.shop.publicKey}/en`;
      return [
        (await read(hidden.id)).status,
        (await read("zebra-crossing-rules")).status,
        titles(await suggest("q=zebra+crossing+rules&min=0")).includes("Zebra crossing rules"),
        (await desk.ask<string>("GET", help)).body.includes("Zebra"),
        (await desk.ask("GET", `${help}/zebra-crossing-rules`)).status,
        (await desk.ask("POST", `${widget}/articles/${hidden.id}/verdict`, VERDICT)).status,
      ];
    };
    const VERDICT = { body: { solved: true, session: "s" }, headers: { origin: "https://shop.example" } };
    const nowhere = [404, 404, false, false, 404, 404];
    const everywhere = [200, 200, true, true, 200, 204];
    expect(await seen()).toEqual(nowhere);
    await put(hidden.id, { ...EN, title: "Zebra crossing rules", ...OPEN });
    expect(await seen()).toEqual(everywhere);
    await put(hidden.id, { ...EN, title: "Zebra crossing rules", visibility: "internal" });
    expect(await seen()).toEqual(nowhere);
    await put(hidden.id, { ...EN, title: "Zebra crossing rules", ...OPEN });
    await desk.ask("DELETE", `/api/articles/${hidden.id}`, { as: key });
    expect(await seen()).toEqual(nowhere);
  });

  test("A translation is given to who reads its language, by id and by slug.", async () => {
    const en = await write({ title: "Group of boards" });
    const zh = await write({ ...ZH, title: "一组开发板", group: en.group });
    expect((await read(`${en.id}?locale=zh-CN`)).body).toMatchObject({ id: zh.id, locale: "zh-Hans" });
    expect((await read(`group-of-boards?locale=zh-TW`)).body).toMatchObject({ id: zh.id });
    expect((await read(`group-of-boards?locale=fr`)).body).toMatchObject({ id: en.id });
    expect((await read(encodeURIComponent(zh.slug))).body).toMatchObject({ id: zh.id });
  });

  test("A link to another article leads there as long as it may be read, wherever it moves.", async () => {
    const target = await write({ title: "Link target" });
    const from = await write({ title: "Link source", body: "See [it](link-target#steps)." });
    const link = async () => JSON.stringify((await read(from.id)).body.body);
    expect(await link()).toContain(`"href":"${target.url}#steps"`);
    const moved = await put(target.id, { ...EN, title: "Link target", slug: "moved" });
    expect(await link()).toContain(`"href":"${moved.url}#steps"`);
    await put(target.id, { ...EN, title: "Link target", state: "draft" });
    expect(await link()).not.toContain('"link"');
    expect(await link()).toContain('"text":"it"');
  });

  test("One verdict a session and article is kept, the last.", async () => {
    const { id } = await write({ title: "Judged" });
    const say = (body: object) =>
      desk.ask("POST", `${widget}/articles/${id}/verdict`, { body, headers: { origin: "https://shop.example" } });
    expect((await say({ solved: true, q: "why", session: "one" })).status).toBe(204);
    expect((await say({ solved: false, session: "one" })).status).toBe(204);
    expect((await say({ solved: true, session: "two" })).status).toBe(204);
    expect((await say({ session: "two" })).fault).toBe("invalid");
    const kept = await desk.store.read((db) => db.sql.selectFrom("verdict").selectAll().orderBy("session").execute());
    expect(kept.filter(({ session }) => session !== "s").map(({ solved, q }) => [solved, q])).toEqual([
      [0, null],
      [1, null],
    ]);
  });

  test("Questions find articles in English and Chinese, and a page its own.", async () => {
    await write({ title: "Wifi does not connect", pages: ["/wifi/*"] });
    await write({ ...ZH, title: "无法连接无线网络" });
    expect(titles(await suggest("q=wifi+not+connecting&locale=en"))).toContain("Wifi does not connect");
    expect(titles(await suggest(`q=${encodeURIComponent("无线网络连不上")}&min=0`))).toContain("无法连接无线网络");
    expect(titles(await suggest("q=&url=https://shop.example/wifi/1"))).toEqual(["Wifi does not connect"]);
    expect(await suggest("q=")).toEqual({ q: "", confidence: 0, suggestions: [], abstained: true });
    expect((await desk.ask("GET", `${widget}/suggest?q=a&limit=11`)).fault).toBe("invalid");
    const hits = await desk.ask<{ items: unknown[] }>("GET", `/api/sites/${desk.shop.id}/suggest?q=wifi`, { as: key });
    expect(hits.body.items[0]).toMatchObject({ title: "Wifi does not connect", visibility: "public", locale: "en" });
  });
});

describe("Import and export", () => {
  test("Good lines come in, bad ones are named, and a second run changes nothing.", async () => {
    const lines = [{ title: "One", body: "Uno", locale: "en" }, "{", { title: "", body: "", locale: "en" }, ZH, ""];
    const done = await importLines(lines);
    expect(done).toMatchObject({ done: true, created: 1, updated: 0, unchanged: 1 });
    expect(done.failed.map(({ line }: { line: number }) => line)).toEqual([2, 3]);
    expect(await importLines(lines)).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
    expect(await importLines([{ title: "One", body: "Eins", locale: "en" }])).toMatchObject({ created: 0, updated: 1 });
    expect((await read("one")).body).toMatchObject({ title: "One" });
  });

  test("What was exported comes back whole on another site, links included.", async () => {
    await importLines([
      { title: "To", body: "See [from](from.md) and [more](../x/to.md#a).", locale: "en", source: "x/to.md" },
      { title: "From", body: "# A\n\nText", locale: "en", source: "x/from.md", pages: ["/a"], questions: ["b?"] },
    ]);
    const out = await desk.ask<string>("GET", `${articles}/export`, { as: key });
    // One that moved takes its former address along.
    expect(out.body).toContain('"former":["link-target"]');
    const lines = out.body.trim().split("\n");
    const all = await desk.keyOf("owner");
    expect(await importLines(lines, all, desk.cafe.id)).toMatchObject({ created: lines.length, failed: [] });
    const back = await desk.ask<string>("GET", `/api/sites/${desk.cafe.id}/articles/export`, { as: all });
    expect(back.body).toBe(out.body);
    const { body } = await desk.ask("GET", `/api/widget/${desk.cafe.publicKey}/articles/to`);
    expect(JSON.stringify(body.body).match(/"article":/g)).toHaveLength(2);
    expect(await importLines(lines, all, desk.cafe.id)).toMatchObject({ created: 0, updated: 0 });
  });
});

describe("Links in a preview", () => {
  type Drawn = { body: [{ children: { href?: string; article?: string; text?: string }[] }] };
  const drawn = async (body: string, more: object) => {
    const answer = await desk.ask<Drawn>("POST", "/api/preview", { as: key, body: { body, ...more } });
    return answer.body.body[0].children.filter(({ text }) => text !== " ");
  };

  test("lead to the article that a file, a slug or a help page names, with an address where visitors may read it.", async () => {
    const open = await write({ title: "Preview open" });
    const hidden = await write({ title: "Preview hidden", visibility: "internal" });
    await importLines([
      { ...EN, ...OPEN, title: "Preview beside", source: "guide/beside.md" },
      { ...EN, ...OPEN, title: "Preview source", source: "guide/source.md" },
    ]);
    const { items } = (
      await desk.ask<{ items: Article[] }>("GET", `${articles}?query=preview%20source&limit=1`, { as: key })
    ).body;
    const page = `https://desk.example/help/${desk.shop.publicKey}/en/preview-hidden`;
    const text = `[a](preview-open#steps) [b](preview-hidden) [c](./beside.md) [d](gone.md) [e](${page})`;
    const within = await drawn(text, { article: items[0]?.id });
    expect(within).toMatchObject([
      { href: `${open.url}#steps`, article: open.id },
      { href: "#", article: hidden.id },
      { href: expect.stringMatching(/^https:.*\/en\/preview-beside$/) },
      { text: " d " },
      { href: "#", article: hidden.id },
    ]);
    const begun = await drawn(text, { site: desk.shop.id, locale: "en" });
    expect(begun.map(({ article }) => article)).toEqual([open.id, hidden.id, undefined, hidden.id]);
    expect(JSON.stringify(await drawn(text, {}))).not.toContain('"article"');
  });

  test("prefer the language of the text.", async () => {
    const en = await write({ title: "Preview both" });
    const zh = await write({ ...ZH, slug: "preview-both", group: en.group });
    const [inChinese] = await drawn("[x](preview-both)", { site: desk.shop.id, locale: "zh-Hans" });
    expect(inChinese?.article).toBe(zh.id);
    const [inEnglish] = await drawn("[x](preview-both)", { article: zh.id, locale: "en" });
    expect(inEnglish?.article).toBe(en.id);
  });

  test("are looked up only so many times, whatever is typed.", async () => {
    const { id } = await write({ title: "Preview last" });
    const gone = Array.from({ length: 500 }, (_, n) => `[x](gone-${n}.md)`).join(" ");
    const place = { site: desk.shop.id, locale: "en" };
    expect(JSON.stringify(await drawn(`[x](preview-last) ${gone}`, place))).toContain(id);
    expect(JSON.stringify(await drawn(`${gone} [x](preview-last)`, place))).not.toContain(id);
  });

  test("are followed in no other site, nor from one that is not the agent's.", async () => {
    const own = await write({ title: "Preview of ours" });
    for (const place of [{ article: own.id }, { site: desk.shop.id, locale: "en" }, { article: "none" }]) {
      const body = { body: "[x](preview-of-ours)", ...place };
      expect((await desk.ask("POST", "/api/preview", { as: stranger, body })).fault).toBe("not-found");
    }
    const body = { body: "[x](preview-of-ours)", site: desk.cafe.id };
    const answer = await desk.ask("POST", "/api/preview", { as: stranger, body });
    expect(JSON.stringify(answer.body)).not.toContain("article");
  });
});
