import { describe, expect, test } from "vitest";
import type { Block } from "../../../protocol/rich-text.ts";
import { parseMarkdown, renderMarkdown } from "./markdown.ts";

const rich = (source: string) => renderMarkdown(source).rich;
const text = (words: string) => ({ type: "text" as const, text: words });
const paragraph = (...words: string[]): Block => ({ type: "paragraph", children: words.map(text) });
const notes = (...items: Block[][]): Block[] => [{ type: "rule" }, { type: "list", ordered: true, items }];

describe("Footnotes", () => {
  test("A reference is a number, the notes are a list at the end, as they are first referred to.", () => {
    expect(rich("One[^b] two[^a][^b].\n\n[^a]: Note A\n[^b]: Note B\nin two lines\n\nLast")).toEqual([
      paragraph("One", "[1]", " two", "[2]", "[1]", "."),
      paragraph("Last"),
      ...notes([paragraph("Note B in two lines")], [paragraph("Note A")]),
    ]);
  });

  test("A note of several blocks keeps them, and its links are the text's.", () => {
    const source = "A[^1]\n\n[^1]: See [it](b.md):\n\n    * x\n    * y\n\n    ```\n    z\n    ```";
    const parsed = parseMarkdown(source);
    expect(parsed.links).toEqual(["b.md"]);
    const { rich: tree } = parsed.render(() => ({ article: "id1" }));
    expect(tree.slice(1)).toEqual(
      notes([
        {
          type: "paragraph",
          children: [text("See "), { type: "link", href: "#", article: "id1", children: [text("it")] }, text(":")],
        },
        { type: "list", ordered: false, items: [[paragraph("x")], [paragraph("y")]] },
        { type: "code", text: "z" },
      ]),
    );
  });

  test("Chinese text and names, in lists, tables, quotes and headings.", () => {
    const source =
      "# 标题[^注]\n\n- 项[^注]\n\n|列[^二]|\n|-|\n\n> 引[^二]\n>\n> [^二]: 第二\n\n[^注]: **说明**在此\n\n[a](#标题)";
    expect(rich(source)).toEqual([
      { type: "heading", level: 1, anchor: "标题", children: [text("标题"), text("[1]")] },
      { type: "list", ordered: false, items: [[paragraph("项", "[1]")]] },
      { type: "table", head: [[text("列"), text("[2]")]], rows: [] },
      { type: "quote", children: [paragraph("引", "[2]")] },
      { type: "paragraph", children: [{ type: "link", href: "#标题", children: [text("a")] }] },
      ...notes(
        [{ type: "paragraph", children: [{ type: "strong", children: [text("说明")] }, text("在此")] }],
        [paragraph("第二")],
      ),
    ]);
  });

  test("The first note of a name counts, one that nobody refers to is left out, an empty one keeps its number.", () => {
    expect(rich("a[^1] b[^2]\n\n[^1]:\n\n[^2]: first\n\n[^2]: second\n\n[^3]: third")).toEqual([
      paragraph("a", "[1]", " b", "[2]"),
      ...notes([], [paragraph("first")]),
    ]);
  });

  test.each([
    ["a reference without a note", "a[^1] b", paragraph("a[^1] b")],
    ["one that is escaped", "a\\[^1]\n\n[^1]: n", paragraph("a[^1]")],
    ["code in a line", "`a[^1]`\n\n[^1]: n", { type: "paragraph", children: [{ type: "code-span", text: "a[^1]" }] }],
    ["code", "```\na[^1]\n\n[^1]: n\n```", { type: "code", text: "a[^1]\n\n[^1]: n" }],
    ["a pattern", "^[a-z] and [^a-z ]", paragraph("^[a-z] and [^a-z ]")],
    ["an element of that name", "<footnote>1</footnote> a", paragraph("<footnote>1</footnote> a")],
  ])("%s stays as it was written", (_, source, block) => {
    expect(rich(source)).toEqual([block]);
  });

  test("A link cannot pass for a reference.", () => {
    expect(renderMarkdown("[1](footnote:) [a](<footnote:>)").plain).toBe("1 a");
  });

  test("Whatever is written, 400 KB of it is read in bounded time.", () => {
    const repeat = (unit: string) => unit.repeat(Math.ceil(400_000 / unit.length));
    const each = (line: (count: number) => string) =>
      Array.from({ length: 17_000 }, (_, count) => line(count)).join("");
    const sources = {
      references: repeat("[^1]"),
      open: repeat("[^a"),
      "open to the end": `${repeat("[^")}]`,
      notes: each((count) => `a[^${count}]\n\n[^${count}]: n\n\n`),
      "notes within one another": repeat("[^1]: [^1]: [^1]: [^1]: x\n"),
      deep: repeat("> [^1]: "),
      inline: "^[".repeat(130_000) + "]".repeat(130_000),
    };
    for (const [name, source] of Object.entries(sources)) {
      const start = performance.now();
      renderMarkdown(`a[^1]\n\n[^1]: n\n\n${source}`);
      const took = performance.now() - start;
      // One to two seconds at most; the library alone takes 30 s for the notes and minutes for what is left open.
      expect(took, `${name} took ${took} ms`).toBeLessThan(10_000);
    }
  }, 120_000);
});
