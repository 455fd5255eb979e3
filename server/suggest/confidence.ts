import type { Held } from "./articles.ts";
import type { Candidate } from "./scorer.ts";

/** The least chance to answer that is worth showing: one in ten questions that no article answers gets above it. */
export const THRESHOLD = 0.15;

/**
 * Fitted by logistic regression on four sets in three languages, with and without past questions: how the chance that the
 * first article is right grows with how far its strength is above what chance likeness reaches.
 */
const STEEPNESS = 4;
const OFFSET = -2;
/** The strength that chance likeness reaches in a site of `FEW_ARTICLES`, and its growth with every e-fold of articles. */
const FEW_ARTICLES = 80;
const CHANCE_STRENGTH = 0.165;
const CHANCE_GROWTH = 0.03;
/** How far a site's own questions may move it, up or down. */
const MAX_SHIFT = 1.3;
const MIN_SAMPLES = 20;
/** Of questions that are answered rightly, the share that shall be shown. */
const SHOWN_SHARE = 0.95;

/** Turns strengths into chances, for one site. */
export interface Confidence {
  /** From candidates, best first, to the chances that they answer. */
  calibrate(candidates: readonly Candidate[]): { held: Held; score: number }[];
  /** Fits to the site: the strengths that past questions got when they were left out and still answered rightly. */
  refit(strengths: readonly number[]): void;
}

export function createConfidence(articles: () => number): Confidence {
  let shift = 1;

  return {
    calibrate(candidates) {
      const best = candidates[0];
      if (!best) return [];
      const chance = chanceOf(best.strength / (shift * chanceStrength()));
      return candidates.map((candidate) => ({
        held: candidate.held,
        score: chance * Math.min(1, candidate.chance / (best.chance || 1)),
      }));
    },
    refit(strengths) {
      if (strengths.length < MIN_SAMPLES) return;
      const sorted = strengths.toSorted((one, other) => one - other);
      const least = sorted[Math.floor(sorted.length * (1 - SHOWN_SHARE))] ?? 0;
      // Where the threshold would have to be for these to be shown; half the way there, as learned sites change.
      const wanted = least / (chanceStrength() * strengthAt(THRESHOLD));
      shift = Math.min(MAX_SHIFT, Math.max(1 / MAX_SHIFT, Math.sqrt(wanted)));
    },
  };

  function chanceStrength(): number {
    return CHANCE_STRENGTH + CHANCE_GROWTH * Math.log(Math.max(1, articles() / FEW_ARTICLES));
  }
}

function chanceOf(ratio: number): number {
  return ratio > 0 ? 1 / (1 + Math.exp(-(OFFSET + STEEPNESS * Math.log(ratio)))) : 0;
}

/** The inverse of `chanceOf`. */
function strengthAt(chance: number): number {
  return Math.exp((Math.log(chance / (1 - chance)) - OFFSET) / STEEPNESS);
}
