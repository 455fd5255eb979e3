import { expect, test } from "vitest";
import { helpArticles, inHan } from "./articles.ts";

test("an article in Han characters keeps its Markdown and loses the spaces between its words", () => {
  const chinese = inHan("# Track an order\n\n- Open **My orders**, then press it.\n");
  expect(chinese).toMatch(/^# \p{Script=Han}+\n\n- \p{Script=Han}+ ?\*\*\p{Script=Han}+\*\*.*。\n$/u);
});

test("the articles to be mutated are English, and as many in Han characters", () => {
  const articles = helpArticles(undefined);
  const han = articles.filter((text) => /\p{Script=Han}{4}/u.test(text));
  expect(articles.length).toBeGreaterThan(20);
  expect(han.length).toBeGreaterThanOrEqual(articles.length / 2);
});
