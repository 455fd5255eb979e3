import type { Block, Inline, RichText } from "../../../protocol/rich-text.ts";
import { mapLinks } from "../../../protocol/rich-text-links.ts";
import type { Draft } from "./markdown-blocks.ts";
import { isReference } from "./markdown-footnotes.ts";
import { decode } from "./markdown-links.ts";

/**
 * Gives every heading one anchor (the author's own, or one made from its words) and mends the links within the article:
 * whatever name of a heading they use, they carry its anchor; those that lead nowhere become their words, and so do
 * references to footnotes.
 */
export function settleAnchors(drafts: readonly Draft[]): RichText {
  const anchors = new Map<string, string>();
  const blocks = named(drafts, anchors, new Map());
  return mapLinks(blocks, (link) => {
    if (isReference(link)) return link.children;
    if (link.article !== undefined || !link.href.startsWith("#")) return [link];
    const anchor = anchors.get(decode(link.href.slice(1)).toLowerCase());
    return anchor === undefined ? link.children : [{ ...link, href: `#${anchor}` }];
  });
}

/** Words as GitHub makes an anchor of them. */
function slugOf(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_\s-]+/gu, "")
    .trim()
    .replace(/[\s-]+/g, "-");
}

function named(blocks: readonly Draft[], anchors: Map<string, string>, taken: Map<string, number>): Block[] {
  return blocks.map((draft): Block => {
    if (draft.type === "list") return { ...draft, items: draft.items.map((item) => named(item, anchors, taken)) };
    if (draft.type === "quote" || draft.type === "callout") {
      return { ...draft, children: named(draft.children, anchors, taken) };
    }
    if (draft.type !== "heading") return draft;
    const { names = [], ...heading } = draft;
    const words = slugOf(wordsOf(heading.children));
    const anchor = unique(names[0] ?? (words || "section"), taken);
    for (const name of [...names, words]) {
      const key = name.toLowerCase();
      if (key !== "" && !anchors.has(key)) anchors.set(key, anchor);
    }
    anchors.set(anchor.toLowerCase(), anchor);
    return { ...heading, anchor };
  });
}

/** `taken` says how far each name was counted: thousands of headings may bear the same one. */
function unique(wish: string, taken: Map<string, number>): string {
  const lower = wish.toLowerCase();
  if (!taken.has(lower)) {
    taken.set(lower, 1);
    return wish;
  }
  let count = (taken.get(lower) ?? 1) + 1;
  while (taken.has(`${lower}-${count}`)) count++;
  taken.set(lower, count);
  taken.set(`${lower}-${count}`, 1);
  return `${wish}-${count}`;
}

function wordsOf(inlines: readonly Inline[]): string {
  return inlines
    .filter((inline) => !isReference(inline))
    .map((inline) => ("text" in inline ? inline.text : "children" in inline ? wordsOf(inline.children) : ""))
    .join("");
}
