import { BLOCKS, ENDS, GONE, INLINES, VOID } from "./markdown-elements.ts";
import { wordsOfReference } from "./markdown-footnotes.ts";
import { scanTags, type Tag } from "./markdown-tags.ts";
import type { Token } from "./markdown-tokens.ts";

/** Markdown and the HTML in it, as one tree with HTML's names. Nothing is decided yet about what may pass. */
export interface Element {
  tag: string;
  attrs: ReadonlyMap<string, string>;
  children: Node[];
  /** A block lies somewhere inside. */
  hasBlock: boolean;
}
export type Node = Element | string;

/** Elements inside one another; what lies deeper joins the deepest. */
const DEEPEST = 40;
const KNOWN = [BLOCKS, INLINES, GONE, VOID];
const NONE: ReadonlyMap<string, string> = new Map();

interface Open {
  element: Element;
  /** Opened by Markdown: no closing tag of HTML reaches through it. */
  markdown: boolean;
}

export function treeOf(tokens: readonly Token[]): Node[] {
  const builder = createBuilder();
  for (const token of tokens) addToken(builder, token);
  return builder.root.children;
}

type Builder = ReturnType<typeof createBuilder>;

function addToken(builder: Builder, token: Token): void {
  switch (token.type) {
    case "inline":
      for (const child of token.children ?? []) addToken(builder, child);
      break;
    case "text":
    case "text_special":
      builder.text(token.content);
      break;
    case "softbreak":
      builder.text("\n");
      break;
    case "hardbreak":
      builder.leaf("br");
      break;
    case "code_inline":
      builder.leaf("code", NONE, token.content);
      break;
    case "fence":
    case "code_block":
      builder.leaf("pre", new Map([["lang", token.info.trim()]]), token.content);
      break;
    case "html_block":
    case "html_inline":
      for (const tag of scanTags(token.content)) addTag(builder, tag, token.type === "html_block");
      break;
    case "image":
      builder.leaf("img", new Map([...attrsOf(token), ["alt", wordsOf(token)], ["markdown", ""]]));
      break;
    case "footnote_ref":
      builder.leaf("footnote", NONE, wordsOfReference(token));
      break;
    case "hr":
      builder.leaf("hr");
      break;
    default:
      // Paragraphs of a tight list are hidden: their text belongs to the item.
      if (token.hidden) break;
      if (token.nesting === 1) builder.open(token.tag, attrsOf(token), true);
      else if (token.nesting === -1) builder.close(token.tag, true);
  }
}

function attrsOf(token: Token): Map<string, string> {
  return new Map((token.attrs ?? []).map(([name, value]) => [name, String(value)]));
}

function wordsOf(token: Token): string {
  const words = (child: Token) => (child.type === "softbreak" ? " " : child.children ? wordsOf(child) : child.content);
  return (token.children ?? []).map(words).join("");
}

function addTag(builder: Builder, tag: Tag, block: boolean): void {
  if (tag.type === "text") builder.text(block ? tag.text.replace(/\s+/g, " ") : tag.text);
  else if (!KNOWN.some((names) => names.has(tag.tag))) {
    // `<port>` is a word of the author's, set between angles, and no HTML at all.
    if (!tag.raw.includes("=")) builder.text(tag.raw);
  } else if (tag.type === "close") builder.close(tag.tag, false);
  else if (VOID.has(tag.tag)) builder.leaf(tag.tag, tag.attrs);
  else {
    builder.open(tag.tag, tag.attrs, false);
    if (tag.closed && !BLOCKS.has(tag.tag)) builder.close(tag.tag, false);
  }
}

function createBuilder() {
  const root: Element = { tag: "root", attrs: NONE, children: [], hasBlock: false };
  const stack: Open[] = [{ element: root, markdown: true }];
  const top = () => stack.at(-1)?.element ?? root;

  const append = (element: Element) => {
    top().children.push(element);
    if (BLOCKS.has(element.tag)) for (const one of stack) one.element.hasBlock = true;
  };
  const make = (tag: string, attrs: ReadonlyMap<string, string>): Element => ({
    tag,
    attrs,
    children: [],
    hasBlock: false,
  });

  return {
    root,
    text(text: string) {
      top().children.push(text);
    },
    leaf(tag: string, attrs = NONE, text?: string) {
      const element = make(tag, attrs);
      if (text !== undefined) element.children.push(text);
      append(element);
    },
    open(tag: string, attrs: ReadonlyMap<string, string>, markdown: boolean) {
      if (!markdown) endImplied(stack, tag);
      const element = make(tag, attrs);
      // Markdown is counted too, or its closing would take what HTML opened.
      if (!markdown && stack.length >= DEEPEST) return;
      append(element);
      stack.push({ element, markdown });
    },
    close(tag: string, markdown: boolean) {
      for (let at = stack.length - 1; at > 0; at--) {
        const open = stack[at];
        if (!open || (!markdown && open.markdown)) return;
        if (open.element.tag !== tag || open.markdown !== markdown) continue;
        stack.length = at;
        return;
      }
    },
  };
}

function endImplied(stack: Open[], tag: string): void {
  const rule = ENDS.get(tag);
  if (!rule) return;
  for (let at = stack.length - 1; at > 0; at--) {
    const open = stack[at];
    if (!open || open.markdown || rule.within.has(open.element.tag)) return;
    if (rule.ends.has(open.element.tag)) stack.length = at;
  }
}
