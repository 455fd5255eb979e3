/** A client says it is typing at most this often. */
export const TYPING_EVERY_MS = 3_000;
/** Typing is gone after this long without another pulse. */
export const TYPING_GONE_AFTER_MS = 6_000;
