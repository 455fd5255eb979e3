import { expect, test } from "vitest";
import { readArticleFile } from "./article-file.ts";

const read = (front: string) => readArticleFile("faq.md", `---\n${front}\n---\n\n# 安全FAQ\n\n正文`, "zh-Hans");

test.each([
  ["a list", "keyword: [ping不通, TCP 25端口, 8080]", ["ping不通", "TCP 25端口", "8080"]],
  ["a line with commas", "keywords: ping不通，网络隔离, quota", ["ping不通", "网络隔离", "quota"]],
  ["beside questions", "questions: [为什么连不上？]\nkeyword: [ping不通]", ["为什么连不上？", "ping不通"]],
])("Keywords as %s are what the article answers", (_, front, questions) => {
  expect(read(front).questions).toEqual(questions);
});

test.each([
  [
    "blank keys",
    "---\ntitle: Keys\nslug:\ncategory:\npages:\n---\n\ntext",
    { title: "Keys", category: "", body: "text" },
  ],
  ["numbers", "---\ntitle: 7\nslug: 42\ncategory: 2024\n---\n\ntext", { title: "7", slug: "42", category: "2024" }],
  ["nothing", "---\n---\n\n# Ruled\n\na\n\n---\n\nb", { title: "Ruled", body: "a\n\n---\n\nb" }],
  [
    "a text between two rules",
    "---\n\n# Words\n\na\n\n---\n\nb",
    { title: "Words", body: expect.stringMatching(/a\n\n---\n\nb$/) },
  ],
  ["lines that end as on old machines", "---\rtitle: Old\r---\r\ra\r\rb", { title: "Old", body: "a\n\nb" }],
])("Front matter of %s takes no article away", (_, text, article) => {
  expect(readArticleFile("Boards/a.md", text, "en")).toMatchObject(article);
});

// Where each place is tried anew, or each name in two ways, any of these takes minutes: the runner's limit ends that.
test.each([
  ["spaces", `a${" ".repeat(300_000)}b`, /^a {300000}b$/],
  ["closing marks", `a${" #".repeat(200_000)}b`, /^a( #)+b$/],
  ["brackets", `${"[".repeat(300_000)}a`, /^\[+a$/],
  ["names in braces", `a {${"#b".repeat(40)} c`, /^a \{(#b)+ c$/],
])("A heading with any number of %s is looked through once", (_, heading, title) => {
  expect(readArticleFile("a.md", `# ${heading}\n\ntext`, "en").title).toMatch(title);
});

test("The text is put together for the heading that titles it only", () => {
  const { title, body } = readArticleFile("a.md", `## a\n\n${"## b\n".repeat(200_000)}`, "en");
  expect([title, body.length]).toEqual(["a", 200_000 * 5 - 1]);
});

test.each([
  ["# A [link](b(c).md) and ![one](d.png) ##", "A link and one"],
  ["# A #", "A"],
  ["# C#", "C#"],
  ["## {#only}\n# A {#a .b #c}", "A"],
])("%j titles its article as it is read", (heading, title) => {
  expect(readArticleFile("a.md", `${heading}\n\ntext`, "en").title).toBe(title);
});

test("Keywords that are nothing of the kind are passed over, not refused", () => {
  expect(read("keyword: {a: 1}").questions).toBeUndefined();
  expect(read("keywords:").questions).toBeUndefined();
});
