import { bare, fold } from "./fold.ts";
import { runsOf } from "./runs.ts";
import type { Stem } from "./stems.ts";

/** A last word still being typed marks the words that begin with it, from this many characters on. */
const MIN_PREFIX_CHARS = 3;
const MAX_TEXT_CHARS = 100_000;
/** Of words in scripts without spaces. */
const MAX_WORD_CHARS = 6;

const segmenter = new Intl.Segmenter("zh", { granularity: "word" });

/** Which stretches of a text hold a word of the question, ascending and apart, in UTF-16 units. */
export function marksIn(q: string, text: string, stems: readonly Stem[]): [start: number, end: number][] {
  const wanted = new Set<string>();
  let prefix = "";
  const folded = fold(q);
  for (const { text: run, kind, at } of runsOf(folded)) {
    if (kind === "spaced") {
      for (const form of formsOf(run, stems)) wanted.add(form);
      prefix = at + run.length === folded.length && run.length >= MIN_PREFIX_CHARS ? bare(run) : "";
    } else {
      for (const word of wordsOf(run)) wanted.add(word);
    }
  }
  if (wanted.size === 0) return [];

  const marks: [number, number][] = [];
  for (const { text: run, kind, at } of runsOf(text.slice(0, MAX_TEXT_CHARS))) {
    if (kind === "spaced") {
      const word = fold(run);
      const found =
        formsOf(word, stems).some((form) => wanted.has(form)) || (prefix !== "" && bare(word).startsWith(prefix));
      if (found) add(marks, at, at + run.length);
    } else {
      markUnspaced(run, at, wanted, marks);
    }
  }
  return marks;
}

/** Only whole words of two characters or more: single characters would speckle the text. */
function markUnspaced(run: string, at: number, wanted: ReadonlySet<string>, marks: [number, number][]): void {
  // Character by character, so that folding cannot shift the offsets.
  const folded = Array.from(run, (char) => [...fold(char)][0] ?? char);
  const offsets: number[] = [];
  let offset = 0;
  for (const char of run) {
    offsets.push(offset);
    offset += char.length;
  }
  offsets.push(offset);
  for (let i = 0; i < folded.length; i++) {
    for (let length = Math.min(MAX_WORD_CHARS, folded.length - i); length >= 2; length--) {
      if (!wanted.has(folded.slice(i, i + length).join(""))) continue;
      add(marks, at + (offsets[i] ?? 0), at + (offsets[i + length] ?? 0));
      break;
    }
  }
}

function formsOf(word: string, stems: readonly Stem[]): string[] {
  const forms = stems.map((stem) => bare(stem(word)));
  return forms.length > 0 ? forms : [bare(word)];
}

/**
 * Words, and single characters with the one before them, as words that the segmenter does not know are cut into those, and
 * the last is often the beginning of a word still being typed.
 */
function* wordsOf(run: string): Generator<string> {
  let before = "";
  for (const { segment } of segmenter.segment(run)) {
    if ([...segment].length > 1) yield segment;
    else if (before !== "") yield before + segment;
    before = segment;
  }
}

/** Adds a stretch, growing the last one where they touch. */
function add(marks: [number, number][], start: number, end: number): void {
  const last = marks.at(-1);
  if (last && start <= last[1]) last[1] = Math.max(last[1], end);
  else marks.push([start, end]);
}
