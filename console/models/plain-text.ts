import type { Block, Inline, RichText } from "../../protocol/rich-text.ts";

/** An article as a message can hold it: messages are plain text. */
export function plainText(body: RichText): string {
  return body.map(block).filter(Boolean).join("\n\n");
}

function block(block: Block): string {
  switch (block.type) {
    case "paragraph":
    case "heading":
      return inlines(block.children);
    case "list":
      return block.items
        .map((item, index) => {
          const mark = block.ordered ? `${(block.start ?? 1) + index}. ` : "- ";
          return mark + plainText(item).replaceAll("\n\n", "\n").replaceAll("\n", "\n  ");
        })
        .join("\n");
    case "code":
      return block.text;
    case "quote":
    case "callout":
      return plainText(block.children);
    case "table":
      return [block.head, ...block.rows].map((row) => row.map(inlines).join(" | ")).join("\n");
    case "rule":
      return "";
    default: {
      // A newer server's: its words are worth more than its form.
      const { text = "", children = [] }: Unknown = block satisfies never;
      return text || plainText(children as Block[]);
    }
  }
}

/** A node of a type that came after us. */
interface Unknown {
  text?: string;
  children?: unknown[];
}

function inlines(children: readonly Inline[]): string {
  return children.map(inline).join("");
}

function inline(node: Inline): string {
  switch (node.type) {
    case "text":
    case "code-span":
      return node.text;
    case "strong":
    case "emphasis":
    case "strike":
      return inlines(node.children);
    case "link": {
      const text = inlines(node.children);
      return text === node.href || node.href.startsWith("#") ? text : `${text} (${node.href})`;
    }
    case "image":
      return node.alt;
    case "break":
      return "\n";
    default: {
      const { text = "", children = [] }: Unknown = node satisfies never;
      return text || inlines(children as Inline[]);
    }
  }
}
