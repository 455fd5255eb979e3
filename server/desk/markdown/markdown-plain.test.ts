import { expect, test } from "vitest";
import { renderMarkdown } from "./markdown.ts";
import { excerpt } from "./markdown-plain.ts";

test("An excerpt is the first sentences, without headings, code and tables.", () => {
  const { excerpt: short } = renderMarkdown("# Title\n\n```\ncode\n```\n\nFirst **line**.\n\n- item\n\n|a|\n|-|\n|b|");
  expect(short).toBe("First line. item");
});

test("A long one ends between words, a Chinese one between characters, and both within their width.", () => {
  expect(excerpt("one two three four five", 14)).toBe("one two three…");
  expect(excerpt("云盘变配前，建议您为云盘创建快照备份数据", 21)).toBe("云盘变配前，建议您为…");
  expect(excerpt("short")).toBe("short");
});

test("A footnote's words are searched, its number is no word, in the excerpt neither.", () => {
  const { plain, excerpt: short } = renderMarkdown(
    "Since 2023[^a], **twice**[^a].\n\n|x[^a]|\n|-|\n\n[^a]: By the blog[^b]\n[^b]: Gone",
  );
  expect(plain).toBe("Since 2023, twice.\nx\nBy the blog\nGone");
  expect(short).toBe("Since 2023, twice. By the blog Gone");
});

test("Plain text holds every word once, a line for each block.", () => {
  const { plain } = renderMarkdown("# A\n\nb [c](https://d.example) `e`\n\n|f|g|\n|-|-|\n|h|i|\n\n> - j");
  expect(plain).toBe("A\nb c e\nf g\nh i\nj");
});
