import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../test/support/desk.ts";
import { RefusedFile, readArticleFile } from "./article-file.ts";
import { importFolder } from "./folder.ts";

const FILES: Record<string, string | Uint8Array> = {
  "README.md": "# Not an article",
  ".hidden/x.md": "# Hidden\n\ntext",
  "Boards/UNO/Reset.md": '---\ntitle: "Reset: how"\nid: 360012345\n---\n\nSee [uploads](../../Upload%20it.md).',
  "Upload it.md":
    "---\ntitle: Upload\nid: 360099999\ndraft: true\n---\nSee https://h.example/hc/articles/360012345 and [r](https://h.example/hc/en/articles/360012345-Reset#a).",
  "镜像/常见问题.md":
    "---\nkeyword: [云盘]\n---\n\n# 镜像 FAQ {#concept_1 .concept}\n\n参见[快照](/cn.zh-CN/快照/创建 快照.md#)。",
  "快照/创建 快照.md": "创建快照 \n=====\n\n正文。",
  "bad/empty.md": "# Only a title\n",
  "bad/front.md": "---\ntitle: [a\n---\n\ntext",
  "bad/latin.md": new Uint8Array([0x23, 0x20, 0xe9, 0x0a, 0x0a, 0x61]),
  "bad/untitled.md": "Just text.",
};

let desk: TestDesk;
let folder: string;

beforeAll(async () => {
  desk = await openDesk();
  folder = join(dirname(desk.file), "help");
  for (const [path, content] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
});
afterAll(() => desk.close());

const run = (options = {}) =>
  importFolder(folder, { importer: desk.desk.articles.importer(desk.shop, options), locale: "en" });
const rows = () => desk.store.read((db) => db.sql.selectFrom("article").selectAll().orderBy("source").execute());

describe("Importing a folder", () => {
  test("A dry run says what would be and writes nothing.", async () => {
    expect(await run({ dryRun: true })).toMatchObject({ created: 4, updated: 0 });
    expect(await rows()).toEqual([]);
  });

  test("Every good file becomes an article, every refused one is named with its reason.", async () => {
    const { created, failed } = await run();
    expect(created).toBe(4);
    expect(failed.map(({ file }) => file)).toEqual(["bad/empty.md", "bad/front.md", "bad/latin.md", "bad/untitled.md"]);
    expect(failed.map(({ why }) => why).join("\n")).toMatch(/no text.*\n.*front matter.*\n.*UTF-8.*\n.*no title/);
    expect((await rows()).map(({ title, category, state }) => [title, category, state])).toEqual([
      ["Reset: how", "Boards / UNO", "published"],
      ["Upload", null, "draft"],
      ["创建快照", "快照", "published"],
      ["镜像 FAQ", "镜像", "published"],
    ]);
  });

  test("What was written here under the same title stays, and two files of one slug keep theirs.", async () => {
    const own = { title: "Returns", body: "Written with care.", locale: "en", visibility: "internal" as const };
    const made = await desk.desk.articles.create(desk.owner.actor, desk.shop.id, own);
    const other = join(dirname(desk.file), "other");
    mkdirSync(join(other, "a"), { recursive: true });
    mkdirSync(join(other, "b"), { recursive: true });
    writeFileSync(join(other, "returns.md"), "# Returns\n\nFrom the old help centre.");
    for (const name of ["a", "b"])
      writeFileSync(join(other, name, "overview.md"), `---\ntitle: ${name}\nslug: overview\n---\n\nText`);
    const again = () => importFolder(other, { importer: desk.desk.articles.importer(desk.shop), locale: "en" });
    expect(await again()).toMatchObject({ created: 3, updated: 0 });
    expect(await desk.desk.articles.get(desk.owner.actor, made.id)).toMatchObject({ body: own.body, slug: "returns" });
    expect(await again()).toMatchObject({ created: 0, updated: 0, unchanged: 3 });
    await desk.store.write((db) => db.sql.deleteFrom("article").where("title", "in", ["Returns", "a", "b"]).execute());
  });

  test("Links between files are links between articles, by path and by the old centre's ids.", async () => {
    const links = (await rows()).map(({ rich }) => (rich.match(/"article":/g) ?? []).length);
    expect(links).toEqual([1, 2, 0, 1]);
  });

  test("A second run changes nothing, and a changed file its own article only.", async () => {
    expect(await run()).toMatchObject({ created: 0, updated: 0, unchanged: 4 });
    writeFileSync(join(folder, "快照/创建 快照.md"), "# 创建快照\n\n新的正文。");
    expect(await run()).toMatchObject({ created: 0, updated: 1, unchanged: 3 });
  });

  test("The command works beside a server, which then finds what came.", async () => {
    const question = { q: "how to reset the thing", min: 0 };
    const before = await desk.desk.suggestions.forVisitor(desk.cafe, question);
    expect(before.suggestions).toEqual([]);
    const { code, out } = await command([folder, "--site", desk.cafe.publicKey], dirname(desk.file));
    expect(code).toBe(2);
    expect(out).toMatch(/Refused bad\/front\.md: .*front matter/);
    expect(out).toContain("4 created, 0 updated, 0 unchanged, 4 refused");
    const after = await desk.desk.suggestions.forVisitor(desk.cafe, question);
    expect(after.suggestions.map(({ title }) => title)).toContain("Reset: how");
  }, 30_000);

  test("What comes in as nothing is said: other files, and no language of what was refused.", async () => {
    const other = join(dirname(desk.file), "others");
    mkdirSync(join(other, "a"), { recursive: true });
    for (const name of ["README.md", "a/page.html", "pic.png"]) writeFileSync(join(other, name), "x");
    const take = () => {
      const importer = desk.desk.articles.importer(desk.shop, { dryRun: true });
      return importFolder(other, { importer, locale: "en", locales: ["en"] });
    };
    await expect(take()).rejects.toThrow(/^There is no Markdown file in .*others, but README\.md and 1 more\.$/);
    writeFileSync(join(other, "a", "b.md"), "---\nlocale: english!\n---\n# Title\n\nText");
    writeFileSync(join(other, "a", "c.md"), "# Title\n\nText");
    expect(await take()).toMatchObject({ created: 1, notes: ["Left out by their names are README.md and 1 more."] });
  });

  test("What cannot be done is said in one sentence.", async () => {
    const data = dirname(desk.file);
    const usage = await command(["--help"], data);
    expect(usage).toMatchObject({ code: 0, out: expect.stringMatching(/^Usage: /) });
    const archive = join(data, "help.zip");
    writeFileSync(archive, "PK");
    expect((await command([archive, "--site", "pk_x"], data)).out).toMatch(/help\.zip is no folder: .*unpack it/);
    expect((await command(["/nowhere", "--site", "pk_x"], data)).out).toMatch(/^There is no folder \/nowhere\.\n$/);
    expect((await command([folder, "--site", "pk_unknown000"], data)).out).toBe("No site has this key\n");
    expect((await command([folder], data)).out).toMatch(/^Usage: /);
  }, 30_000);
});

test("A title comes from front matter, or from the first heading, which then leaves the text.", () => {
  const read = (text: string) => readArticleFile("a/b.md", text, "en");
  expect(read("---\ntitle: T\n---\n# H\n\nx")).toMatchObject({ title: "T", body: "# H\n\nx", category: "a" });
  expect(read("# The `code` **way** {#x .y}\n\nx")).toMatchObject({ title: "The code way", body: "x" });
  expect(read("```\n# no\n```\n\n## Yes\n\nx").title).toBe("Yes");
  expect(() => read("text")).toThrow(RefusedFile);
});

function command(args: string[], dataDir: string): Promise<{ code: number | null; out: string }> {
  return new Promise((resolve) => {
    const path = join(import.meta.dirname, "../import.ts");
    const child = spawn(process.execPath, [path, ...args], { env: { ...process.env, DATA_DIR: dataDir } });
    let out = "";
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      out += chunk;
    });
    child.on("close", (code) => resolve({ code, out }));
  });
}
