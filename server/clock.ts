/** The server's clock, in milliseconds since 1970: a port, so that tests and seeds can choose the time. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** ISO 8601 UTC with milliseconds, as times travel. */
export function toTime(millis: number): string {
  return new Date(millis).toISOString();
}
