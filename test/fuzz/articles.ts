import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const HELP = join(import.meta.dirname, "../../demo/help-en/articles");
const FIRST_HAN = 0x4e00;
const HAN = 0x51a5;
const FULL_WIDTH: Readonly<Record<string, string>> = {
  ",": "，",
  ".": "。",
  ":": "：",
  "?": "？",
  "!": "！",
  ";": "；",
};

/**
 * Markdown as help centres write it, to be mutated: the demo's articles, the same in Han characters, and those of the
 * folder that `FUZZ_ARTICLES` names, where it names one.
 */
export function helpArticles(folder = process.env.FUZZ_ARTICLES): string[] {
  const english = markdownOf(HELP);
  return [...english, ...english.map(inHan), ...(folder === undefined ? [] : markdownOf(folder))];
}

/**
 * A text without spaces between its words, with full-width marks, and otherwise the same Markdown: what delimits is told
 * apart by what stands beside it, so other letters are another text to the parser.
 */
export function inHan(text: string): string {
  return text
    .replace(/[A-Za-z]+/g, (word) => [...word].map(han).join("").slice(0, 4))
    .replace(/(?<=\p{Script=Han})[,.:?!;](?=\s|$)/gu, (mark) => FULL_WIDTH[mark] ?? mark)
    .replace(/(?<=[\p{Script=Han}，。：？！；]) (?=\p{Script=Han})/gu, "");
}

function han(letter: string, at: number): string {
  return String.fromCodePoint(FIRST_HAN + ((letter.charCodeAt(0) * 197 + at * 7919) % HAN));
}

function markdownOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => readFileSync(join(folder, name), "utf8"));
}
