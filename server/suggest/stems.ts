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
/** Languages whose little words lean on the next one: "qu'est", "dell'ordine". */
const ELIDING = new Set(["fr", "it", "ca"]);
const ELIDED = /^\p{L}{1,7}'(?=\p{L}{2})/u;

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
  const stem = createStem(language);
  // Only languages that exist are kept: a locale comes from outside.
  if (Object.hasOwn(ALGORITHMS, language)) stemmers.set(language, stem);
  return stem;
}

/** `zh-Hant-TW` → `zh`. */
export function languageOf(locale: string): string {
  return locale.slice(0, 12).toLowerCase().split(/[-_]/, 1)[0] ?? "";
}

function createStem(language: string): Stem {
  if (!Object.hasOwn(ALGORITHMS, language)) return (word) => word;
  const stemmer = snowball.newStemmer(ALGORITHMS[language] ?? "");
  const snowballed = (word: string) => (word.length > MAX_WORD_CHARS ? word : stemmer.stem(word));
  if (language === "de") {
    const stem: Stem = remembering((word) => stemGerman(word, snowballed));
    return Object.assign(stem, { language, spelled: withUmlauts, parts: remembering(partsOfGerman) });
  }
  return remembering(ELIDING.has(language) ? (word) => snowballed(word.replace(ELIDED, "")) : snowballed);
}

/** Snowball is slow, so what was found of a word is remembered; bounded, as visitors choose the words. */
function remembering<T>(of: (word: string) => T): (word: string) => T {
  const remembered = new Map<string, T>();
  return (word) => {
    const known = remembered.get(word);
    if (known !== undefined) return known;
    const found = of(word);
    if (word.length > MAX_WORD_CHARS) return found;
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(word, found);
    return found;
  };
}
