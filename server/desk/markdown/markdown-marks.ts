import type { Inline } from "../../../protocol/rich-text.ts";

/*
 * `{#anchor .class}` after a heading, a link, a figure: understood, never shown. Braces that hold anything else are text.
 */

const NAME = String.raw`[\p{L}\p{N}_:.-]+`;
/** Each name can be read in one way only, as a dot is part of the one before: forty dots in two ways each never end. */
const NAMES = String.raw`\s?\{:?\s*([#.]${NAME}(?:\s*#${NAME}|\s+\.${NAME})*\s*)\}`;
const MARK = new RegExp(`^${NAMES}`, "u");
const WHOLE = new RegExp(String.raw`^${NAMES}\s*$`, "u");
const LONGEST = 200;

/** The inlines of one block without their marks, and the anchor that one at the end named. */
export function takeMarks(inlines: readonly Inline[]): { inlines: Inline[]; anchor?: string } {
  let anchor: string | undefined;
  const kept: Inline[] = [];
  for (const [index, inline] of inlines.entries()) {
    if (inline.type !== "text") {
      kept.push(inline);
      continue;
    }
    let { text } = inline;
    const before = inlines[index - 1];
    if (before && before.type !== "text") {
      const found = text.length > 0 ? MARK.exec(text.slice(0, LONGEST)) : null;
      if (found) text = text.slice(found[0].length);
    }
    const next = inlines[index + 1];
    const open = text.lastIndexOf("{");
    if (open !== -1 && text.length - open < LONGEST && (!next || next.type === "break")) {
      const start = open > 0 && text.charAt(open - 1) === " " ? open - 1 : open;
      const found = WHOLE.exec(text.slice(start));
      if (found) {
        anchor = /#([^\s#.][^\s#]*)/.exec(found[1] ?? "")?.[1] ?? anchor;
        text = text.slice(0, start);
      }
    }
    if (text !== "") kept.push({ type: "text", text });
  }
  return anchor === undefined ? { inlines: kept } : { inlines: kept, anchor };
}
