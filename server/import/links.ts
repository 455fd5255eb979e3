/* Addresses of links as they stand in Markdown, outside of code. */

const FENCE = /^\s*(```+|~~~+)/;
/** Every second part of a split line is code. */
const CODE = /(`+[^`]*`+)/;
const INLINE = /(\]\(\s*)(<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)/g;
const DEFINITION = /^(\s{0,3}\[[^\]\n]+\]:\s*)(<[^<>\n]*>|\S+)/;

/** Replaces the addresses of links and images that `replace` has another for. */
export function rewriteLinks(markdown: string, replace: (href: string) => string | undefined): string {
  let fence: string | undefined;
  const swap = (whole: string, before: string, written: string) => {
    const href = written.startsWith("<") ? written.slice(1, -1) : written;
    const next = href === "" ? undefined : replace(href);
    return next === undefined ? whole : `${before}${next}`;
  };
  return markdown
    .split("\n")
    .map((line) => {
      const mark = FENCE.exec(line)?.[1];
      if (mark && (fence === undefined || line.trim().startsWith(fence)))
        fence = fence === undefined ? mark : undefined;
      if (fence !== undefined || mark) return line;
      const parts = line.split(CODE);
      return parts
        .map((part, index) => (index % 2 === 1 ? part : part.replace(INLINE, swap)))
        .join("")
        .replace(DEFINITION, swap);
    })
    .join("\n");
}

/** The addresses of links and images, each once. */
export function linksIn(markdown: string): string[] {
  const found = new Set<string>();
  rewriteLinks(markdown, (href) => void found.add(href));
  return [...found];
}

/** The path of a link, decoded, and what follows it. */
export function splitLink(href: string): { path: string; rest: string } {
  const at = href.search(/[?#]/);
  const path = at === -1 ? href : href.slice(0, at);
  const rest = at === -1 ? "" : href.slice(at);
  try {
    return { path: decodeURIComponent(path), rest };
  } catch {
    return { path, rest };
  }
}

/** A path as it may stand in parentheses. */
export function encodePath(path: string): string {
  return path.split("/").map(encodePart).join("/");
}

function encodePart(part: string): string {
  return encodeURIComponent(part).replace(/[()]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);
}

/** Whether an address leads out of the folder, or within the same text. */
export function isElsewhere(href: string): boolean {
  return href.startsWith("#") || /^[a-z][a-z0-9+.-]*:|^\/\//i.test(href);
}
