import fc from "fast-check";
import { expect, test } from "vitest";
import { backOff } from "./back-off.ts";

test("Full jitter lies anywhere between nothing and a ceiling that doubles, and never beyond the last", () => {
  fc.assert(
    fc.property(fc.nat(2_000), fc.integer({ min: 1, max: 5_000 }), fc.nat(60_000), (failures, from, more) => {
      const waited = backOff(failures, from, from + more);
      expect(waited).toBeGreaterThanOrEqual(0);
      expect(waited).toBeLessThanOrEqual(Math.min(from * 2 ** failures, from + more));
    }),
    { seed: 11, numRuns: 2_000 },
  );
});

test("Full jitter spreads evenly: a herd of 5,000 puts its tenth into each tenth of the time", () => {
  const tenths = new Array<number>(10).fill(0);
  const draw = random(7);
  const { random: own } = Math;
  Math.random = draw;
  for (let i = 0; i < 5_000; i++) {
    const tenth = Math.floor(backOff(3, 500, 30_000) / 400);
    tenths[tenth] = (tenths[tenth] ?? 0) + 1;
  }
  Math.random = own;
  // Five standard deviations of a binomial draw around 500.
  for (const count of tenths) expect(Math.abs(count - 500)).toBeLessThan(5 * Math.sqrt(5_000 * 0.1 * 0.9));
});

/** mulberry32: the same numbers at each run. */
function random(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
