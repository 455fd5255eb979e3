/**
 * What German needs beside Snowball's stemmer, by own rules: umlauts typed as two letters (as in Snowball's variant
 * "german2", which the library has not), verbs whose first part stands apart, and compounds. A compound is cut where
 * known words stand, not where a site's own do: those are not all known while its first articles are read.
 */
import { bare, fold } from "./fold.ts";
import { GERMAN_IDEAS, GERMAN_PARTS } from "./german-words.ts";

const MIN_COMPOUND_CHARS = 7;
const MAX_COMPOUND_CHARS = 40;
const MIN_PART_CHARS = 4;
const MIN_REST_CHARS = 3;
/** What stands between the parts of a compound. */
const JOINTS = ["", "s", "n", "en", "es", "e"];
const ENDINGS = ["", "e", "n", "en", "s", "es", "er"];

/** auf-ge-laden, frei-zu-schalten. */
const SEPARABLE =
  /^(ab|an|auf|aus|bei|durch|ein|fest|frei|her|hin|los|mit|nach|um|vor|weg|weiter|wieder|zu|zurück|zusammen)(?:ge|zu)(?=.{3,}(?:t|en)$)/;
/** What is left of "versuchen" without "suchen" makes another word of it, no compound. */
const PREFIX = /^(?:ver|zer|aus|auf|bei|durch|ein|nach|vor|her|hin|mit|miss)$/;
/** Snowball leaves "aktiviert", "aktivieren" and "Aktivierung" three stems. */
const FOREIGN_VERB = /(?<=...)iert?$/;

const parts = readParts();

/** Writes ä, ö and ü where a word has them as ae, oe and ue: "koennen", but not "neue" or "bequem". */
export function withUmlauts(word: string): string {
  if (!word.includes("e")) return word;
  return word
    .replaceAll("ae", "ä")
    .replaceAll("oe", "ö")
    .replace(/(?<![aeiouäöq])ue/g, "ü");
}

/** The stem of a folded word, by Snowball's `stem`. */
export function stemGerman(word: string, stem: (word: string) => string): string {
  return stem(withUmlauts(word).replace(SEPARABLE, "$1")).replace(FOREIGN_VERB, "i");
}

/** The words that a compound is put together of, as far as they are known, last first and without accents. */
export function partsOfGerman(word: string): string[] {
  const whole = bare(withUmlauts(word));
  if (whole.length < MIN_COMPOUND_CHARS || whole.length > MAX_COMPOUND_CHARS || parts.has(whole)) return [];
  for (let at = MIN_REST_CHARS; at <= whole.length - MIN_PART_CHARS; at++) {
    const last = whole.slice(at);
    if (!parts.has(last)) continue;
    const rest = whole.slice(0, at);
    if (PREFIX.test(rest)) return [];
    const joint = JOINTS.find((one) => rest.endsWith(one) && parts.has(rest.slice(0, rest.length - one.length)));
    return joint === undefined ? [last] : [last, rest.slice(0, rest.length - joint.length)];
  }
  return [];
}

function readParts(): ReadonlySet<string> {
  const found = new Set<string>();
  for (const word of `${GERMAN_IDEAS} ${GERMAN_PARTS}`.split(/\s+/)) {
    const form = bare(fold(word));
    if (form.length < MIN_PART_CHARS) continue;
    for (const ending of ENDINGS) found.add(form + ending);
  }
  return found;
}
