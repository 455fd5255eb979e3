import type { Inline } from "../../../protocol/rich-text.ts";
import { BLOCKS, GONE } from "./markdown-elements.ts";
import { referenceOf } from "./markdown-footnotes.ts";
import { anchorOf, type ResolveLink, safeAddress, safeImage } from "./markdown-links.ts";
import type { Element, Node } from "./markdown-tree.ts";

/** What the conversion of one article knows and gathers. */
export interface Conversion {
  resolve: ResolveLink;
  /** Names that wait for the next heading. */
  pending: string[];
  /** Words that the author hid from the page, for the search. */
  hidden: string[];
}

const STRONG = new Set(["strong", "b"]);
const EMPHASIS = new Set(["em", "i", "cite", "dfn", "figcaption"]);
const STRIKE = new Set(["s", "del", "strike"]);
const CODE = new Set(["code", "kbd", "samp", "tt", "var", "pre"]);
const RAISED: Readonly<Record<string, string>> = { sup: "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", sub: "₀₁₂₃₄₅₆₇₈₉₊₋" };
/** Characters that turn the direction of what follows, so that a name reads as another. */
const OVERRIDES = /[\u202A-\u202E\u2066-\u2069]/g;
const WIDEST_PX = 4_000;
/** Text of scripts that set no space between words. */
const SPACELESS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF00-\uFFEF]/u;

/** Inline content; blocks that stand where only text can (a list in a table's cell) become lines. */
export function inlinesOf(nodes: readonly Node[], about: Conversion): Inline[] {
  const out: Inline[] = [];
  for (const node of nodes) {
    if (typeof node === "string") pushText(out, node);
    else pushElement(out, node, about);
  }
  return out;
}

/** One block's inlines: spaces run together and gone at the ends, no break at the ends. */
export function tidy(inlines: readonly Inline[]): Inline[] {
  let start = 0;
  let end = inlines.length;
  while (start < end && isBlank(inlines[start])) start++;
  while (end > start && isBlank(inlines[end - 1])) end--;
  const out = inlines.slice(start, end).map(cleaned);
  const first = out[0];
  if (first?.type === "text") out[0] = { type: "text", text: first.text.trimStart() };
  const last = out.at(-1);
  if (last?.type === "text") out[out.length - 1] = { type: "text", text: last.text.trimEnd() };
  return out;
}

/** The words of a node, without any structure. */
export function textOf(node: Node): string {
  if (typeof node === "string") return node;
  if (node.tag === "br") return "\n";
  return GONE.has(node.tag) ? "" : node.children.map(textOf).join("");
}

function pushElement(out: Inline[], element: Element, about: Conversion): void {
  const { tag, attrs, children } = element;
  const id = attrs.get("id") ?? (tag === "a" ? attrs.get("name") : undefined);
  if (id) about.pending.push(id);
  if (GONE.has(tag)) return;
  if (isHidden(element)) {
    about.hidden.push(textOf(element));
    return;
  }
  if (tag === "br") out.push({ type: "break" });
  else if (tag === "img") pushImage(out, element);
  else if (tag === "a") pushLink(out, element, about);
  else if (STRONG.has(tag)) pushMarked(out, "strong", children, about);
  else if (EMPHASIS.has(tag)) pushMarked(out, "emphasis", children, about);
  else if (STRIKE.has(tag)) pushMarked(out, "strike", children, about);
  else if (CODE.has(tag)) pushCode(out, textOf(element));
  else if (tag === "footnote") out.push(referenceOf(textOf(element)));
  else if (tag === "sup" || tag === "sub") pushText(out, raised(tag, textOf(element)));
  else if (BLOCKS.has(tag)) pushLine(out, element, about);
  else for (const inline of inlinesOf(children, about)) pushInline(out, inline);
}

function pushInline(out: Inline[], inline: Inline): void {
  if (inline.type === "text") pushText(out, inline.text);
  else out.push(inline);
}

function pushText(out: Inline[], text: string): void {
  const last = out.at(-1);
  if (last?.type === "text") out[out.length - 1] = { type: "text", text: last.text + text };
  else if (text !== "") out.push({ type: "text", text });
}

/** A line's end is a space, and nothing at all between two Chinese characters. */
function runTogether(text: string): string {
  return text.replace(/[ \t\r\n\f\v]+/g, (space, at: number) => {
    const between = SPACELESS.test(text.charAt(at - 1)) && SPACELESS.test(text.charAt(at + space.length));
    return between && space.includes("\n") ? "" : " ";
  });
}

function pushMarked(
  out: Inline[],
  type: "strong" | "emphasis" | "strike",
  children: readonly Node[],
  about: Conversion,
) {
  const inside = inlinesOf(children, about);
  if (inside.length > 0) out.push({ type, children: inside });
}

function pushCode(out: Inline[], text: string): void {
  if (text !== "") out.push({ type: "code-span", text });
}

function raised(tag: "sup" | "sub", text: string): string {
  const digits = RAISED[tag] ?? "";
  if (!/^[0-9+-]{1,6}$/.test(text)) return text;
  return [...text].map((char) => digits["0123456789+-".indexOf(char)] ?? char).join("");
}

function pushImage(out: Inline[], { attrs }: Element): void {
  const alt = (attrs.get("alt") ?? "").trim();
  const src = safeImage(attrs.get("src") ?? "");
  // A drawing without a word in raw HTML is decoration: an icon of the page it came from.
  if (src && !attrs.has("markdown") && alt === "" && /\.svg$/i.test(src)) return;
  if (!src) {
    pushText(out, alt);
    return;
  }
  const width = pixels(attrs.get("width"));
  const height = pixels(attrs.get("height"));
  out.push({ type: "image", src, alt, ...(width && { width }), ...(height && { height }) });
}

function pixels(text: string | undefined): number | undefined {
  const found = /^\s*(\d{1,5})(?:px)?\s*$/.exec(text ?? "")?.[1];
  const value = Number(found);
  return found && value > 0 && value <= WIDEST_PX ? value : undefined;
}

function pushLink(out: Inline[], { attrs, children }: Element, about: Conversion): void {
  const href = attrs.get("href");
  const inside = inlinesOf(children, about).flatMap((inline) => (inline.type === "link" ? inline.children : [inline]));
  const to = href === undefined ? undefined : destination(href, about);
  if (!to) for (const inline of inside) pushInline(out, inline);
  else if (inside.length > 0 || children.length === 0) out.push({ type: "link", ...to, children: inside });
}

/** Where a link may lead. In-page ones are checked once all headings are known. */
export function destination(href: string, about: Conversion): { href: string; article?: string } | undefined {
  const anchor = anchorOf(href);
  if (anchor !== undefined) return anchor === "" ? undefined : { href: `#${anchor}` };
  const found = about.resolve(href);
  if (found) return { href: `#${found.anchor ?? ""}`, article: found.article };
  const address = safeAddress(href);
  return address === undefined ? undefined : { href: address };
}

/** A block where only inlines can stand: on a line of its own. */
function pushLine(out: Inline[], element: Element, about: Conversion): void {
  const inside = tidy(inlinesOf(element.children, about));
  if (inside.length === 0) return;
  if (out.length > 0 && out.at(-1)?.type !== "break") out.push({ type: "break" });
  if (element.tag === "li") pushText(out, "• ");
  for (const inline of inside) pushInline(out, inline);
  if (element.tag !== "li" || inside.at(-1)?.type !== "break") out.push({ type: "break" });
}

function isBlank(inline: Inline | undefined): boolean {
  return inline?.type === "break" || (inline?.type === "text" && inline.text.trim() === "");
}

function cleaned(inline: Inline): Inline {
  if (inline.type === "text") return { type: "text", text: runTogether(inline.text.replace(OVERRIDES, "")) };
  return "children" in inline ? { ...inline, children: inline.children.map(cleaned) } : inline;
}

/** Whether the author took it off the page. */
export function isHidden({ attrs }: Element): boolean {
  return attrs.has("hidden") || /display\s*:\s*none|visibility\s*:\s*hidden/i.test(attrs.get("style") ?? "");
}
