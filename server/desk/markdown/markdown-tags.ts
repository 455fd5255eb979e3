import { decodeHTML } from "entities";

/** A piece of raw HTML, as it stands in Markdown. */
export type Tag =
  | { type: "open"; tag: string; attrs: ReadonlyMap<string, string>; raw: string; closed: boolean }
  | { type: "close"; tag: string; raw: string }
  | { type: "text"; text: string };

const NAME = /[a-zA-Z][a-zA-Z0-9:-]*/y;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;

/** Cuts raw HTML into tags and text. Comments and declarations vanish. One pass, whatever is left open. */
export function scanTags(html: string): Tag[] {
  const found: Tag[] = [];
  let at = 0;
  const text = (end: number) => {
    if (end > at) found.push({ type: "text", text: decodeHTML(html.slice(at, end)) });
  };
  for (let from = html.indexOf("<"); from !== -1; from = html.indexOf("<", from)) {
    const next = html[from + 1];
    if (next === "!" || next === "?") {
      text(from);
      const mark = html.startsWith("<!--", from) ? "-->" : ">";
      const end = html.indexOf(mark, from + 2);
      at = end === -1 ? html.length : end + mark.length;
      from = at;
      continue;
    }
    NAME.lastIndex = next === "/" ? from + 2 : from + 1;
    const name = NAME.exec(html)?.[0];
    if (!name) {
      from++;
      continue;
    }
    const end = endOfTag(html, NAME.lastIndex);
    if (end === undefined) break;
    text(from);
    at = end + 1;
    const raw = html.slice(from, at);
    const tag = name.toLowerCase();
    if (next === "/") found.push({ type: "close", tag, raw });
    else {
      const inside = html.slice(NAME.lastIndex, end);
      found.push({ type: "open", tag, attrs: attributesOf(inside), raw, closed: inside.endsWith("/") });
    }
    from = at;
  }
  text(html.length);
  return found;
}

function endOfTag(html: string, from: number): number | undefined {
  let quote: string | undefined;
  for (let at = from; at < html.length; at++) {
    const char = html.charAt(at);
    if (quote) {
      if (char === quote) quote = undefined;
    } else if (char === '"' || char === "'") quote = char;
    else if (char === ">") return at;
  }
  return undefined;
}

function attributesOf(inside: string): Map<string, string> {
  const attrs = new Map<string, string>();
  for (const [, name, double, single, bare] of inside.matchAll(ATTRIBUTE)) {
    if (name) attrs.set(name.toLowerCase(), decodeHTML(double ?? single ?? bare ?? ""));
  }
  return attrs;
}
