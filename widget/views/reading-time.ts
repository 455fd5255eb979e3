import type { Block, Inline, RichText } from "../../protocol/rich-text.ts";

const WORDS_A_MINUTE = 220;
const HAN_A_MINUTE = 400;
const HAN = /\p{Script=Han}/gu;

/** Whole minutes, at least one, for Latin and Han text alike. */
export function minutesToRead(body: RichText): number {
  const text = body.map(blockText).join(" ");
  const han = text.match(HAN)?.length ?? 0;
  const words = text.replace(HAN, " ").split(/\s+/).filter(Boolean).length;
  return Math.max(1, Math.round(han / HAN_A_MINUTE + words / WORDS_A_MINUTE));
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
