import { describe, expect, test } from "vitest";
import { renderMarkdown } from "../desk/markdown/markdown.ts";
import { htmlToMarkdown } from "./html-to-markdown.ts";

const AS_IS = { link: (href: string) => href, image: (src: string) => src };
const convert = (html: string) => htmlToMarkdown(html, AS_IS);

describe("HTML becomes Markdown", () => {
  test.for([
    ["<h2>Steps</h2><p>Press <b>reset</b> <i>twice</i>.</p>", "## Steps\n\nPress **reset** *twice*."],
    ["<ol><li>One</li><li><p>Two</p><ul><li>x</li></ul></li></ol>", "1. One\n2. Two\n\n   - x"],
    ['<p><a href="https://a.example/x (1)">a</a></p>', "[a](https://a.example/x%20%281%29)"],
    ['<img src="https://a.example/1.png" alt="A [b]">', "![A  b](https://a.example/1.png)"],
    ["<pre>a &lt;b&gt;<br>c</pre>", "```\na <b>\nc\n```"],
    ['<pre><code class="language-c++">x ``` y\n</code></pre>', "````c++\nx ``` y\n````"],
    ['<div class="callout-yellow"><p>Mind it</p></div>', "> [!WARNING]\n> Mind it"],
    ['<p class="note">So</p>', "> [!NOTE]\n> So"],
    ["<s>old</s>", "~~old~~"],
    ['<iframe src="https://video.example/1"></iframe>', "[https://video.example/1](https://video.example/1)"],
    ["a&nbsp;b<script>x()</script><style>y</style>", "a b"],
  ] as const)("%s", ([html, markdown]) => {
    expect(convert(html)).toBe(markdown);
  });

  test("A table keeps its cells, with the first row as its head, however it was written.", () => {
    const html =
      "<table><tbody><tr><td><p>A</p></td><td>B | C</td></tr><tr><td colspan=2>1<br>2</td></tr></tbody></table>";
    expect(convert(html)).toBe("| A | B \\| C |\n| --- | --- |\n| 1 2 | |");
  });

  test("Text that looks like markup stays text, whoever reads it next.", () => {
    const html = "<p>Type &lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; *not bold* _x_ ~~y~~ [z](w)</p>";
    const { rich } = renderMarkdown(convert(html));
    const text = "Type <script>alert(1)</script> &amp; *not bold* _x_ ~~y~~ [z](w)";
    expect(rich).toEqual([{ type: "paragraph", children: [{ type: "text", text }] }]);
  });

  // Where each place of a run is tried anew, any of these takes minutes: the runner's limit ends that.
  test.for([
    ["spaces in code", "<pre>a$b</pre>", " ", "```\na$b\n```"],
    ["lines in code", "<pre>a$b</pre>", "\n", "```\na\n\nb\n```"],
    ["spaces that do not break", "<p>a$b</p>", "\u00a0", "a$b"],
    ["breaks", "<p>a$b</p>", "<br>", /^a( {2}\n)+b$/],
    ["spaces in a cell", "<table><tr><td><pre>a$b</pre></td></tr></table>", " ", "| ``` a$b ``` |\n| --- |"],
    ["items", "<ol>$</ol>", "<li>a</li>", /^1\. a\n2\. a\n/],
  ] as const)("%s, any number of them, are looked through once", ([, html, one, markdown]) => {
    const run = one.repeat(one.length > 1 ? 60_000 : 300_000);
    const found = convert(html.replace("$", run));
    if (typeof markdown === "string") expect(found === markdown.replace("$", " ".repeat(run.length))).toBe(true);
    else expect(found).toMatch(markdown);
  });

  test("No element passes, however it is spelled.", () => {
    const hostile = [
      '<img src=x onerror="alert(1)">',
      '<a href="javascript:alert(1)">a</a>',
      "<svg><script>alert(1)</script></svg>",
      '<a href="data:text/html,<script>alert(1)</script>">b</a>',
      "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    ];
    for (const html of hostile) {
      const json = JSON.stringify(renderMarkdown(convert(html)).rich);
      expect(json).not.toMatch(/onerror=|javascript:|"src":"x"|data:text/);
      expect(convert(html)).not.toMatch(/<[a-z]/i);
    }
  });
});
