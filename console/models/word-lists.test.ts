// @vitest-environment happy-dom
import { expect, it } from "vitest";
import { markdownOf } from "./knowledge-paste.ts";

/** As Word copies an item: a paragraph, with its mark in front. */
const item = (list: string, mark: string, words: string, tag = "p") =>
  `<${tag} class=MsoListParagraph style='margin-left:36.0pt;mso-list:${list} lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>${mark}<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>${words}</${tag}>`;
const plain = (words: string) => `<p class=MsoNormal>${words}</p>`;

it("items of a Word document are lists, at their levels and with their numbers", () => {
  const html = [
    plain("Before"),
    item("l0 level1", "·", "Unplug the <b>board</b>"),
    item("l0 level2", "o", "at the wall"),
    item("l0 level2", "o", "then at the port"),
    item("l0 level1", "·", "Wait"),
    plain("Between"),
    item("l1 level1", "3.", "Plug it in"),
    item("l1 level2", "a)", "gently"),
    item("l1 level1", "4.", "Look"),
    item("l2 level1", "·", "Another list"),
    plain("After"),
  ].join("\n");
  expect(markdownOf(`<div class=WordSection1>${html}</div>`)).toBe(
    `Before

- Unplug the **board**
  - at the wall
  - then at the port
- Wait

Between

3. Plug it in
   1. gently
4. Look

- Another list

After`,
  );
});

it("a list alone is one, begun at a deeper level as well, and a numbered heading is a heading", () => {
  expect(markdownOf(item("l0 level1", "·", "One"))).toBe("- One");
  expect(markdownOf(item("l0 level2", "o", "Deep") + item("l0 level1", "·", "Up"))).toBe("- Deep\n- Up");
  expect(markdownOf(item("l0 level1", "1.", "Power", "h1"))).toMatch(/^## /);
});
