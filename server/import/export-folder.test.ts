import { readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../test/support/desk.ts";
import { photo } from "../../test/support/pictures.ts";
import { createCollectionImporter, exportedCollections } from "../desk/articles/collections-import.ts";
import { createPictureImporter, pictureAt } from "../desk/files/article-pictures.ts";
import type { Site } from "../desk/sites/sites.ts";
import { createDiskBlobs } from "../files/blobs.ts";
import type { Db } from "../store/port.ts";
import { exportFolder, FolderInUse } from "./export-folder.ts";
import { importFolder } from "./folder.ts";
import { filesIn } from "./folder-files.ts";

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
    former: ["hc/en-us/articles/360001-Old", { slug: "dort", locale: "de" }],
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
  { title: "Published empty", body: "\n", locale: "en" },
  { title: "Written here", body: "Blank lines around it,\r\nand other ends.\n\n", locale: "en", slug: "written-here" },
  { title: "很长的标题".repeat(20), body: "长", locale: "zh-Hans" },
];

const SEEN = "---\ntitle: Seen\n---\n\n![Mine](board%20of%20mine.jpg) and ![again](/Boards/board%20of%20mine.jpg)\n";
const COURSE = "- name: For newcomers\n  articles: [Boards/seen.md]\n";
const WRITTEN = LINES.length + 1;

let desk: TestDesk;
let root: string;

beforeAll(async () => {
  desk = await openDesk();
  root = join(dirname(desk.file), "out");
  await mkdir(join(root, "own", "Boards"), { recursive: true });
  await writeFile(join(root, "own", "Boards", "board of mine.jpg"), await photo());
  await writeFile(join(root, "own", "Boards", "seen.md"), SEEN);
  await writeFile(join(root, "own", "collections.yaml"), COURSE);
  expect(await read(desk.shop, "own")).toMatchObject({ created: 1, failed: [], pictures: 1, collections: 1 });
  const importer = desk.desk.articles.importer(desk.shop);
  for (const line of LINES) expect(await importer.take(line)).toBe("created");
  await importer.finish();
  const { items } = await desk.desk.articles.list(desk.owner.actor, desk.shop.id, {});
  const id = (title: string) => items.find((one) => one.title === title)?.id ?? "";
  await desk.desk.collections.create(desk.owner.actor, desk.shop.id, {
    name: "First steps",
    visibility: "public",
    articles: [id("B: “c”"), id("从那里来")],
  });
});
afterAll(() => desk.close());

const takersOf = (site: Site) => {
  const parts = { store: desk.store, clock: desk.clock, site };
  const blobs = createDiskBlobs(join(dirname(desk.file), "files"));
  return {
    importer: desk.desk.articles.importer(site),
    pictures: createPictureImporter({ ...parts, files: desk.desk.files, blobs }),
    collections: createCollectionImporter(parts),
  };
};
const write = (site: Site, folder: string) =>
  exportFolder(join(root, folder), {
    articles: () => desk.desk.articles.export(site),
    picture: (address) => pictureAt(desk.desk.files, address),
    collections: () => exportedCollections(desk.store, site),
    locale: "en",
  });
const read = (site: Site, folder: string, locales?: string[]) =>
  importFolder(join(root, folder), { ...takersOf(site), locale: "en", ...(locales && { locales }) });
async function contents(folder: string): Promise<Record<string, string>> {
  const files = await filesIn(join(root, folder), (path) => !path.startsWith("pictures/"));
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(root, folder, file), "utf8")]));
}
const drawn = async (site: Site) => {
  const rows = await desk.store.read((db) =>
    db.sql
      .selectFrom("article")
      .select(["title", "rich", "category", "state", "visibility", "slug", "updated_at"])
      .where("site", "=", site.key)
      .orderBy("title")
      .execute(),
  );
  return rows.map((row) => ({
    ...row,
    rich: row.rich.replace(/"article":"[^"]*"/g, '"article":"…"').replace(/\/files\/[^"]*/g, "/files/…"),
  }));
};
const arranged = (site: Site) => exportedCollections(desk.store, site);
const savedAt = async (title: string) => (await drawn(desk.shop)).find((row) => row.title === title)?.updated_at;

describe("Everything as a folder of Markdown", () => {
  test("Folders are categories, links are relative, and front matter says the rest.", async () => {
    expect(await write(desk.shop, "first")).toEqual({ articles: WRITTEN, pictures: 1, collections: 2 });
    const files = await contents("first");
    expect(files["Boards/a.md"]).toBe(
      "---\ntitle: From\nlocale: en\nslug: first\n---\n\nSee [b](../Other/b%20c.md#x), [z](../Hard-ware/UNO/came-from-there.md), [me](#x) and `[no](/zendesk/360001)`.\n",
    );
    expect(files["Hard-ware/UNO/came-from-there.md"]).toMatch(
      /category: Hard\/ware \/ UNO\ngroup: .*\nid: "360001"\nsource: zendesk\/360001\nformer:\n {2}- slug: dort\n {4}locale: de\n {2}- hc\/en-us\/articles\/360001-Old\n---\n\nSee \[a\]\(\.\.\/\.\.\/Boards\/a\.md\)/,
    );
    expect(Object.keys(files)).toContain("article-readme.md");
  });

  test("Pictures lie beside the articles, once each, and collections name the files of their articles.", async () => {
    const files = await contents("first");
    expect(files["Boards/seen.md"]).toContain(
      "![Mine](../pictures/board%20of%20mine.jpg) and ![again](../pictures/board%20of%20mine.jpg)",
    );
    expect(await filesIn(join(root, "first", "pictures"), () => true)).toEqual(["board of mine.jpg"]);
    expect(files["collections.yaml"]).toBe(
      "- name: For newcomers\n  visibility: internal\n  articles:\n    - Boards/seen.md\n" +
        "- name: First steps\n  visibility: public\n  articles:\n    - Other/b c.md\n    - 硬件/从那里来.zh-Hans.md\n",
    );
  });

  test("An import on another site makes the same again, links and pictures included, and the same folder.", async () => {
    const there = { created: WRITTEN, failed: [], redirected: 2, pictures: 1, collections: 2 };
    expect(await read(desk.cafe, "first")).toMatchObject(there);
    const still = (row: object) => ({ ...row, updated_at: 0 });
    expect((await drawn(desk.cafe)).map(still)).toEqual((await drawn(desk.shop)).map(still));
    expect(await arranged(desk.cafe)).toEqual(await arranged(desk.shop));
    expect(await write(desk.cafe, "second")).toMatchObject({ pictures: 1 });
    expect(await contents("second")).toEqual(await contents("first"));
  });

  test("An import on its own site changes no article's links, and a second one nothing at all.", async () => {
    const before = await drawn(desk.shop);
    expect(await read(desk.shop, "first")).toMatchObject({ created: 0, failed: [], pictures: 0, collections: 0 });
    const still = (row: object) => ({ ...row, updated_at: 0 });
    expect((await drawn(desk.shop)).map(still)).toEqual(before.map(still));
    expect(await read(desk.shop, "first")).toMatchObject({ created: 0, updated: 0, redirected: 0, pictures: 0 });
  });

  test("A file that says the same with other blank lines and line ends is no change.", async () => {
    const before = await savedAt("Written here");
    expect(await read(desk.shop, "second")).toMatchObject({ created: 0, failed: [] });
    expect(await savedAt("Written here")).toBe(before);
  });

  test("A picture or a collection that is refused is named once, what is missing is counted, and nothing else stops.", async () => {
    await mkdir(join(root, "odd", "img"), { recursive: true });
    await writeFile(join(root, "odd", "img", "torn.png"), "no picture");
    await writeFile(join(root, "odd", "img", "drawn.svg"), "<svg/>");
    await writeFile(join(root, "odd", "img", "good.jpg"), await photo({ width: 70 }));
    const text = [
      "![a](img/torn.png) ![b](img/torn.png) ![c](missing.png) ![c](img/missing.png) ![d](img/drawn.svg)",
      "",
      '<p>As HTML: <img alt="e" src="img/good.jpg"></p> and `<img src="code.png">`',
    ];
    await writeFile(join(root, "odd", "odd.md"), `# Odd\n\n${text.join("\n")}`);
    const collections = "- name: Odd\n  articles: [gone.md]\n- name: Even\n  articles: [odd.md]\n";
    await writeFile(join(root, "odd", "collections.yaml"), collections);
    expect(await read(desk.cafe, "odd")).toMatchObject({
      created: 1,
      pictures: 1,
      collections: 1,
      failed: [
        { file: "img/torn.png", why: expect.stringMatching(/not taken here/) },
        { file: "img/drawn.svg", why: "a picture is a PNG, JPEG, GIF, WebP or AVIF" },
        { file: "collections.yaml", why: "“Odd” names gone.md, which is no article here" },
      ],
      notes: ["Pictures that are not in the folder, like missing.png: 2."],
    });
    const [odd] = (await drawn(desk.cafe)).filter(({ title }) => title === "Odd");
    expect(odd?.rich).toMatch(/"type":"image","src":"http[^"]*\/files\/…","alt":"e"/);
  });

  test("A collection for visitors comes back with what became internal in it.", async () => {
    const [steps] = (await arranged(desk.shop)).filter(({ name }) => name === "First steps");
    const { items } = await desk.desk.articles.list(desk.owner.actor, desk.shop.id, {});
    const { id, locale } = items.find(({ title }) => title === "B: “c”") ?? { id: "", locale: "" };
    const whole = await desk.desk.articles.get(desk.owner.actor, id);
    const input = { title: whole.title, body: whole.body, locale, visibility: "internal" as const };
    await desk.desk.articles.change(desk.owner.actor, id, input);
    await write(desk.shop, "inside");
    expect(await read(desk.cafe, "inside")).toMatchObject({ failed: [] });
    expect(await arranged(desk.cafe)).toContainEqual(steps);
  });

  test("A collection's names in other languages go out and come in; a file without them takes none away.", async () => {
    const named = { name: "Named", locale: "en", names: { de: "Benannt", "zh-Hans": "有名" } };
    const shared = { visibility: "public" as const, articles: [] };
    await desk.desk.collections.create(desk.owner.actor, desk.shop.id, { ...named, ...shared });
    await write(desk.shop, "named");
    const file = "collections.yaml";
    const text = (await contents("named"))[file] ?? "";
    expect(text).toContain("- name: Named\n  locale: en\n  names:\n    de: Benannt\n    zh-Hans: 有名\n  visibility");
    const there = async () => (await arranged(desk.cafe)).find(({ name }) => name === "Named");
    expect(await read(desk.cafe, "named")).toMatchObject({ failed: [], collections: 1 });
    expect(await there()).toEqual({ ...named, ...shared });
    expect(await read(desk.cafe, "named")).toMatchObject({ collections: 0 });
    await write(desk.cafe, "named-again");
    expect((await contents("named-again"))[file]).toContain(text.slice(text.indexOf("- name: Named")));

    const old = text.replace(/ {2}locale: en\n {2}names:\n(?: {4}.*\n)+/, "");
    expect(old).not.toContain("names");
    await writeFile(join(root, "named", file), old);
    expect(await read(desk.cafe, "named")).toMatchObject({ failed: [], collections: 0 });
    expect(await there()).toEqual({ ...named, ...shared });
    await writeFile(join(root, "named", file), text.replace("有名", "改名"));
    expect(await read(desk.cafe, "named")).toMatchObject({ collections: 1 });
    expect(await there()).toMatchObject({ names: { de: "Benannt", "zh-Hans": "改名" } });
    await writeFile(join(root, "named", file), text.replace("zh-Hans:", "no language:"));
    expect((await read(desk.cafe, "named")).failed).toMatchObject([
      { file, why: expect.stringContaining("like zh-Hans") },
    ]);
  });

  test("Articles that say they are translations of each other become so, also when they are here already.", async () => {
    await mkdir(join(root, "pair"), { recursive: true });
    const put = async (front: string) => {
      await writeFile(join(root, "pair", "pair.md"), `---\ntitle: Pair\n${front}---\n\nText`);
      await writeFile(join(root, "pair", "paar.md"), `---\ntitle: Paar\nlocale: de-de\n${front}---\n\nText`);
    };
    const groups = async () => {
      const of = (db: Db) =>
        db.sql.selectFrom("article").select(["grp", "locale"]).where("title", "in", ["Pair", "Paar"]);
      const rows = await desk.store.read((db) => of(db).orderBy("title").execute());
      return rows.map(({ grp, locale }) => [Buffer.from(grp).toString("hex"), locale]);
    };
    await put("");
    const strange = ["Articles in de-DE, which is none of the site's languages (en, zh-Hans): 1."];
    expect(await read(desk.cafe, "pair", ["en", "zh-Hans"])).toMatchObject({ created: 2, notes: strange });
    expect(new Set((await groups()).map(([group]) => group)).size).toBe(2);
    await put(`group: ${GROUP.replace("1111", "2222")}\n`);
    expect(await read(desk.cafe, "pair")).toMatchObject({ updated: 2 });
    const group = GROUP.replace("1111", "2222").replaceAll("-", "");
    expect(await groups()).toEqual([
      [group, "de-DE"],
      [group, "en"],
    ]);
    expect(await read(desk.cafe, "pair")).toMatchObject({ updated: 0, unchanged: 2 });
  });

  test("A picture whose bytes are gone is brought again.", async () => {
    await rm(join(dirname(desk.file), "files"), { recursive: true });
    expect(await read(desk.shop, "own")).toMatchObject({ pictures: 1, failed: [] });
    expect(await read(desk.shop, "own")).toMatchObject({ pictures: 0, updated: 0 });
  });

  test("A category's name is cut to what a folder bears, in one go.", async () => {
    // Where each place of a run is tried anew, this takes minutes: the runner's limit ends that.
    const { value: first } = await desk.desk.articles.export(desk.shop)[Symbol.asyncIterator]().next();
    const category = `..长${". ".repeat(200_000)}x / ${"📦".repeat(200_000)}`;
    await exportFolder(join(root, "cut"), {
      articles: async function* () {
        yield { ...first, source: undefined, category };
      },
      picture: async () => undefined,
      collections: async () => [],
      locale: "en",
    });
    const [file = ""] = await filesIn(join(root, "cut"), () => true);
    expect(file.split("/").map((part) => Buffer.byteLength(part))).toEqual([200, 200, expect.any(Number)]);
  });

  test("A folder that holds something is left alone; hidden files do not count.", async () => {
    await expect(write(desk.shop, "first")).rejects.toThrow(FolderInUse);
    await expect(write(desk.shop, "first/Boards/a.md")).rejects.toThrow(/a\.md cannot be made a folder \(EEXIST\)/);
    await mkdir(join(root, "third", ".git"), { recursive: true });
    await writeFile(join(root, "third", ".gitignore"), "");
    expect(await write(desk.shop, "third")).toMatchObject({ articles: WRITTEN });
  });
});
