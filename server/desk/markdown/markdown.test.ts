import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { type Block, RichText } from "../../../protocol/rich-text.ts";
import { addressArticles, articlesIn, parseMarkdown, renderMarkdown } from "./markdown.ts";

const rich = (source: string) => renderMarkdown(source).rich;
const text = (words: string) => ({ type: "text" as const, text: words });
const paragraph = (words: string): Block => ({ type: "paragraph", children: [text(words)] });

describe("Markdown", () => {
  test("Emphasis, code, lists, quotes and rules become nodes.", () => {
    expect(rich("# Hi\n\nA **bold** _word_ ~~gone~~ `code`.\n\n---\n\n3. c\n4. d\n\n> q")).toEqual([
      { type: "heading", level: 1, anchor: "hi", children: [text("Hi")] },
      {
        type: "paragraph",
        children: [
          text("A "),
          { type: "strong", children: [text("bold")] },
          text(" "),
          { type: "emphasis", children: [text("word")] },
          text(" "),
          { type: "strike", children: [text("gone")] },
          text(" "),
          { type: "code-span", text: "code" },
          text("."),
        ],
      },
      { type: "rule" },
      { type: "list", ordered: true, start: 3, items: [[paragraph("c")], [paragraph("d")]] },
      { type: "quote", children: [paragraph("q")] },
    ]);
  });

  test("A table keeps its alignment, a task its tick.", () => {
    expect(rich("|a|b|\n|:-|-:|\n|1|2|\n\n- [x] done\n- [ ] open")).toEqual([
      { type: "table", head: [[text("a")], [text("b")]], rows: [[[text("1")], [text("2")]]], align: ["start", "end"] },
      { type: "list", ordered: false, items: [[paragraph("☑ done")], [paragraph("☐ open")]] },
    ]);
  });

  test("Chinese emphasis needs no space after its punctuation, and a line's end between characters is none.", () => {
    expect(rich("**说明：**以下可用区\n暂不支持")).toEqual([
      {
        type: "callout",
        tone: "info",
        children: [
          { type: "paragraph", children: [{ type: "strong", children: [text("说明：")] }, text("以下可用区暂不支持")] },
        ],
      },
    ]);
  });

  test("A mark in braces is understood and never shown; other braces stay.", () => {
    const source =
      "## 操作步骤 {#section_a_b .section}\n\nSee [it](https://a.example){.link-external} and {#not} here.\n\n``` {#code_1}\nls\n```\n\n{{name}}";
    expect(rich(source)).toEqual([
      { type: "heading", level: 2, anchor: "section_a_b", children: [text("操作步骤")] },
      {
        type: "paragraph",
        children: [
          text("See "),
          { type: "link", href: "https://a.example/", children: [text("it")] },
          text(" and {#not} here."),
        ],
      },
      { type: "code", text: "ls" },
      paragraph("{{name}}"),
    ]);
  });

  test("Notes of GitHub, of bold labels and of classes become callouts.", () => {
    const tones = (source: string) => rich(source).map((block) => (block.type === "callout" ? block.tone : block.type));
    expect(tones("> [!WARNING]\n> Hot")).toEqual(["warning"]);
    expect(tones("**Note:**\n\n- a\n- b")).toEqual(["info"]);
    expect(tones('<div class="alert alert-danger">\n\nStop\n\n</div>')).toEqual(["danger"]);
    expect(tones('<div class="info-wrapper">Card</div>')).toEqual(["paragraph"]);
    expect(tones("**Solution:** do it")).toEqual(["paragraph"]);
    expect(tones("- a\n**警告：** b")).toEqual(["list", "warning"]);
  });

  test("Links within the article find their heading by any of its names, or become their words.", () => {
    const source = '[a](#One) [b](#top) [c](#old)\n\n<a id="old"></a>\n\n## One';
    const [first, second] = rich(source);
    expect(second).toMatchObject({ type: "heading", anchor: "old" });
    expect(first).toEqual({
      type: "paragraph",
      children: [
        { type: "link", href: "#old", children: [text("a")] },
        text(" "),
        text("b"),
        text(" "),
        { type: "link", href: "#old", children: [text("c")] },
      ],
    });
  });

  test("Links to articles carry the article, and its address once that is known.", () => {
    const parsed = parseMarkdown("[x](../a b.md#part) [y](gone.md) [z](https://e.example)");
    expect(parsed.links).toEqual(["../a%20b.md#part", "gone.md", "https://e.example"]);
    const { rich: tree } = parsed.render((href) =>
      href.startsWith("../a") ? { article: "id1", anchor: "part" } : undefined,
    );
    expect([...articlesIn(tree)]).toEqual(["id1"]);
    expect(v.is(RichText, tree)).toBe(true);
    const [live] = addressArticles(tree, () => "https://h.example/help/a");
    expect(live).toMatchObject({
      children: [
        { type: "link", href: "https://h.example/help/a#part", article: "id1" },
        text(" y "),
        { type: "link" },
      ],
    });
    expect(JSON.stringify(addressArticles(tree, () => undefined))).not.toContain("id1");
    expect(JSON.stringify(tree)).not.toContain("gone.md");
  });

  test("Images stay where they can be loaded, and leave their alternative text where not.", () => {
    expect(rich("![A board](img/a.png) ![B](https://c.example/b.png)")).toEqual([
      {
        type: "paragraph",
        children: [text("A board "), { type: "image", src: "https://c.example/b.png", alt: "B" }],
      },
    ]);
    expect(rich('<img src="x.png" alt="Photo of it" width=400px>')).toEqual([paragraph("Photo of it")]);
  });
});

describe("HTML in Markdown", () => {
  test("What means something is kept, the rest leaves its words.", () => {
    expect(rich("Press <kbd>Ctrl</kbd><br>I<sup>2</sup>C <span style='x'>red</span> on <port name>")).toEqual([
      {
        type: "paragraph",
        children: [
          text("Press "),
          { type: "code-span", text: "Ctrl" },
          { type: "break" },
          text("I²C red on <port name>"),
        ],
      },
    ]);
    expect(rich("<details><summary>More</summary>\n\nInside **here**\n\n</details>")).toEqual([
      { type: "paragraph", children: [{ type: "strong", children: [text("More")] }] },
      { type: "paragraph", children: [text("Inside "), { type: "strong", children: [text("here")] }] },
    ]);
  });

  test("A table of HTML becomes a grid, also where cells span.", () => {
    const source =
      "<table>\n<tr><th>a<th>b\n<tr><td rowspan=2>1<td><a href='/x'>2</a></td></tr>\n<tr><td>3</td></tr>\n</table>";
    expect(rich(source)).toEqual([
      {
        type: "table",
        head: [[text("a")], [text("b")]],
        rows: [
          [[text("1")], [text("2")]],
          [[], [text("3")]],
        ],
      },
    ]);
  });

  test("A card's empty link means the words beside it.", () => {
    expect(rich('<div>\n<a href="https://a.example/nano"></a>\n<span>Nano</span>\n</div>')).toEqual([
      { type: "paragraph", children: [{ type: "link", href: "https://a.example/nano", children: [text("Nano")] }] },
    ]);
  });

  test("What the author hid is not shown and can be searched.", () => {
    const { rich: tree, plain } = renderMarkdown('Text\n\n<p style="display:none;">\n  Tags: 上传失败\n</p>');
    expect(tree).toEqual([paragraph("Text")]);
    expect(plain).toContain("上传失败");
  });

  test.each([
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](java\nscript:alert(1))",
    "[a](&#106;avascript&colon;alert(1))",
    "[a](<\tjavascript:alert(1)>)",
    "<a href='jav&#x09;ascript:alert(1)'>a</a>",
    "[a](data:text/html,<script>alert(1)</script>)",
    "![a](data:image/svg+xml;base64,AAAA)",
    "<svg onload=alert(1)><a href='javascript:x'>a</a></svg>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<https://a.example/\u202Etxt.exe>",
    "<x onclick=alert(1)>a</x>",
    "<a href=vbscript:x>a</a>",
    "<style>*{display:none}</style>",
    "<div><div><p>a</div></span></b>",
    "<!-- a --> <![CDATA[ x ]]> <?php ?>",
  ])("%j passes as nothing but words", (source) => {
    const { rich: tree } = renderMarkdown(source);
    expect(v.is(RichText, tree)).toBe(true);
    const json = JSON.stringify(tree);
    expect(json).not.toMatch(/"(href|src)":"(?!https?:|mailto:|tel:|#)/i);
    expect(json).not.toMatch(/<(script|svg|style|img|iframe)|onerror|onclick|\u202E/i);
  });
});

describe("Repairs", () => {
  test("A table's cell that runs over several lines stays in its row.", () => {
    const source = "|云盘|说明|\n|--|--|\n|ESSD|支持：-   一\n-   二\n\n**说明：** 三 |\n|SSD|不支持|";
    expect(rich(source)).toMatchObject([
      {
        type: "table",
        rows: [
          [
            [text("ESSD")],
            [text("支持："), { type: "break" }, text("• 一"), { type: "break" }, text("• 二"), {}, {}, {}],
          ],
          [[text("SSD")], [text("不支持")]],
        ],
      },
    ]);
  });

  test("A row without its last bar is left alone.", () => {
    expect(rich("|a|b|\n|-|-|\n|1|2\n|3|4|")).toMatchObject([
      {
        rows: [
          [[text("1")], [text("2")]],
          [[text("3")], [text("4")]],
        ],
      },
    ]);
  });

  test("Code of an item whose lines stand too far left stays the item's code.", () => {
    expect(rich("-   ```\nls\n```\n\nAfter")).toEqual([
      { type: "list", ordered: false, items: [[{ type: "code", text: "ls" }]] },
      paragraph("After"),
    ]);
  });
});

test("Whatever is written, 100 KB of it is read in bounded time and depth.", () => {
  const repeat = (unit: string) => unit.repeat(Math.ceil(100_000 / unit.length));
  const slow = [
    "[",
    "[a](",
    "![[]()",
    "*a_ ",
    "a**b",
    "*_",
    "> ",
    ">",
    "<div>",
    "<b>",
    "<a ",
    "{#a ",
    "|a",
    "- ",
    "`a ",
    "<!--",
  ];
  slow.push(
    "[a]: b\n",
    "\\",
    "&amp;",
    "a@",
    "www.",
    "http://",
    "<x y='",
    "|a\n|-|\n",
    "[x](a .md",
    "~~a",
    "**说明：",
    "<td>",
    "# a\n",
  );
  for (const unit of slow) {
    const source = repeat(unit);
    const start = performance.now();
    const { rich: tree } = renderMarkdown(source);
    const took = performance.now() - start;
    // Linear ones take tens of milliseconds; what is quadratic takes many seconds. The bound leaves room for a busy machine.
    expect(took, `${unit} took ${took} ms`).toBeLessThan(10_000);
    expect(depthOf(tree)).toBeLessThan(120);
  }
}, 60_000);

test.each([
  ["behind a fence", `\`\`\` ${" ".repeat(300_000)}\``],
  ["in a label", `**a${"\u3000".repeat(300_000)}b：**`],
])("spaces %s are looked through once", (_, source) => {
  // Each of them to the end takes minutes: the runner's limit ends that.
  expect(rich(source)).toMatchObject([{ type: "paragraph" }]);
});

test("dots in braces that never close are read in one way only", () => {
  // In two ways each, fifty of them take minutes: the runner's limit ends that.
  const dots = `{${".".repeat(50)}`;
  expect(rich(`**x**${dots}`)).toEqual([
    { type: "paragraph", children: [{ type: "strong", children: [text("x")] }, text(dots)] },
  ]);
  expect(rich(`# x ${dots} }y`)).toMatchObject([{ type: "heading", children: [text(`x ${dots} }y`)] }]);
  expect(rich("# x {#one.two#three .four}")).toMatchObject([{ type: "heading", anchor: "one.two" }]);
});

test("an address with any number of spaces in it is looked through once", () => {
  const start = performance.now();
  const { rich } = renderMarkdown(
    `[a](<https://shop.example/x${" ".repeat(100_000)}x>) [b](<  https://shop.example/y >)`,
  );
  expect(performance.now() - start).toBeLessThan(10_000);
  expect(JSON.stringify(rich)).toContain('"href":"https://shop.example/y"');
});

function depthOf(value: unknown): number {
  if (value === null || typeof value !== "object") return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}
