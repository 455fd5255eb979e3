import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type HttpDesk, openHttpDesk } from "../../test/support/http-desk.ts";
import { importForeign, UnreadableExport } from "./foreign.ts";
import { FORMATS } from "./formats/formats.ts";

const HC = "https://help.old.example";
const ZENDESK = {
  articles: [
    {
      id: 360001,
      title: "Reset the board",
      body: `<p>See <a href="/hc/en-us/articles/360002-Wifi#a">wifi</a>, <a href="https://other.example/x">x</a>.</p><img src="/hc/article_attachments/1/a.png">`,
      html_url: `${HC}/hc/en-us/articles/360001-Reset-the-board`,
      locale: "en-us",
      section_id: 11,
      draft: false,
      user_segment_id: null,
      translations: [{ locale: "zh-cn", title: "重置开发板", body: "<p>按两次<b>复位</b>。</p>", draft: false }],
    },
    {
      id: 360002,
      title: "Wifi",
      body: "<h2 id='a'>A</h2><p>Text</p>",
      html_url: `${HC}/hc/en-us/articles/360002-Wifi`,
      locale: "en-us",
      section_id: 12,
      user_segment_id: 77,
    },
    { id: 360003, title: "Draft", body: "<p>Soon</p>", locale: "en-us", draft: true },
    { id: 360004, title: "Empty", body: "<p>&nbsp;</p>", locale: "en-us" },
    { id: 360005, body: "<p>No title</p>", locale: "en-us" },
  ],
  sections: [
    { id: 11, name: "UNO", category_id: 1, parent_section_id: 12 },
    { id: 12, name: "Boards", category_id: 1, parent_section_id: null },
  ],
  categories: [{ id: 1, name: "Hardware" }],
};
const INTERCOM = [
  {
    type: "list",
    data: [
      {
        type: "article",
        id: "6871119",
        title: "Pay by card",
        body: `<p>Or <a href="https://intercom.old.example/help/en/articles/6871120-cash">cash</a>.</p>`,
        state: "published",
        url: "https://intercom.old.example/help/en/articles/6871119-pay-by-card",
        parent_id: 5,
        default_locale: "en",
        translated_content: {
          type: "article_translated_content",
          en: { type: "article_content", title: "Pay by card", body: "", state: "published" },
          "zh-TW": { type: "article_content", title: "刷卡付款", body: "<p>可以刷卡。</p>", state: "draft" },
          fr: { type: "article_content", title: "", body: "", state: "draft" },
        },
      },
      { type: "article", id: 6871120, title: "Cash", body: "<p>Notes only</p>", state: "published", parent_id: null },
    ],
  },
  { type: "list", data: [{ type: "collection", id: "5", name: "Money", parent_id: null }] },
];
const HELP_SCOUT = [
  {
    article: {
      id: "5215163545667acd25394b5c",
      number: 121,
      slug: "my-article",
      status: "published",
      name: "Refunds",
      text: `<p>See <a href="https://docs.old.example/article/122-other">other</a></p><section class="callout-red"><p>No cash</p></section>`,
      collectionId: "c1",
      categories: ["k1"],
      publicUrl: "https://docs.old.example/article/121-my-article",
    },
  },
  {
    article: {
      id: "5215163545667acd25394b5d",
      number: 122,
      status: "notpublished",
      name: "Other",
      text: "<p>x</p>",
      collectionId: "c2",
    },
  },
  {
    articles: {
      page: 1,
      items: [{ id: "5215163545667acd25394b5e", number: 123, name: "Only listed", status: "published" }],
    },
  },
  { categories: { items: [{ id: "k1", name: "Orders" }] } },
  {
    collections: {
      items: [
        { id: "c1", name: "Shop", visibility: "public" },
        { id: "c2", name: "Staff", visibility: "private" },
      ],
    },
  },
];

let desk: HttpDesk;
let folder: string;

beforeAll(async () => {
  desk = await openHttpDesk();
  folder = join(dirname(desk.file), "exports");
  const files = { zendesk: [ZENDESK], intercom: INTERCOM, helpscout: HELP_SCOUT, none: ["x"] };
  for (const [name, documents] of Object.entries(files)) {
    mkdirSync(join(folder, name), { recursive: true });
    for (const [index, document] of documents.entries())
      writeFileSync(join(folder, name, `${index}.json`), name === "none" ? "{" : JSON.stringify(document));
  }
  mkdirSync(join(folder, "empty"));
});
afterAll(() => desk.close());

function run(format: string, path = format, dryRun = false) {
  const read = FORMATS[format];
  if (!read) throw new Error(`No format ${format}`);
  const { settings } = desk.shop;
  return importForeign(join(folder, path), {
    importer: desk.desk.articles.importer(desk.shop, { dryRun }),
    read,
    locale: "en",
    locales: settings.locales,
  });
}
const rows = (source: string) =>
  desk.store.read((db) =>
    db.sql.selectFrom("article").selectAll().where("source", "like", `${source}/%`).orderBy("id").execute(),
  );
const goes = async (path: string) => {
  const base = `/help/${desk.shop.publicKey}/`;
  return decodeURIComponent(
    (await desk.ask("GET", `${base}${path}`)).headers.get("location")?.slice(base.length) ?? "",
  );
};

describe("Another help centre's export", () => {
  test("A dry run reports and writes nothing.", async () => {
    expect(await run("zendesk", "zendesk", true)).toMatchObject({ created: 4, updated: 0 });
    expect(await rows("zendesk")).toEqual([]);
  });

  test("Zendesk: shelves, languages, drafts, who may read, links, and every refused one by name.", async () => {
    const report = await run("zendesk", "zendesk/0.json");
    expect(report.failed).toEqual([
      { file: "article 360005", why: expect.stringContaining("title") },
      { file: "article 360004 “Empty” (en-us)", why: "it has no text" },
    ]);
    expect([...report.images]).toEqual([["help.old.example", 1]]);
    const found = await rows("zendesk");
    expect(
      found.map(({ locale, title, category, visibility, state }) => [locale, title, category, visibility, state]),
    ).toEqual([
      ["en", "Reset the board", "Hardware / Boards / UNO", "public", "published"],
      ["zh-Hans", "重置开发板", "Hardware / Boards / UNO", "public", "published"],
      ["en", "Wifi", "Hardware / Boards", "internal", "published"],
      ["en", "Draft", null, "public", "draft"],
    ]);
    const [reset, chinese] = found;
    expect(reset?.grp).toEqual(chinese?.grp);
    expect(reset?.body).toBe(
      "See [wifi](/zendesk/360002#a), [x](https://other.example/x).\n\n![](https://help.old.example/hc/article_attachments/1/a.png)",
    );
    expect(reset?.rich).toContain('"article":');
    expect(await run("zendesk")).toMatchObject({ created: 0, updated: 0, unchanged: 4, redirected: 0 });
  });

  test("Old addresses lead to the articles, in the reader's language.", async () => {
    expect(await goes("hc/en-us/articles/360001-Reset-the-board")).toBe("en/reset-the-board");
    expect(await goes("hc/en-us/articles/360001-A-former-title")).toBe("en/reset-the-board");
    expect(await goes("hc/zh-cn/articles/360001")).toBe("zh-Hans/重置开发板");
    expect(await goes("hc/en-us/articles/360002-Wifi")).toBe("");
  });

  test("Intercom: collections, translations that were written, links.", async () => {
    const report = await run("intercom");
    expect(report).toMatchObject({ created: 3, failed: [] });
    const found = await rows("intercom");
    expect(found.map(({ locale, title, category, state }) => [locale, title, category, state])).toEqual([
      ["en", "Pay by card", "Money", "published"],
      ["zh-Hant", "刷卡付款", "Money", "draft"],
      ["en", "Cash", null, "published"],
    ]);
    expect(found[0]?.rich).toContain('"article":');
    expect(await goes("help/en/articles/6871119-pay-by-card")).toBe("en/pay-by-card");
  });

  test("Help Scout: categories, private collections, callouts; a list without texts is said to be one.", async () => {
    const report = await run("helpscout");
    expect(report.created).toBe(2);
    expect(report.failed).toEqual([
      {
        file: "article 5215163545667acd25394b5e “Only listed”",
        why: expect.stringContaining("lists of articles leave it out"),
      },
    ]);
    const found = await rows("help-scout");
    expect(found.map(({ title, category, visibility, state }) => [title, category, visibility, state])).toEqual([
      ["Refunds", "Shop / Orders", "public", "published"],
      ["Other", "Staff", "internal", "draft"],
    ]);
    expect(found[0]?.body).toContain("> [!CAUTION]\n> No cash");
    expect(await goes("article/121-my-article")).toBe("en/refunds");
    expect(await goes("article/121-renamed")).toBe("en/refunds");
  });

  test("Help Scout: an article whose collection was not saved is for agents, and that is said.", async () => {
    const [refunds] = HELP_SCOUT;
    const single = { article: { ...refunds?.article, id: "5215163545667acd25394b60", number: 130, name: "Keys" } };
    mkdirSync(join(folder, "alone"));
    writeFileSync(join(folder, "alone", "0.json"), JSON.stringify(single));
    expect(await run("helpscout", "alone")).toMatchObject({
      created: 1,
      notes: ["Articles for the team only, as their collections were not saved: 1."],
    });
    expect((await rows("help-scout")).find(({ title }) => title === "Keys")).toMatchObject({ visibility: "internal" });
  });

  test("Elements too deep within one another are one refused article, not the end of the import.", async () => {
    const deep = { id: 1, title: "Deep", body: "<div>".repeat(20_000), locale: "en" };
    const articles = [deep, { id: 2, title: "After it", body: "<p>Here</p>", locale: "en" }];
    mkdirSync(join(folder, "deep"));
    writeFileSync(join(folder, "deep", "0.json"), JSON.stringify({ articles }));
    const failed = [{ file: "article 1 “Deep” (en)", why: "its elements lie too deep within one another" }];
    expect(await run("zendesk", "deep", true)).toMatchObject({ created: 1, failed, notes: [] });
  });

  test("Files in folders and in capitals come too, and pages that were not saved are counted.", async () => {
    const article = (id: number) => ({ id, title: `Page ${id}`, body: "<p>x</p>", locale: "en" });
    mkdirSync(join(folder, "pages", "more"), { recursive: true });
    const page = (ids: number[]) => JSON.stringify({ articles: ids.map(article), count: 5 });
    writeFileSync(join(folder, "pages", "1.JSON"), page([1, 2]));
    writeFileSync(join(folder, "pages", "more", "2.json"), page([3]));
    const notes = ["Articles that are there and were not saved: 2. Save all pages of the list."];
    expect(await run("zendesk", "pages", true)).toMatchObject({ created: 3, notes });
    mkdirSync(join(folder, "few"));
    const data = [{ type: "article", id: 1, title: "One", body: "<p>x</p>" }];
    writeFileSync(join(folder, "few", "0.json"), JSON.stringify({ data, total_count: 3 }));
    const shelves = { data: [{ type: "collection", id: 9, name: "Money" }], total_count: 40 };
    writeFileSync(join(folder, "few", "1.json"), JSON.stringify(shelves));
    expect(await run("intercom", "few", true)).toMatchObject({ created: 1, notes });
  });

  test("What is no export is said in one sentence.", async () => {
    mkdirSync(join(folder, "answer"));
    writeFileSync(join(folder, "answer", "0.json"), '{"error": "not signed in"}');
    await expect(run("zendesk", "answer")).rejects.toThrow(/^There is no article in .*answer: /);
    await expect(run("zendesk", "none")).rejects.toThrow(UnreadableExport);
    await expect(run("zendesk", "empty")).rejects.toThrow("There is no .json file");
  });
});
