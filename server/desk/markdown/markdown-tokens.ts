import MarkdownIt, { type Token } from "markdown-it";
import { addFootnotes } from "./markdown-footnotes.ts";

export type { Token };

/** Containers inside one another; deeper ones are left out, so that no nesting costs more than its length. */
const DEEPEST = 50;
const CJK =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303F\uFF00-\uFFEF\u2018-\u201D\u2026\u2014]/u;

const markdown = createMarkdown();

/** CommonMark with GitHub's tables, strikes, footnotes and bare addresses, as a flat list of tokens. Linear in the text's length. */
export function tokensOf(source: string): Token[] {
  return markdown.parse(source, {});
}

function createMarkdown() {
  const md = new MarkdownIt({ html: true, linkify: true, maxNesting: DEEPEST });
  // Only what is written as an address: `setup.py` is no host in Paraguay.
  md.linkify.set({ fuzzyLink: false, fuzzyIP: false });
  // Addresses are judged in `markdown-links.ts`, where a refused one still leaves its words.
  md.validateLink = () => true;
  md.normalizeLink = (href) => href;
  md.normalizeLinkText = (text) => text;
  addFootnotes(md);
  md.inline.State = class extends md.inline.State {
    /**
     * CommonMark lets `**说明：**以下` open no emphasis, because it expects a space after punctuation where Chinese has
     * none. A neighbour from a script without spaces counts as a word's end here.
     */
    override scanDelims(start: number, canSplitWord: boolean) {
      const found = super.scanDelims(start, canSplitWord);
      const before = this.src.charAt(start - 1);
      const after = this.src.charAt(start + found.length);
      if (!CJK.test(before) && !CJK.test(after)) return found;
      return {
        ...found,
        can_open: found.can_open || /\S/.test(after),
        can_close: found.can_close || /\S/.test(before),
      };
    }
  };
  return md;
}
