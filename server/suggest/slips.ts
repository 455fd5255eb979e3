/** Shorter texts differ by a letter or two and mean other things. */
const MIN_CHARS = 15;
/** Of a text's characters, so many may be wrong: one in eight. */
const MAX_SHARE = 1 / 8;
/** Two rows of the table, kept: most comparisons end after a few cells, and making rows would take longer than those. */
let before = new Uint16Array(1024);
let row = new Uint16Array(1024);

/**
 * How many characters must be changed, added or left out to make one text another (Levenshtein, "Binary codes capable of
 * correcting deletions, insertions, and reversals", 1966), or infinity where one is not the other with a few slips. Only
 * the stretch around the diagonal that can still be within the bound is looked at (Ukkonen, 1985).
 */
export function slipsBetween(one: string, other: string): number {
  const most = Math.floor(Math.min(one.length, other.length) * MAX_SHARE);
  if (Math.min(one.length, other.length) < MIN_CHARS || Math.abs(one.length - other.length) > most) {
    return Number.POSITIVE_INFINITY;
  }
  const beyond = most + 1;
  if (before.length <= other.length + 1) {
    before = new Uint16Array(2 * other.length + 2);
    row = new Uint16Array(2 * other.length + 2);
  }
  for (let j = 0; j <= Math.min(other.length, beyond); j++) before[j] = j;
  for (let i = 1; i <= one.length; i++) {
    const from = Math.max(1, i - most);
    const to = Math.min(other.length, i + most);
    row[from - 1] = from === 1 ? Math.min(i, beyond) : beyond;
    let least = row[from - 1] as number;
    for (let j = from; j <= to; j++) {
      const changed = (before[j - 1] as number) + (one[i - 1] === other[j - 1] ? 0 : 1);
      const cell = Math.min(changed, (before[j] as number) + 1, (row[j - 1] as number) + 1, beyond);
      row[j] = cell;
      if (cell < least) least = cell;
    }
    if (to < other.length) row[to + 1] = beyond;
    if (least >= beyond) return Number.POSITIVE_INFINITY;
    [before, row] = [row, before];
  }
  const slips = before[other.length] as number;
  return slips > most ? Number.POSITIVE_INFINITY : slips;
}
