const RANDOM_BYTES = 10;

let last = 0;

/** A UUIDv7 in lower case. Later ones of one page sort after earlier ones, also within a millisecond (D5). */
export function uuid7(now = Date.now()): string {
  last = Math.max(now, last + 1);
  const random = crypto.getRandomValues(new Uint8Array(RANDOM_BYTES));
  const hex =
    last.toString(16).padStart(12, "0") + Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
  // The last four bits are over: two of them choose the variant.
  const variant = "89ab"[Number(random[9]) & 3];
  return hex.replace(/(.{8})(.{4})(...).(...)(.{12})./, `$1-$2-7$3-${variant}$4-$5`);
}
