const RANDOM_BYTES = 10;

let last = 0;

/** A UUIDv7 in lower case. Later ones of one page sort after earlier ones, also within a millisecond (D5). */
export function uuid7(now = Date.now()): string {
  last = Math.max(now, last + 1);
  const random = crypto.getRandomValues(new Uint8Array(RANDOM_BYTES));
  const hex =
    last.toString(16).padStart(12, "0") + Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const variant = (8 + (Number.parseInt(hex[15] ?? "0", 16) & 3)).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(12, 15)}-${variant}${hex.slice(16, 19)}-${hex.slice(19, 31)}`;
}
