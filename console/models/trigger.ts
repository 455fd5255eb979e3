import type { WritingMode } from "./drafts.ts";

export type PickerKind = "article" | "reply" | "mention";

/** A word at the caret that opens a picker: `#move booking|`. */
export interface Trigger {
  readonly kind: PickerKind;
  readonly query: string;
  readonly from: number;
  readonly to: number;
}

// Chinese layouts type the full-width forms, and 、 where / is.
const MARKS: Readonly<Record<string, PickerKind>> = {
  "#": "article",
  "＃": "article",
  "/": "reply",
  "、": "reply",
  "@": "mention",
  "＠": "mention",
};
const QUERY_LENGTH = 40;
const QUERY_WORDS = 4;

/** Finds the trigger that the caret stands in, if any. Pure. */
export function triggerAt(text: string, caret: number, mode: WritingMode): Trigger | undefined {
  const from = Math.max(0, caret - QUERY_LENGTH - 1);
  for (let at = caret - 1; at >= from; at--) {
    const char = text[at] ?? "";
    if (char === "\n") return undefined;
    const kind = MARKS[char];
    if (kind === undefined || !startsWord(text, at, char)) continue;
    const query = text.slice(at + 1, caret);
    if (!fits(kind, query) || (kind === "mention" && mode === "reply")) return undefined;
    return { kind, query: query.trim(), from: at, to: caret };
  }
  return undefined;
}

/** An address has slashes, a colour has a hash, and 、 separates words: only what begins a word is meant for us. */
function startsWord(text: string, at: number, char: string): boolean {
  const before = text[at - 1];
  if (before === undefined || /\s/.test(before)) return true;
  // Chinese is written without spaces: # and @ may follow a Han character directly.
  return !"/、".includes(char) && /[\p{Script=Han}，。！？：；（]/u.test(before);
}

function fits(kind: PickerKind, query: string): boolean {
  if (kind !== "article") return !/\s/.test(query);
  return !/^[\s\d]/.test(query) && query.trim().split(/\s+/).length <= QUERY_WORDS && !/\s{2}$/.test(query);
}
