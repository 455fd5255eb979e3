import type { Block, Inline, RichText } from "./rich-text.ts";

type Link = Extract<Inline, { type: "link" }>;
type Picture = Extract<Inline, { type: "image" }>;

/** The same tree with every link replaced by what `change` says, and every picture by what `redraw` does. */
export function mapLinks(
  blocks: readonly Block[],
  change: (link: Link) => Inline[],
  redraw = (picture: Picture) => picture,
): RichText {
  const inlines = (list: readonly Inline[]): Inline[] =>
    list.flatMap((inline) => {
      if (inline.type === "link") return change({ ...inline, children: inlines(inline.children) });
      if (inline.type === "image") return [redraw(inline)];
      return "children" in inline ? [{ ...inline, children: inlines(inline.children) }] : [inline];
    });
  return blocks.map((block): Block => {
    switch (block.type) {
      case "paragraph":
      case "heading":
        return { ...block, children: inlines(block.children) };
      case "quote":
      case "callout":
        return { ...block, children: mapLinks(block.children, change, redraw) };
      case "list":
        return { ...block, items: block.items.map((item) => mapLinks(item, change, redraw)) };
      case "table":
        return { ...block, head: block.head.map(inlines), rows: block.rows.map((row) => row.map(inlines)) };
      default:
        return block;
    }
  });
}
