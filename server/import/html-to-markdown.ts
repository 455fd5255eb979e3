import TurndownService from "turndown";
import { toneOfClass } from "../desk/markdown/markdown-callouts.ts";
import { ENDS, VOID } from "../desk/markdown/markdown-elements.ts";
import { scanTags } from "../desk/markdown/markdown-tags.ts";

/*
 * The HTML that other help centres keep, as Markdown. What has no Markdown leaves its words; no element passes, and text
 * that only looks like one is written with entities.
 */

export interface HtmlContext {
  /** A link as it should stand in the text. */
  link(href: string): string;
  /** An image's address, whole. */
  image(src: string): string;
}

type Tone = NonNullable<ReturnType<typeof toneOfClass>>;
type Cell = HTMLTableCellElement;

const MARKS: Record<Tone, string> = { info: "NOTE", tip: "TIP", warning: "WARNING", danger: "CAUTION" };
/** Callouts that are named by a colour, or by the product. */
const COLOURS: Record<string, Tone> = {
  "callout-blue": "info",
  "callout-green": "tip",
  "callout-yellow": "warning",
  "callout-red": "danger",
  "intercom-interblocks-callout": "info",
};

/** Elements within one another; each level costs the service the text of all below it, and the last its stack. */
const DEEPEST = 500;

/** Throws a `RangeError` where elements lie deeper within one another than can be read. */
export function htmlToMarkdown(html: string, context: HtmlContext): string {
  if (isTooDeep(html)) throw new RangeError(`Cannot convert: elements lie more than ${DEEPEST} deep`);
  const service = new TurndownService({
    headingStyle: "atx",
    codeBlockStyle: "fenced",
    bulletListMarker: "-",
    emDelimiter: "*",
    hr: "---",
  });
  const mark = service.escape;
  service.escape = (text) =>
    mark
      .call(service, text)
      .replace(/&(?=#?\w+;)/g, "&amp;")
      .replaceAll("<", "&lt;")
      .replace(/~(?=~)/g, "\\~");
  service.remove(["script", "style", "noscript", "template", "button", "form"] as TurndownService.Filter);
  // Taken here, as what the service does to a whole text in the end tries every space of a long run.
  let whole = "";
  const root: TurndownService.Rule = {
    filter: (node) => node.nodeName === "X-ARTICLE",
    replacement: (content) => {
      whole += content;
      return "";
    },
  };
  for (const [name, rule] of Object.entries({ ...inlineRules(context), ...blockRules(), ...TABLE_RULES, root })) {
    service.addRule(name, rule);
  }
  const beside = service.turndown(`<x-article>${html.replaceAll("\r\n", "\n")}</x-article>`);
  return `${whole}${beside}`
    .replaceAll("\u00a0", " ")
    .replace(/(?<![ \t])[ \t]+$/gm, (end) => (end === "  " ? end : ""))
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** Elements that end by themselves are not counted. */
function isTooDeep(html: string): boolean {
  const open: string[] = [];
  for (const found of scanTags(html)) {
    if (found.type === "text" || VOID.has(found.tag) || ENDS.has(found.tag)) continue;
    if (found.type === "open") open.push(found.tag);
    else if (open.includes(found.tag)) open.length = open.lastIndexOf(found.tag);
    if (open.length > DEEPEST) return true;
  }
  return false;
}

function inlineRules({ link, image }: HtmlContext): Record<string, TurndownService.Rule> {
  return {
    link: {
      filter: (node) => node.nodeName === "A",
      replacement: (content, node) => {
        const href = (node as HTMLElement).getAttribute("href");
        if (!href || content.trim() === "") return content;
        return `[${content.replace(/\n+/g, " ").trim()}](${target(link(href))})`;
      },
    },
    image: {
      filter: "img",
      replacement: (_, node) => {
        const element = node as HTMLElement;
        const src = element.getAttribute("src") ?? "";
        const alt = (element.getAttribute("alt") ?? "").replace(/[[\]\n]/g, " ").trim();
        return src === "" ? "" : `![${alt}](${target(image(src))})`;
      },
    },
    video: {
      filter: ["iframe", "video"],
      replacement: (_, node) => {
        const src = (node as HTMLElement).getAttribute("src");
        if (!src) return "";
        const address = image(src);
        return `\n\n[${address}](${target(address)})\n\n`;
      },
    },
    strike: {
      filter: ["del", "s", "strike" as "s"],
      replacement: (content) => (content.trim() === "" ? content : `~~${content.trim()}~~`),
    },
  };
}

function blockRules(): Record<string, TurndownService.Rule> {
  const placeOf = createPlaces();
  return {
    code: {
      filter: "pre",
      replacement: (_, node) => {
        const element = node as HTMLElement;
        for (const br of Array.from(element.getElementsByTagName("br"))) br.replaceWith("\n");
        const text = (element.textContent ?? "").replace(/(?<!\n)\n+$/, "");
        const inner = element.getElementsByTagName("code")[0];
        const language = /\blanguage-([\w+#-]+)/.exec(`${element.className} ${inner?.className ?? ""}`)?.[1] ?? "";
        const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([ticks]) => ticks.length));
        const fence = "`".repeat(longest + 1);
        return text.trim() === "" ? "" : `\n\n${fence}${language}\n${text}\n${fence}\n\n`;
      },
    },
    item: {
      filter: "li",
      replacement: (content, node) => {
        const list = node.parentNode as HTMLElement | null;
        const start = Number(list?.getAttribute?.("start") ?? 1) || 1;
        const marker = list?.nodeName === "OL" ? `${start + placeOf(list, node)}. ` : "- ";
        const lines = content.trim().split("\n");
        return `${marker}${lines.join(`\n${" ".repeat(marker.length)}`)}${node.nextSibling ? "\n" : ""}`;
      },
    },
    callout: {
      filter: (node) => toneOf(node) !== undefined && ["DIV", "SECTION", "ASIDE", "P"].includes(node.nodeName),
      replacement: (content, node) => {
        const tone = toneOf(node as HTMLElement) ?? "info";
        const lines = content.trim().split("\n");
        return content.trim() === ""
          ? ""
          : `\n\n> [!${MARKS[tone]}]\n${lines.map((line) => `> ${line}`).join("\n")}\n\n`;
      },
    },
  };
}

/** Where an item stands among those of its list, which are counted once. */
function createPlaces(): (list: HTMLElement, item: Node) => number {
  const counted = new WeakMap<HTMLElement, Map<Node, number>>();
  return (list, item) => {
    let places = counted.get(list);
    if (!places) {
      const items = Array.from(list.children).filter(({ nodeName }) => nodeName === "LI");
      places = new Map(items.map((one, place) => [one, place]));
      counted.set(list, places);
    }
    return places.get(item) ?? -1;
  };
}

/** Tables: the first row is the head, for Markdown knows no table without one. */
const TABLE_RULES: Record<string, TurndownService.Rule> = {
  cell: {
    filter: ["th", "td"],
    replacement: (content, node) => {
      const span = Math.max(1, Number((node as Cell).getAttribute("colspan")) || 1);
      const text = content
        .trim()
        .replace(/(?<!\s)\s*\n\s*/g, " ")
        .replace(/(?<!\\)\|/g, "\\|");
      return `${text} |${" |".repeat(Math.min(span, 20) - 1)} `;
    },
  },
  row: {
    filter: "tr",
    replacement: (content) => `| ${content.trim()}\n`,
  },
  rows: {
    filter: ["thead", "tbody", "tfoot"],
    replacement: (content) => content,
  },
  table: {
    filter: "table",
    replacement: (content) => {
      const rows = content.split("\n").filter((line) => line.startsWith("|"));
      const width = Math.max(...rows.map(cellsOf), 1);
      const [head, ...body] = rows.map((row) => row + " |".repeat(width - cellsOf(row)));
      return head === undefined ? content : `\n\n${[head, `|${" --- |".repeat(width)}`, ...body].join("\n")}\n\n`;
    },
  },
};

function cellsOf(row: string): number {
  return (row.match(/(?<!\\)\|/g)?.length ?? 1) - 1;
}

function toneOf(node: HTMLElement): Tone | undefined {
  const names = node.className || "";
  for (const name of names.split(/\s+/)) if (Object.hasOwn(COLOURS, name)) return COLOURS[name];
  return toneOfClass(names);
}

/** An address as it may stand in parentheses. */
function target(address: string): string {
  const text = address.trim().replace(/\s/g, (space) => encodeURIComponent(space));
  return /[()<>]/.test(text)
    ? text.replace(/[()<>]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    : text;
}
