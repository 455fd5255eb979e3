/** The server's clock, in milliseconds since 1970: a port, so that tests and seeds can choose the time. */
export interface Clock {
  now(): number;
  /**
   * For what ends by itself, where it differs from `now`: never further ahead than the process has lived and a day, so
   * that a clock which jumps by a year signs nobody out.
   */
  steady?(): number;
}

const BELIEVED_JUMP_MS = 24 * 60 * 60 * 1000;
const began = { at: Date.now(), counted: performance.now() };

export const systemClock: Clock = {
  now: () => Date.now(),
  steady: () => Math.min(Date.now(), began.at + performance.now() - began.counted + BELIEVED_JUMP_MS),
};

const KEPT_TIMES = 2_000;
const times = new Map<number, string>();

/** ISO 8601 UTC with milliseconds, as times travel. The same few are written again and again: they are kept. */
export function toTime(millis: number): string {
  const kept = times.get(millis);
  if (kept !== undefined) return kept;
  const time = new Date(millis).toISOString();
  if (times.size >= KEPT_TIMES) times.clear();
  times.set(millis, time);
  return time;
}
