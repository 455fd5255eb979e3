import type { Block, Inline, RichText } from "./rich-text.ts";

type Link = Extract<Inline, { type: "link" }>;

/** The same tree with every link replaced by what `change` says. */
export function mapLinks(blocks: readonly Block[], change: (link: Link) => Inline[]): RichText {
  const inlines = (list: readonly Inline[]): Inline[] =>
    list.flatMap((inline) => {
      if (inline.type === "link") return change({ ...inline, children: inlines(inline.children) });
      return "children" in inline ? [{ ...inline, children: inlines(inline.children) }] : [inline];
    });
  return blocks.map((block): Block => {
    switch (block.type) {
      case "paragraph":
      case "heading":
        return { ...block, children: inlines(block.children) };
      case "quote":
      case "callout":
        return { ...block, children: mapLinks(block.children, change) };
      case "list":
        return { ...block, items: block.items.map((item) => mapLinks(item, change)) };
      case "table":
        return { ...block, head: block.head.map(inlines), rows: block.rows.map((row) => row.map(inlines)) };
      default:
        return block;
    }
  });
}
