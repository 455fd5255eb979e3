/* Addresses of links as they stand in Markdown, outside of code. */

const FENCE = /^\s*(```+|~~~+)/;
/** Every second part of a split line is code. */
const CODE = /(`+[^`]*`+)/;
const INLINE = /(\]\(\s*)(<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)/g;
/** What HTML among Markdown shows. */
const ELEMENT = /(<img\b[^<>]*?\ssrc\s*=\s*)("[^"<>]*"|'[^'<>]*')/gi;
/** From its address back to its mark, as a mark may open and never close. */
const IMAGE = /(?<=!\[[^\]\n]*)\]\(\s*(<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)/g;
/** A footnote looks like one, and says words. */
const DEFINITION = /^(\s{0,3}\[(?!\^[^\s\]]+\])[^\]\n]+\]:\s*)(<[^<>\n]*>|\S+)/;

/** Replaces the addresses of links and images that `replace` has another for. */
export function rewriteLinks(markdown: string, replace: (href: string) => string | undefined): string {
  const swap = (whole: string, before: string, written: string) => {
    const next = replace(hrefOf(written));
    return next === undefined ? whole : `${before}${next}`;
  };
  const swapQuoted = (whole: string, before: string, written: string) => {
    const next = replace(hrefOf(written));
    return next === undefined ? whole : `${before}"${next}"`;
  };
  return outsideOfCode(
    markdown,
    (text) => text.replace(INLINE, swap).replace(ELEMENT, swapQuoted),
    (line) => line.replace(DEFINITION, swap),
  );
}

/** The addresses of images, each once. */
export function imagesIn(markdown: string): string[] {
  const found = new Set<string>();
  outsideOfCode(markdown, (text) => {
    for (const [, href = ""] of text.matchAll(IMAGE)) found.add(hrefOf(href));
    for (const [, , src = ""] of text.matchAll(ELEMENT)) found.add(hrefOf(src));
    return text;
  });
  return [...found];
}

/** The addresses of links and images, each once. */
export function linksIn(markdown: string): string[] {
  const found = new Set<string>();
  rewriteLinks(markdown, (href) => void found.add(href));
  found.delete("");
  return [...found];
}

/** Rewrites what stands between pieces of code, and then each line with code in it. */
function outsideOfCode(
  markdown: string,
  rewrite: (text: string) => string,
  rewriteLine: (line: string) => string = (line) => line,
): string {
  let fence: string | undefined;
  return markdown
    .split("\n")
    .map((line) => {
      const mark = FENCE.exec(line)?.[1];
      if (mark && (fence === undefined || line.trim().startsWith(fence)))
        fence = fence === undefined ? mark : undefined;
      if (fence !== undefined || mark) return line;
      const parts = line.split(CODE);
      return rewriteLine(parts.map((part, index) => (index % 2 === 1 ? part : rewrite(part))).join(""));
    })
    .join("\n");
}

/** Without what may stand around it. */
function hrefOf(written: string): string {
  return /^[<"']/.test(written) ? written.slice(1, -1) : written;
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
