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

test("Keywords that are nothing of the kind are passed over, not refused", () => {
  expect(read("keyword: {a: 1}").questions).toBeUndefined();
  expect(read("keywords:").questions).toBeUndefined();
});
