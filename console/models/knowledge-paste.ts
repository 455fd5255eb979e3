/*
 * Rich text from the clipboard as the Markdown that articles are written in: what a page, a document or a mail had of
 * headings, lists, links, code, quotes and tables. Everything else is its words. The HTML is parsed into a document of its
 * own, where no script runs and nothing is fetched, and only ever read.
 */

import { listWordItems } from "./word-lists.ts";

const SKIPPED = new Set(["STYLE", "SCRIPT", "META", "LINK", "TITLE", "HEAD", "TEMPLATE", "NOSCRIPT", "IFRAME", "SVG"]);
const BLOCKS = new Set(
  "ADDRESS ARTICLE ASIDE BLOCKQUOTE DD DIV DL DT FIGCAPTION FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION TABLE UL".split(
    " ",
  ),
);
/** How deep lists and quotes lie in each other; each indents all that it holds, so that 500 of them took 20 s. */
const DEEPEST = 16;
const SAFE_LINK = /^(https?:|mailto:|tel:)/i;
const STYLE = "data-style";
const BOLD = /^(bold|bolder|[6-9]00)$/;

/** The Markdown of some HTML; absent where it holds nothing that plain text would not say as well. */
export function markdownOf(html: string): string | undefined {
  const { body } = new DOMParser().parseFromString(withStylesApart(html), "text/html");
  listWordItems(body, STYLE);
  if (!body.querySelector(`h1,h2,h3,h4,h5,h6,ul,ol,a[href],b,strong,i,em,code,pre,blockquote,table,img,[${STYLE}]`))
    return undefined;
  const text = blocksOf(body).join("\n\n").trim();
  return text === "" ? undefined : text;
}

/**
 * A parsed document has the policy of the page that parses it, and ours takes no style that stands in HTML: it would
 * be told off for each, and read none. Under another name they are words, which {@link styleOf} reads.
 */
function withStylesApart(html: string): string {
  // No tag ends behind the last ">": each "<" there would be followed to the end, 15 s for 100,000 characters of "<a<a".
  const end = html.lastIndexOf(">") + 1;
  const tags = html.slice(0, end).replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, ` ${STYLE}=`));
  return tags + html.slice(end);
}

function styleOf(element: Element): CSSStyleDeclaration {
  const { style } = document.createElement("i");
  style.cssText = element.getAttribute(STYLE) ?? "";
  return style;
}

/** The blocks of an element: those it holds, and its loose words as paragraphs. */
function blocksOf(parent: Element): string[] {
  const blocks: string[] = [];
  let words = "";
  const flush = () => {
    const text = tidy(words);
    if (text) blocks.push(text);
    words = "";
  };
  for (const node of parent.childNodes) {
    if (!isElement(node) || !holdsBlocks(node)) {
      words += inlineOf(node);
      continue;
    }
    flush();
    blocks.push(...blockOf(node).filter((block) => block.trim() !== ""));
  }
  flush();
  return blocks;
}

function blockOf(element: Element): string[] {
  const { tagName } = element;
  if (SKIPPED.has(tagName)) return [];
  const level = /^H([1-6])$/.exec(tagName)?.[1];
  // The title is the only heading of the first level.
  if (level) return [`${"#".repeat(Math.max(2, Number(level)))} ${oneLine(inlinesOf(element))}`];
  switch (tagName) {
    case "HR":
      return ["---"];
    case "PRE": {
      const text = (element.textContent ?? "").replace(/\n$/, "");
      const fence = text.includes("```") ? "````" : "```";
      return [`${fence}\n${text}\n${fence}`];
    }
    case "BLOCKQUOTE":
      return isTooDeep(element) ? blocksOf(element) : [prefixed(blocksOf(element).join("\n\n"), "> ", "> ")];
    case "UL":
    case "OL":
      return isTooDeep(element) ? blocksOf(element) : [listOf(element)];
    case "TABLE":
      return tableOf(element as HTMLTableElement);
    default:
      return blocksOf(element);
  }
}

function listOf(list: Element): string {
  let number = Number(list.getAttribute("start") ?? 1) || 1;
  const items: string[] = [];
  for (const child of list.children) {
    // Some programs put a nested list beside its item and not into it.
    if (child.tagName === "UL" || child.tagName === "OL") {
      items.push(prefixed(listOf(child), "   ", "   "));
      continue;
    }
    const mark = list.tagName === "OL" ? `${number++}. ` : "- ";
    const blocks = blocksOf(child);
    const tight = blocks.every((block, at) => at === 0 || /^(- |\d+\. )/.test(block));
    items.push(prefixed(blocks.join(tight ? "\n" : "\n\n"), mark, " ".repeat(mark.length)));
  }
  return items.join("\n");
}

function tableOf(table: HTMLTableElement): string[] {
  const rows = [...table.rows].map((row) =>
    [...row.cells].map((cell) => oneLine(inlinesOf(cell)).replaceAll("|", "\\|")),
  );
  const width = Math.max(0, ...rows.map((row) => row.length));
  const [head, ...others] = rows;
  // A table of one column lays out a page.
  if (!head || width < 2) return blocksOf(table.tBodies[0] ?? table);
  const line = (cells: readonly string[]) =>
    `| ${Array.from({ length: width }, (_, at) => cells[at] ?? "").join(" | ")} |`;
  return [[line(head), line(Array.from({ length: width }, () => "---")), ...others.map(line)].join("\n")];
}

function inlinesOf(parent: Node): string {
  return [...parent.childNodes].map(inlineOf).join("");
}

function inlineOf(node: Node): string {
  if (node.nodeType === 3) return escaped((node.textContent ?? "").replace(/[\s\u00a0]+/g, " "));
  if (!isElement(node) || SKIPPED.has(node.tagName)) return "";
  switch (node.tagName) {
    case "BR":
      return "\n";
    case "CODE":
    case "KBD":
    case "SAMP":
      return codeOf(node.textContent ?? "");
    case "A": {
      const href = node.getAttribute("href") ?? "";
      const words = oneLine(inlinesOf(node));
      return words && SAFE_LINK.test(href) ? `[${words}](${addressOf(href)})` : words;
    }
    case "IMG": {
      const source = node.getAttribute("src") ?? "";
      return /^https?:/i.test(source) ? `![${escaped(node.getAttribute("alt") ?? "")}](${addressOf(source)})` : "";
    }
    default:
      return styled(node, inlinesOf(node));
  }
}

/** Bold, slanted, struck: said by an element, or by its style, as editors on the web do. */
function styled(element: Element, words: string): string {
  const { tagName } = element;
  const { fontWeight: weight, fontStyle } = styleOf(element);
  // An editor wraps what it copies in a <b> that says it is none.
  const bold = weight === "" ? tagName === "B" || tagName === "STRONG" : BOLD.test(weight);
  const slanted = fontStyle === "" ? tagName === "I" || tagName === "EM" : fontStyle === "italic";
  const struck = tagName === "S" || tagName === "DEL" || tagName === "STRIKE";
  let text = words;
  if (struck) text = around(text, "~~");
  if (slanted) text = around(text, "*");
  if (bold) text = around(text, "**");
  return text;
}

/** Marks stand at the words and not at the spaces around them, or they are none. */
function around(text: string, mark: string): string {
  const words = text.trim();
  if (words === "" || words.includes("\n\n")) return text;
  const before = text.slice(0, text.length - text.trimStart().length);
  const after = text.slice(text.trimEnd().length);
  return `${before}${mark}${words}${mark}${after}`;
}

function codeOf(text: string): string {
  const words = text.replace(/\s+/g, " ").trim();
  if (words === "") return "";
  return words.includes("`") ? `\`\` ${words} \`\`` : `\`${words}\``;
}

/** What Markdown would take for a mark is meant as it stands. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>]/g, "\\$&");
}

function addressOf(href: string): string {
  return href.replaceAll(" ", "%20").replaceAll("(", "%28").replaceAll(")", "%29");
}

/** Words as a paragraph: line breaks stay, and a line that would begin a list or a heading does not. */
function tidy(words: string): string {
  return words
    .replace(/ {2,}/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .trim()
    .replace(/^(#{1,6} |[-+] |>)/gm, "\\$1")
    .replace(/^(\d+)([.)] )/gm, "$1\\$2")
    .replace(/\n/g, "  \n");
}

function oneLine(words: string): string {
  return words.replace(/\s+/g, " ").trim();
}

function prefixed(text: string, first: string, others: string): string {
  return text
    .split("\n")
    .map((line, at) => (at === 0 ? first + line : line === "" ? others.trimEnd() : others + line))
    .join("\n");
}

function isTooDeep(element: Element): boolean {
  let depth = 0;
  for (let at = element.parentElement; at && depth < DEEPEST; at = at.parentElement)
    if (["BLOCKQUOTE", "UL", "OL"].includes(at.tagName)) depth += 1;
  return depth === DEEPEST;
}

function holdsBlocks(element: Element): boolean {
  return BLOCKS.has(element.tagName) || [...element.children].some(holdsBlocks);
}

function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}
