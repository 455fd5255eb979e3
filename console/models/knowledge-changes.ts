import { diffArrays, diffLines } from "diff";

/** A run of characters: as it was, taken out, or put in. */
export interface Stretch {
  readonly kind: "same" | "gone" | "came";
  readonly text: string;
}

/** Some lines of a text with what changed in them, or so many that did not change and are left out. */
export type Passage = { readonly stretches: readonly Stretch[] } | { readonly skipped: number };

/** Lines shown around a change. */
const AROUND = 1;
/** Texts further apart than this share nothing worth showing word by word. */
const MOST_EDITS = 1_000;
/** The share of a passage that must be as it was. */
const ALIKE = 0.4;

/** What changed from one text to another, word by word, with the lines around it. Pure; empty where nothing did. */
export function changesOf(before: string, now: string): readonly Passage[] {
  const stretches: Stretch[] = [];
  const parts = diffLines(ended(before), ended(now));
  for (let at = 0; at < parts.length; at++) {
    const [part, next] = [parts[at], parts[at + 1]];
    if (!part) break;
    if (part.removed && next?.added) {
      stretches.push(...wordsOf(part.value, next.value));
      at += 1;
    } else stretches.push({ kind: part.removed ? "gone" : part.added ? "came" : "same", text: part.value });
  }
  return passagesOf(stretches);
}

/** Text without a last line break would differ from the same with one. */
function ended(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

function wordsOf(before: string, now: string): Stretch[] {
  const words = new Intl.Segmenter(undefined, { granularity: "word" });
  const split = (text: string) => [...words.segment(text)].map(({ segment }) => segment);
  const parts = diffArrays(split(before), split(now), { maxEditLength: MOST_EDITS });
  const alike = parts
    ?.filter(({ added, removed }) => !added && !removed)
    .reduce((n, { value }) => n + value.join("").length, 0);
  // Two sentences that share a few small words are easier to read one after the other.
  if (!parts || (alike ?? 0) < ALIKE * Math.max(before.length, now.length))
    return [
      { kind: "gone", text: before },
      { kind: "came", text: now },
    ];
  return parts.map(({ removed, added, value }) => ({
    kind: removed ? "gone" : added ? "came" : "same",
    text: value.join(""),
  }));
}

function passagesOf(stretches: readonly Stretch[]): Passage[] {
  const passages: Passage[] = [];
  let shown: Stretch[] = [];
  const close = () => {
    if (shown.some(({ kind }) => kind !== "same")) passages.push({ stretches: shown });
    shown = [];
  };
  stretches.forEach((stretch, at) => {
    if (stretch.kind !== "same") {
      shown.push(stretch);
      return;
    }
    const lines = stretch.text.split(/(?<=\n)/);
    const [first, last] = [at === 0, at === stretches.length - 1];
    const kept = (first ? 0 : AROUND) + (last ? 0 : AROUND);
    if (lines.length <= kept + 1) {
      if (!(first && last)) shown.push(stretch);
      return;
    }
    if (!first) shown.push({ kind: "same", text: lines.slice(0, AROUND).join("") });
    close();
    if (!(first && last)) passages.push({ skipped: lines.length - kept });
    if (!last) shown.push({ kind: "same", text: lines.slice(-AROUND).join("") });
  });
  close();
  return passages;
}
