/** The server's clock, in milliseconds since 1970: a port, so that tests and seeds can choose the time. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

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
