import type { Block, Inline, RichText } from "../protocol/rich-text.ts";

const WORDS_A_MINUTE = 220;
const HAN_A_MINUTE = 400;
const HAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const MINUTE_S = 60;
/** A look is no reading: it takes this share of the time it would take to read all, within these bounds. */
const READ_SHARE = 0.25;
const READ_LEAST_S = 5;
const READ_MOST_S = 20;

/** Whole minutes, at least one, for Latin and Han text alike. */
export function minutesToRead(body: RichText): number {
  return Math.max(1, Math.round(secondsToRead(body) / MINUTE_S));
}

/** After so many seconds before somebody's eyes an article counts as read. */
export function secondsToCount(body: RichText): number {
  return Math.round(Math.min(READ_MOST_S, Math.max(READ_LEAST_S, secondsToRead(body) * READ_SHARE)));
}

function secondsToRead(body: RichText): number {
  const text = body.map(blockText).join(" ");
  const han = text.match(HAN)?.length ?? 0;
  const words = text.replace(HAN, " ").split(/\s+/).filter(Boolean).length;
  return (han / HAN_A_MINUTE + words / WORDS_A_MINUTE) * MINUTE_S;
}

function blockText(block: Block): string {
  switch (block.type) {
    case "paragraph":
    case "heading":
      return inlineText(block.children);
    case "list":
      return block.items.flat().map(blockText).join(" ");
    case "quote":
    case "callout":
      return block.children.map(blockText).join(" ");
    case "code":
      return block.text;
    case "table":
      return [block.head, ...block.rows].flat().map(inlineText).join(" ");
    case "rule":
      return "";
    default:
      return block satisfies never;
  }
}

function inlineText(inlines: Inline[]): string {
  return inlines
    .map((inline) => ("children" in inline ? inlineText(inline.children) : "text" in inline ? inline.text : ""))
    .join("");
}
