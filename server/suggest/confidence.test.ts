import { describe, expect, it } from "vitest";
import type { Held } from "./articles.ts";
import { createConfidence, strengthOf, THRESHOLD } from "./confidence.ts";

const SITE = 80;
/** As strong as it must be in a site of eighty articles to answer as often as not. */
const EVEN = 0.493;
const held = (slot: number) => ({ slot }) as Held;
const chancesOf = (confidence: ReturnType<typeof createConfidence>, ...strengths: number[]) =>
  confidence.calibrate(strengths.map((strength, at) => ({ held: held(at), strength, chance: 1 / (at + 1) })));
const chanceOf = (strength: number, articles = SITE) =>
  chancesOf(
    createConfidence(() => articles),
    strength,
  )[0]?.score;

describe("strength", () => {
  it("grows with how well an article fits, and with how much the question tells", () => {
    expect(strengthOf(0.4, 20)).toBeGreaterThan(strengthOf(0.3, 20));
    expect(strengthOf(0.4, 30)).toBeGreaterThan(strengthOf(0.4, 20));
    expect(strengthOf(0.4, 15)).toBeCloseTo(0.8, 9);
  });

  it("is the same for all that tell next to nothing, so that a single common word finds something", () => {
    expect(strengthOf(0.4, 0)).toBe(strengthOf(0.4, 8));
    expect(strengthOf(0.4, 9)).toBeGreaterThan(strengthOf(0.4, 8));
  });
});

describe("confidence", () => {
  it("is a half at the strength that says as much, and rises and falls steeply from there", () => {
    expect(chanceOf(EVEN)).toBeCloseTo(0.5, 6);
    expect(chanceOf(EVEN * 1.2)).toBeCloseTo(0.749, 3);
    expect(chanceOf(EVEN / 1.2)).toBeCloseTo(0.251, 3);
    expect(chanceOf(0)).toBe(0);
    expect(chanceOf(Number.MAX_VALUE)).toBe(1);
  });

  it("asks for more where there are more articles, of which one always fits a little", () => {
    expect(chanceOf(EVEN, 800)).toBeLessThan(0.2);
    expect(chanceOf(0.665, 800)).toBeCloseTo(0.5, 2);
    expect(chanceOf(EVEN, 8)).toBeGreaterThan(0.8);
    expect(chanceOf(EVEN, 0)).toBe(chanceOf(EVEN, 1));
  });

  it("of those behind the best is its own, as much smaller as their chances are, and never more", () => {
    const [best, second] = chancesOf(
      createConfidence(() => SITE),
      EVEN,
      10 * EVEN,
    );
    expect([best?.score, second?.score]).toEqual([expect.closeTo(0.5, 6), expect.closeTo(0.25, 6)]);
    const confidence = createConfidence(() => SITE);
    const likelier = confidence.calibrate([
      { held: held(0), strength: EVEN, chance: 0.2 },
      { held: held(1), strength: EVEN, chance: 0.4 },
    ]);
    expect(likelier.map(({ score }) => score)).toEqual([expect.closeTo(0.5, 6), expect.closeTo(0.5, 6)]);
    expect(confidence.calibrate([])).toEqual([]);
  });
});

describe("a site's own questions", () => {
  const shownAt = (strength: number, past: readonly number[]) => {
    const confidence = createConfidence(() => SITE);
    confidence.refit(past);
    return (chancesOf(confidence, strength)[0]?.score ?? 0) >= THRESHOLD;
  };
  /** The weakest strength that is shown, to a thousandth. */
  const leastShown = (past: readonly number[]) => {
    for (let strength = 0.001; ; strength += 0.001) if (shownAt(strength, past)) return strength;
  };
  const usual = leastShown([]);
  const many = (strength: number, n = 20) => Array.from({ length: n }, () => strength);

  it("that were answered rightly though they were weak let weaker ones be shown, half the way at a time", () => {
    expect(leastShown(many(usual * 0.8))).toBeCloseTo(usual * Math.sqrt(0.8), 2);
    expect(leastShown(many(usual * 1.25))).toBeCloseTo(usual * Math.sqrt(1.25), 2);
  });

  it("move it by a third at most, however far off they are", () => {
    expect(leastShown(many(usual / 100))).toBeCloseTo(usual / 1.3, 2);
    expect(leastShown(many(usual * 100))).toBeCloseTo(usual * 1.3, 2);
  });

  it("say nothing while there are few, and the weakest in twenty does not count, in whatever order they come", () => {
    expect(leastShown(many(usual / 100, 19))).toBe(usual);
    const [strong, weak] = [many(usual, 58), many(usual / 100, 2)];
    expect(leastShown([...weak, ...strong])).toBe(leastShown(many(usual)));
    expect(leastShown([...strong, ...weak])).toBe(leastShown(many(usual)));
    expect(leastShown([...strong, ...weak, ...weak])).toBeCloseTo(usual / 1.3, 2);
  });
});
