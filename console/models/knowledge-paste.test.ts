// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { markdownOf } from "./knowledge-paste.ts";

describe("what is pasted", () => {
  it("keeps its headings, lists, links, code, quotes and tables", () => {
    const html = `<h1>Move a booking</h1><p>Any booking that has <b>not</b> <i>started</i>. See
      <a href="https://shop.example/a b(c)">the calendar</a>.</p>
      <ol><li>Open <code>Calendar</code></li><li><p>Choose Move</p><ul><li>then the date</li></ul></li></ol>
      <blockquote><p>One step.</p><p>Charges nobody.</p></blockquote><pre>PATCH /bookings
{ "at": 9 }</pre><hr><table><tr><th>Plan</th><th>Price</th></tr><tr><td>Small</td><td>9 | month</td></tr></table>`;
    expect(markdownOf(html)).toBe(`## Move a booking

Any booking that has **not** *started*. See [the calendar](https://shop.example/a%20b%28c%29).

1. Open \`Calendar\`
2. Choose Move
   - then the date

> One step.
>
> Charges nobody.

\`\`\`
PATCH /bookings
{ "at": 9 }
\`\`\`

---

| Plan | Price |
| --- | --- |
| Small | 9 \\| month |`);
  });

  it("reads what editors on the web copy: bold by style, and a bold that is none", () => {
    const html = `<b style="font-weight:normal"><p><span style="font-weight:700">Note: </span><span>all good</span></p></b>`;
    expect(markdownOf(html)).toBe("**Note:** all good");
  });

  it("means every sign as it stood", () => {
    expect(markdownOf("<p>2 * 3 * 4 in my_file_name <b>[x]</b></p><p># not a heading</p><p>1. not a list</p>")).toBe(
      "2 \\* 3 \\* 4 in my\\_file\\_name **\\[x\\]**\n\n\\# not a heading\n\n1\\. not a list",
    );
  });

  it("takes in no script, no style, no address that runs and no picture that lies in the clipboard", () => {
    const html = `<style>p{}</style><script>alert(1)</script><p><a href="javascript:alert(1)">Words</a>
      <img src="data:image/png;base64,AAAA" alt="x"><img src="https://shop.example/a.png" alt="A kit"></p>`;
    expect(markdownOf(html)).toBe("Words ![A kit](https://shop.example/a.png)");
  });

  it("is read once, however many tags of it never end", () => {
    expect(markdownOf(`<p>Only <b>words</b></p>${"<a".repeat(100_000)}`)).toContain("Only **words**");
  });

  it("keeps the words of quotes and lists that lie deeper than anybody reads, and indents them no further", () => {
    const deep = (open: string, close: string) => `${open.repeat(300)}Words${close.repeat(300)}`;
    expect(markdownOf(deep("<blockquote>", "</blockquote>"))).toBe(`${"> ".repeat(16)}Words`);
    expect(markdownOf(deep("<ul><li>", "</li></ul>"))).toBe(`${"- ".repeat(16)}Words`);
  });

  it("leaves to the browser what is plain anyway", () => {
    expect(markdownOf("<p>Only words.</p>")).toBeUndefined();
    expect(markdownOf("<meta charset='utf-8'>Only words")).toBeUndefined();
  });
});
