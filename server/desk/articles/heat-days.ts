export const DAY_MS = 24 * 60 * 60_000;

/** Days since 1970, UTC. */
export function dayOf(millis: number): number {
  return Math.floor(millis / DAY_MS);
}
