import { bare } from "./fold.ts";

/**
 * A light stemmer in the manner of Larkey, Ballesteros, Connell, "Light Stemming for Arabic Information Retrieval" (2007),
 * with the possessive endings of everyday questions. Snowball's takes the first letter of بطاقة for a preposition.
 */
const ARTICLES = ["وال", "بال", "كال", "فال", "ولل", "لل", "ال"];
const ENDINGS = ["هما", "كما", "تين", "تان", "ها", "هم", "كم", "نا", "ان", "ات", "ون", "ين", "يه", "ه", "ي", "ك"];
const MIN_CHARS = 3;

export function stemArabic(word: string): string {
  let stem = bare(word);
  if (stem.startsWith("و") && stem.length > MIN_CHARS + 1 && !stem.startsWith("وال")) stem = stem.slice(1);
  const article = ARTICLES.find((prefix) => stem.startsWith(prefix) && stem.length - prefix.length >= MIN_CHARS - 1);
  if (article) stem = stem.slice(article.length);
  const ending = ENDINGS.find((suffix) => stem.endsWith(suffix) && stem.length - suffix.length >= MIN_CHARS);
  if (ending) stem = stem.slice(0, -ending.length);
  // Before an ending, the final ة of a noun is written ت: بطاقتي is بطاقة too.
  return stem.endsWith("ت") && stem.length > MIN_CHARS ? stem.slice(0, -1) : stem;
}
