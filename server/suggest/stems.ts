import snowball from "snowball-stemmers";
import { partsOfGerman, stemGerman, withUmlauts } from "./german.ts";
import { stemArabic } from "./stem-arabic.ts";

/** Snowball's languages by the tag's language. English is the newer Porter stemmer. */
const ALGORITHMS: Record<string, string> = {
  hy: "armenian",
  eu: "basque",
  ca: "catalan",
  cs: "czech",
  da: "danish",
  nl: "dutch",
  en: "english",
  fi: "finnish",
  fr: "french",
  de: "german",
  hu: "hungarian",
  it: "italian",
  ga: "irish",
  nb: "norwegian",
  nn: "norwegian",
  no: "norwegian",
  pt: "portuguese",
  ro: "romanian",
  ru: "russian",
  es: "spanish",
  sl: "slovene",
  sv: "swedish",
  ta: "tamil",
  tr: "turkish",
};
/** Snowball is slow, so stems are remembered; bounded, as visitors choose the words. */
const MAX_REMEMBERED = 50_000;
const MAX_WORD_CHARS = 40;

/** A stemmer for the language of a tag; words of languages without one are left as they are. */
export interface Stem {
  (word: string): string;
  /** Where the language has more than a stemmer. */
  language?: string;
  /** The word with its language's own letters, where people type it with others. */
  spelled?(word: string): string;
  /** The words that it is put together of, without accents; none if it is not a compound. */
  parts?(word: string): string[];
}

const stemmers = new Map<string, Stem>();

/** The stemmer for a BCP 47 tag. */
export function stemmerFor(locale: string): Stem {
  const language = languageOf(locale);
  if (language === "ar") return stemArabic;
  const known = stemmers.get(language);
  if (known) return known;
  const snowballed = createStem(Object.hasOwn(ALGORITHMS, language) ? ALGORITHMS[language] : undefined);
  const stem = language === "de" ? german(snowballed) : snowballed;
  // Only languages that exist are kept: a locale comes from outside.
  if (Object.hasOwn(ALGORITHMS, language)) stemmers.set(language, stem);
  return stem;
}

/** `zh-Hant-TW` → `zh`. */
export function languageOf(locale: string): string {
  return locale.slice(0, 12).toLowerCase().split(/[-_]/, 1)[0] ?? "";
}

function german(snowballed: Stem): Stem {
  const stem: Stem = (word) => stemGerman(word, snowballed);
  return Object.assign(stem, { language: "de", spelled: withUmlauts, parts: partsOfGerman });
}

function createStem(algorithm: string | undefined): Stem {
  if (algorithm === undefined) return (word) => word;
  const stemmer = snowball.newStemmer(algorithm);
  const remembered = new Map<string, string>();
  return (word) => {
    const known = remembered.get(word);
    if (known !== undefined) return known;
    if (word.length > MAX_WORD_CHARS) return word;
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    const stem = stemmer.stem(word);
    remembered.set(word, stem);
    return stem;
  };
}
