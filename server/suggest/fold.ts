import { SIMPLIFIED, TRADITIONAL } from "./simplified.ts";

/** Longer texts are cut: a question is short, and an article says what it is about early on. */
const MAX_CHARS = 200_000;

/** Marks that people leave out when they type: accents, Hebrew points, Arabic vowel signs and the stretching stroke. */
const OPTIONAL_MARKS = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u0640\u064b-\u065f\u0670]/g;
/** The only accents that make another letter: й is not и. */
const SHORT_I = /\u0438\u0306/g;
const ARABIC_ALEF = /[أإآٱ]/g;
const APOSTROPHES = /[\u2018\u2019\u02bc\u0060\u00b4]/g;

const toSimplified = new Map(zip([...TRADITIONAL], [...SIMPLIFIED]));

/** The form in which texts are compared: compatibility forms, lower case, Simplified Chinese; accents stay (see `bare`). */
export function fold(text: string): string {
  const normal = text.slice(0, MAX_CHARS).toWellFormed().normalize("NFKC").toLowerCase().replace(APOSTROPHES, "'");
  return simplify(normal);
}

/** Takes accents and other marks off, which people do not type reliably. Stem first: stemmers need them. */
export function bare(folded: string): string {
  if (isAscii(folded)) return folded;
  return folded
    .normalize("NFD")
    .replace(SHORT_I, "й")
    .replace(OPTIONAL_MARKS, "")
    .normalize("NFC")
    .replace(ARABIC_ALEF, "ا")
    .replaceAll("ى", "ي")
    .replaceAll("ة", "ه")
    .replaceAll("ß", "ss")
    .replaceAll("ı", "i");
}

function simplify(text: string): string {
  if (isAscii(text)) return text;
  let out = "";
  for (const char of text) out += toSimplified.get(char) ?? char;
  return out;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

function zip(keys: string[], values: string[]): [string, string][] {
  return keys.map((key, i) => [key, values[i] ?? key]);
}
