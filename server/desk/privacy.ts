/**
 * An e-mail address, or the beginning of one: questions are looked up while they are typed. It is looked for where a word
 * begins and nowhere within it, or one word of 10,000 letters takes a tenth of a second.
 */
const EMAIL = /(?<![^\s@<>()[\],;:"'])[^\s@<>()[\],;:"']+@[^\s@<>()[\],;:"']*/gu;
/** Order numbers, phones, cards: digits that belong together, however they are spaced. */
const NUMBER = /\+?\p{Nd}(?:[\s.()/-]?\p{Nd}){4,}/gu;
const GONE = "…";

/**
 * A question without what would tell who asked: e-mail addresses (begun ones as well), numbers of five digits or more,
 * and the names that the visitor gave.
 */
export function withoutPersonal(text: string, names: readonly (string | undefined)[] = []): string {
  let stripped = text.replace(EMAIL, GONE).replace(NUMBER, GONE);
  for (const name of names.flatMap(partsOf)) stripped = stripped.replace(wordLike(name), GONE);
  return stripped.replace(/\s+/g, " ").trim();
}

/** A name, and its parts where they are long enough to mean a person. */
function partsOf(name: string | undefined): string[] {
  const whole = name?.trim() ?? "";
  if (whole.length < 2) return [];
  return [whole, ...whole.split(/\s+/).filter((part) => part.length > 2)];
}

function wordLike(name: string): RegExp {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  // Han names stand without spaces; others must not be cut out of the middle of a word.
  return /\p{Script=Han}/u.test(name)
    ? new RegExp(escaped, "gu")
    : new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "giu");
}
