import type { Block, Inline, RichText } from "../../../protocol/rich-text.ts";

/** Widths in Latin letters; a Chinese character counts as two. */
const EXCERPT_WIDTH = 160;
const WIDE = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60\uFFE0-\uFFE6]/;

/** The words of an article, a line for each block: what the search reads. */
export function plainOf(rich: RichText): string {
  const lines: string[] = [];
  for (const block of rich) pushLines(lines, block);
  return lines.join("\n");
}

/** The beginning of an article for a list of results: its first sentences, without headings, code and tables. */
export function excerptOf(rich: RichText): string {
  const lines: string[] = [];
  let width = 0;
  const walk = (blocks: readonly Block[]) => {
    for (const block of blocks) {
      if (width > EXCERPT_WIDTH) return;
      if (block.type === "paragraph") {
        const line = inlineText(block.children).replace(/\s+/g, " ").trim();
        if (line !== "") lines.push(line);
        width += widthOf(line);
      } else if (block.type === "list") for (const item of block.items) walk(item);
      else if (block.type === "quote" || block.type === "callout") walk(block.children);
    }
  };
  walk(rich);
  return excerpt(lines.join(" ") || plainOf(rich));
}

/** As much of a text as fits into a line or two, cut between words. */
export function excerpt(text: string, width = EXCERPT_WIDTH): string {
  const line = text
    .slice(0, width * 4)
    .replace(/\s+/g, " ")
    .trim();
  if (widthOf(line) <= width) return line;
  let used = 0;
  let end = 0;
  for (const char of line) {
    used += WIDE.test(char) ? 2 : 1;
    if (used > width - 1) break;
    end += char.length;
  }
  const cut = line.slice(0, end);
  const space = cut.lastIndexOf(" ");
  // A Chinese sentence has no space to wait for.
  const whole = space > end * 0.7 && !WIDE.test(line.charAt(end)) ? cut.slice(0, space) : cut;
  return `${whole.replace(/[\s,;:，、；：.。]+$/u, "")}…`;
}

function pushLines(lines: string[], block: Block): void {
  switch (block.type) {
    case "paragraph":
    case "heading":
      lines.push(inlineText(block.children));
      return;
    case "code":
      lines.push(block.text);
      return;
    case "quote":
    case "callout":
      for (const child of block.children) pushLines(lines, child);
      return;
    case "list":
      for (const item of block.items) for (const child of item) pushLines(lines, child);
      return;
    case "table":
      for (const row of [block.head, ...block.rows]) {
        const line = row.map(inlineText).join(" ").trim();
        if (line !== "") lines.push(line);
      }
      return;
    case "rule":
      return;
  }
}

function inlineText(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if (inline.type === "break") return " ";
      if (inline.type === "image") return inline.alt;
      return "text" in inline ? inline.text : inlineText(inline.children);
    })
    .join("");
}

function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += WIDE.test(char) ? 2 : 1;
  return width;
}
