import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../test/support/desk.ts";
import type { Site } from "../desk/sites/sites.ts";
import { formerOf, keepFormerPaths } from "../store/former-addresses.ts";
import { exportFolder, FolderInUse } from "./export-folder.ts";
import { articleFiles, importFolder } from "./folder.ts";

const GROUP = "0198c7a0-1111-7000-8000-000000000001";
const LINES = [
  {
    title: "From",
    body: "See [b](../Other/b%20c.md#x), [z](/zendesk/360001), [me](#x) and `[no](/zendesk/360001)`.",
    source: "Boards/a.md",
    category: "Boards",
    slug: "first",
    locale: "en",
  },
  {
    title: "B: “c”",
    body: "# X\n\n```\n[no](/zendesk/360001)\n```\n\nBack [to](/Boards/a.md).",
    source: "Other/b c.md",
    category: "Elsewhere",
    locale: "en",
    pages: ["/cart*"],
    questions: ["How: so?"],
  },
  {
    title: "Came from there",
    body: "See [a](/Boards/a.md), [b](/Other/b%20c.md).",
    source: "zendesk/360001",
    sourceId: "360001",
    category: "Hard/ware / UNO",
    group: GROUP,
    locale: "en",
  },
  {
    title: "从那里来",
    body: "见[首页](/Boards/a.md)。",
    source: "zendesk/360001",
    sourceId: "360001",
    category: "硬件",
    group: GROUP,
    locale: "zh-Hans",
  },
  { title: "Readme", body: "Begun", locale: "en", state: "draft", visibility: "internal" },
  { title: "Nothing yet", body: "", locale: "en", state: "draft", category: "Boards" },
  { title: "很长的标题".repeat(20), body: "长", locale: "zh-Hans" },
];

let desk: TestDesk;
let root: string;

beforeAll(async () => {
  desk = await openDesk();
  root = join(dirname(desk.file), "out");
  const importer = desk.desk.articles.importer(desk.shop);
  for (const line of LINES) expect(await importer.take(line)).toBe("created");
  await importer.finish();
  await remember(desk.shop)({ locale: "en", source: "zendesk/360001" }, ["hc/en-us/articles/360001-Old"]);
});
afterAll(() => desk.close());

const remember = (site: Site) => (at: { locale: string; source: string }, paths: readonly string[]) =>
  desk.store.write((db) => keepFormerPaths(db, site.key, at, paths));
const write = (site: Site, folder: string) =>
  exportFolder(join(root, folder), {
    articles: () => desk.desk.articles.export(site),
    former: ({ locale, slug }) => desk.store.read((db) => formerOf(db, site.key, locale, slug)),
    locale: "en",
  });
const read = (site: Site, folder: string) =>
  importFolder(join(root, folder), {
    importer: desk.desk.articles.importer(site),
    locale: "en",
    remember: remember(site),
  });
async function contents(folder: string): Promise<Record<string, string>> {
  const files = await articleFiles(join(root, folder));
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(root, folder, file), "utf8")]));
}
const drawn = async (site: Site) => {
  const rows = await desk.store.read((db) =>
    db.sql
      .selectFrom("article")
      .select(["title", "rich", "category", "state", "visibility", "slug"])
      .where("site", "=", site.key)
      .orderBy("title")
      .execute(),
  );
  return rows.map((row) => ({ ...row, rich: row.rich.replace(/"article":"[^"]*"/g, '"article":"…"') }));
};

describe("Everything as a folder of Markdown", () => {
  test("Folders are categories, links are relative, and front matter says the rest.", async () => {
    expect(await write(desk.shop, "first")).toBe(LINES.length);
    const files = await contents("first");
    expect(files["Boards/a.md"]).toBe(
      "---\ntitle: From\nlocale: en\nslug: first\n---\n\nSee [b](../Other/b%20c.md#x), [z](../Hard-ware/UNO/came-from-there.md), [me](#x) and `[no](/zendesk/360001)`.\n",
    );
    expect(files["Hard-ware/UNO/came-from-there.md"]).toMatch(
      /category: Hard\/ware \/ UNO\ngroup: .*\nid: "360001"\nsource: zendesk\/360001\nformer:\n {2}- hc\/en-us\/articles\/360001-Old\n---\n\nSee \[a\]\(\.\.\/\.\.\/Boards\/a\.md\)/,
    );
    expect(Object.keys(files)).toContain("article-readme.md");
  });

  test("An import on another site makes the same articles, links included, and the same folder again.", async () => {
    expect(await read(desk.cafe, "first")).toMatchObject({ created: LINES.length, failed: [], redirected: 1 });
    expect(await drawn(desk.cafe)).toEqual(await drawn(desk.shop));
    await write(desk.cafe, "second");
    expect(await contents("second")).toEqual(await contents("first"));
  });

  test("An import on its own site changes no article's links, and a second one nothing at all.", async () => {
    const before = await drawn(desk.shop);
    expect(await read(desk.shop, "first")).toMatchObject({ created: 0, failed: [] });
    expect(await drawn(desk.shop)).toEqual(before);
    expect(await read(desk.shop, "first")).toMatchObject({ created: 0, updated: 0, redirected: 0 });
  });

  test("A folder that holds something is left alone; hidden files do not count.", async () => {
    await expect(write(desk.shop, "first")).rejects.toThrow(FolderInUse);
    await mkdir(join(root, "third", ".git"), { recursive: true });
    await writeFile(join(root, "third", ".gitignore"), "");
    expect(await write(desk.shop, "third")).toBe(LINES.length);
  });
});
