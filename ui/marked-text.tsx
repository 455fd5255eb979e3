/** Half-open ranges of UTF-16 positions, in order, not overlapping. */
export type Marks = readonly (readonly [start: number, end: number])[];

/** Text with the matched parts as `<mark>`. */
export function MarkedText({ text, marks }: { text: string; marks: Marks }) {
  let from = 0;
  return (
    <>
      {marks.map(([start, end]) => {
        const before = text.slice(from, start);
        from = end;
        return [before, <mark key={start}>{text.slice(start, end)}</mark>];
      })}
      {text.slice(from)}
    </>
  );
}

const HAN_RUN = /\p{Script=Han}/u;
const WORD = /\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;
/** A word of this many letters also marks the words it begins ("refund", "refunds"). */
const PREFIX_LENGTH = 4;

/** Where words of `query` stand in `text`: whole words and beginnings of words, and pairs of Han characters. */
export function findMarks(text: string, query: string): Marks {
  const asked = wordsOf(query);
  const words = new Set(asked.map(({ word }) => word));
  const pairs = new Set(asked.map(({ word }, at) => word + (asked[at + 1]?.word ?? "")));
  const found: [number, number][] = [];
  const add = (start: number, end: number) => {
    const last = found.at(-1);
    if (last && last[1] >= start) last[1] = Math.max(last[1], end);
    else found.push([start, end]);
  };
  const stood = wordsOf(text);
  stood.forEach(({ word, start, end }, at) => {
    const next = stood[at + 1];
    if (HAN_RUN.test(word)) {
      if (next && next.start === end && pairs.has(word + next.word)) add(start, next.end);
    } else if (word.length > 1 && (words.has(word) || asked.some(({ word: begun }) => begins(word, begun))))
      add(start, end);
  });
  return found;
}

function begins(word: string, begun: string): boolean {
  return begun.length >= PREFIX_LENGTH && word.startsWith(begun);
}

function wordsOf(text: string) {
  return Array.from(text.matchAll(WORD), (match) => ({
    word: match[0].toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }));
}
