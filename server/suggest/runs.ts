/** What a stretch of text is written in decides how it is cut into words. */
export type RunKind = "spaced" | "han" | "hangul" | "unspaced";

export interface Run {
  kind: RunKind;
  text: string;
  /** Offset in the text it was cut from. */
  at: number;
}

/**
 * Scripts first, words second: `\p{L}` includes Han, so without this "ACH扣款日" would be one word.
 * Apostrophes inside a word stay with it.
 */
const RUNS =
  /(?<han>[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー々〆]+)|(?<hangul>\p{sc=Hang}+)|(?<unspaced>[\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]+)|[[\p{L}\p{M}\p{N}]--[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}ー々〆]]+(?:'[[\p{L}\p{M}\p{N}]--[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}ー々〆]]+)*/gv;

/** The stretches of one script in a text, without what stands between them. */
export function* runsOf(text: string): Generator<Run> {
  for (const match of text.matchAll(RUNS)) {
    const { han, hangul, unspaced } = match.groups ?? {};
    const kind = han ? "han" : hangul ? "hangul" : unspaced ? "unspaced" : "spaced";
    yield { kind, text: match[0], at: match.index };
  }
}
