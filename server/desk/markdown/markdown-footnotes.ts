import type { Env, MarkdownIt, Token } from "markdown-it";
import footnote from "markdown-it-footnote";
import type { Block, Inline, RichText } from "../../../protocol/rich-text.ts";
import { mapLinks } from "../../../protocol/rich-text-links.ts";

/*
 * `[^1]` in the text and `[^1]: …` anywhere below: a number in brackets, and the notes as a list at the end. Which notes
 * there are follows GitHub: numbered as they are first referred to, the first of a name counts, one that nobody refers
 * to is left out, and a reference without a note stays as it was written.
 */

/** Until the tree is finished a reference is a link to here, where no author's link can lead. */
const REFERENCE = "footnote:";
/** A name that is longer is none: each opening bracket looks for its end no further than this. */
const LONGEST_NAME = 200;
const MARK = new RegExp(`\\[\\^[^ \\n\\]]{1,${LONGEST_NAME}}\\]`, "y");

/** Teaches markdown-it footnotes, at a cost linear in the text's length, which the library's own end of it is not. */
export function addFootnotes(md: MarkdownIt): void {
  md.use(footnote);
  // `^[a-z]` is more often a pattern than a note, and GitHub knows no notes within the text.
  md.disable("footnote_inline");
  md.inline.ruler.before("footnote_ref", "footnote_name", (state, silent) => {
    if (!state.src.startsWith("[^", state.pos)) return false;
    MARK.lastIndex = state.pos;
    if (MARK.test(state.src)) return false;
    if (!silent) state.pending += "[";
    state.pos++;
    return true;
  });
  md.core.ruler.at("footnote_tail", (state) => {
    const { body, notes } = sorted(state.tokens);
    const named = listOf(state.env).map(({ label }) => notes.get(label) ?? []);
    state.tokens = body;
    if (named.length === 0) return;
    const add = (type: string, tag: string, nesting: 1 | 0 | -1) => {
      const token = new state.Token(type, tag, nesting);
      body.push(token);
      return token;
    };
    add("hr", "hr", 0);
    add("ordered_list_open", "ol", 1).attrSet("notes", "");
    for (const note of named) {
      add("list_item_open", "li", 1);
      for (const token of note) body.push(token);
      add("list_item_close", "li", -1);
    }
    add("ordered_list_close", "ol", -1);
  });
}

/** The words of a reference. */
export function wordsOfReference({ meta }: Token): string {
  return `[${Number(meta?.id) + 1}]`;
}

/** A reference, as long as headings are named and the words for the search are taken. */
export function referenceOf(words: string): Inline {
  return { type: "link", href: REFERENCE, children: [{ type: "text", text: words }] };
}

export function isReference(inline: Inline): boolean {
  return inline.type === "link" && inline.href === REFERENCE;
}

/** The text without its references; the notes stay. */
export function withoutReferences(blocks: readonly Block[]): RichText {
  return mapLinks(blocks, (link) => (isReference(link) ? [] : [link]));
}

/** The notes that are referred to, as the library counted them. */
function listOf(env: Env): { label: string }[] {
  return (env.footnotes as { list?: { label: string }[] } | undefined)?.list ?? [];
}

/** Takes notes out of the text, wherever they stand in it or in one another. */
function sorted(tokens: readonly Token[]) {
  const notes = new Map<string, Token[]>();
  const body: Token[] = [];
  const open = [body];
  for (const token of tokens) {
    if (token.type === "footnote_reference_open") {
      const name = String(token.meta?.label);
      const note: Token[] = [];
      if (!notes.has(name)) notes.set(name, note);
      open.push(note);
    } else if (token.type === "footnote_reference_close") open.pop();
    else open.at(-1)?.push(token);
  }
  return { body, notes };
}
