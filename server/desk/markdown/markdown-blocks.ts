import type { Block, Inline } from "../../../protocol/rich-text.ts";
import { calloutOfQuote, joinCallouts, toneOfClass } from "./markdown-callouts.ts";
import { BLOCKS, GONE } from "./markdown-elements.ts";
import { type Conversion, destination, inlinesOf, isHidden, textOf, tidy } from "./markdown-inlines.ts";
import { takeMarks } from "./markdown-marks.ts";
import { tableOf } from "./markdown-tables.ts";
import type { Element, Node } from "./markdown-tree.ts";

const LISTS = new Set(["ul", "ol", "menu"]);
const MEDIA = new Set(["iframe", "video", "audio"]);
/** Elements that name what stands beside or below them. */
const TITLES: Readonly<Record<string, "strong" | "emphasis">> = {
  figcaption: "emphasis",
  summary: "strong",
  dt: "strong",
};
const LANGUAGE = /^[\w+#.-]{1,30}$/;

type Level = 1 | 2 | 3 | 4 | 5 | 6;

/** A heading still knows all the names it goes by. */
export type Draft = Block & { names?: string[] };

/** Blocks of a tree; text that lies between them becomes paragraphs. */
export function blocksOf(nodes: readonly Node[], about: Conversion): Block[] {
  const out: Block[] = [];
  let run: Node[] = [];
  const flush = () => {
    if (run.length > 0) pushParagraph(out, run, about);
    run = [];
  };
  for (const node of nodes) {
    if (typeof node === "string" || !(BLOCKS.has(node.tag) || node.hasBlock)) {
      run.push(node);
      continue;
    }
    flush();
    pushBlock(out, node, about);
  }
  flush();
  return joinCallouts(out);
}

function pushBlock(out: Block[], element: Element, about: Conversion): void {
  const { tag, attrs, children } = element;
  if (GONE.has(tag)) return;
  if (isHidden(element)) {
    about.hidden.push(textOf(element).trim());
    return;
  }
  const level = /^h([1-6])$/.exec(tag)?.[1];
  const id = attrs.get("id");
  if (id && !level) about.pending.push(id);
  if (level) pushHeading(out, element, Number(level) as Level, about);
  else if (LISTS.has(tag)) pushList(out, element, about);
  else if (MEDIA.has(tag)) pushMedia(out, element, about);
  else if (tag === "p" && !element.hasBlock) pushParagraph(out, children, about);
  else if (tag === "pre") pushCode(out, element);
  else if (tag === "hr") out.push({ type: "rule" });
  else if (tag === "table") out.push(...tableOf(element, about));
  else if (tag === "a") out.push(...linked(element, about));
  else if (TITLES[tag]) pushTitle(out, TITLES[tag], children, about);
  else pushContainer(out, element, about);
}

function pushContainer(out: Block[], { tag, attrs, children }: Element, about: Conversion): void {
  const inside = blocksOf(children, about);
  if (inside.length === 0) return;
  const tone = tag === "blockquote" || tag === "details" ? undefined : toneOfClass(attrs.get("class"));
  if (tag === "blockquote") out.push(calloutOfQuote(inside) ?? { type: "quote", children: inside });
  else if (tone) out.push({ type: "callout", tone, children: inside });
  else out.push(...inside);
}

function pushTitle(out: Block[], mark: "strong" | "emphasis", nodes: readonly Node[], about: Conversion): void {
  const children = tidy(inlinesOf(nodes, about));
  if (children.length > 0) out.push({ type: "paragraph", children: [{ type: mark, children }] });
}

function pushParagraph(out: Block[], nodes: readonly Node[], about: Conversion): void {
  const { inlines, anchor } = takeMarks(tidy(inlinesOf(nodes, about)));
  if (anchor) about.pending.push(anchor);
  const children = tidy(claimEmptyLink(inlines));
  if (children.length > 0) out.push({ type: "paragraph", children });
}

/** A card's empty link, `<a href="…"></a> Nano`, means the words beside it; anywhere else it is nothing. */
function claimEmptyLink(inlines: readonly Inline[]): Inline[] {
  const links = inlines.filter((inline) => inline.type === "link");
  const [empty] = links;
  const rest = inlines.filter((inline) => inline.type !== "link" || inline.children.length > 0);
  if (links.length !== 1 || empty?.type !== "link" || empty.children.length > 0) return rest;
  const words = tidy(rest.filter((inline) => inline.type !== "image"));
  const images = rest.filter((inline) => inline.type === "image");
  return words.length > 0 ? [...images, { ...empty, children: words }] : rest;
}

function pushHeading(out: Block[], element: Element, level: Level, about: Conversion): void {
  const before = about.pending.splice(0);
  const { inlines, anchor } = takeMarks(tidy(inlinesOf(element.children, about)));
  const children = tidy(inlines.filter((inline) => inline.type !== "image"));
  const id = element.attrs.get("id");
  const names = [anchor, id, ...about.pending.splice(0), ...before].filter((name) => name !== undefined);
  if (children.length === 0) about.pending.push(...names);
  else out.push({ type: "heading", level, children, names } as Draft);
}

function pushList(out: Block[], { tag, attrs, children }: Element, about: Conversion): void {
  const items: Block[][] = [];
  for (const child of children) {
    if (typeof child === "string") {
      if (child.trim() !== "") items.push(blocksOf([child], about));
      continue;
    }
    const inside = child.tag === "li" ? blocksOf(withTick(child.children), about) : blocksOf([child], about);
    // Of footnotes an empty one keeps its number.
    if (inside.length > 0 || attrs.has("notes")) items.push(inside);
  }
  if (items.length === 0) return;
  const start = Number(attrs.get("start") ?? 1);
  const ordered = tag === "ol";
  out.push({ type: "list", ordered, ...(ordered && start !== 1 && Number.isSafeInteger(start) && { start }), items });
}

/** `[ ]` and `[x]` before a task, drawn as signs. */
function withTick(children: readonly Node[]): readonly Node[] {
  const [first, ...rest] = children;
  if (typeof first === "string") {
    const text = first.replace(/^\[ \]\s/, "☐ ").replace(/^\[[xX]\]\s/, "☑ ");
    return text === first ? children : [text, ...rest];
  }
  if (first?.tag !== "p") return children;
  return [{ ...first, children: [...withTick(first.children)] }, ...rest];
}

function pushCode(out: Block[], { attrs, children }: Element): void {
  const text = children.map(textOf).join("").replace(/\n$/, "");
  const named = (attrs.get("lang") ?? "").split(/[\s{]/)[0] ?? "";
  if (text !== "") out.push({ type: "code", text, ...(LANGUAGE.test(named) && { language: named.toLowerCase() }) });
}

/** A film or a frame is named by its address: nothing of it is loaded. */
function pushMedia(out: Block[], element: Element, about: Conversion): void {
  const source = element.children.find((child) => typeof child !== "string" && child.tag === "source");
  const src = element.attrs.get("src") ?? (typeof source === "object" ? source.attrs.get("src") : undefined) ?? "";
  const to = destination(src, about);
  if (!to || to.href.startsWith("#")) return;
  const text = element.attrs.get("title")?.trim() || to.href;
  out.push({ type: "paragraph", children: [{ type: "link", ...to, children: [{ type: "text", text }] }] });
}

/** A link around blocks becomes a link in each paragraph of them. */
function linked(element: Element, about: Conversion): Block[] {
  const to = destination(element.attrs.get("href") ?? "#", about);
  const inside = blocksOf(element.children, about);
  if (!to) return inside;
  return inside.map((block) => {
    if (block.type !== "paragraph" || block.children.some((inline) => inline.type === "link")) return block;
    return { type: "paragraph", children: [{ type: "link", ...to, children: block.children }] };
  });
}
