import type { Held } from "./articles.ts";
import type { Candidate } from "./scorer.ts";

/** The least chance to answer that is worth showing: one in ten questions that no article answers gets above it. */
export const THRESHOLD = 0.45;

/**
 * Fitted by logistic regression on sites of 10 to 8,800 articles drawn from four sets in two languages, with and without
 * bodies and past questions, whole and half typed, each weighing the same: the chance that the first article is right and
 * not one of a site that answers something else grows with how well it fits, with how much the question tells, and falls
 * with the number of articles.
 */
const STEEPNESS = 6;
const TELLING = 0.25;
/** A single word that half of the titles hold tells next to nothing, but who types it searches, and wants to see some. */
const LEAST_TOLD = 8;
/** The strength at which both are equally likely in a site of `SOME_ARTICLES`, and how it grows with their number. */
const EVEN_STRENGTH = 0.493;
const SOME_ARTICLES = 80;
const GROWTH = 0.13;
/** How far a site's own questions may move it, up or down. */
const MAX_SHIFT = 1.3;
const MIN_SAMPLES = 20;
/** Of questions that are answered rightly, the share that shall be shown. */
const SHOWN_SHARE = 0.95;

/** How strongly a question points to an article that fits it 0…1, from the rarities of its words, summed. */
export function strengthOf(fit: number, told: number): number {
  return fit * (1 + Math.max(LEAST_TOLD, told)) ** TELLING;
}

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
      const chance = chanceOf(best.strength / (shift * evenStrength()));
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
      const wanted = least / (evenStrength() * strengthAt(THRESHOLD));
      shift = Math.min(MAX_SHIFT, Math.max(1 / MAX_SHIFT, Math.sqrt(wanted)));
    },
  };

  function evenStrength(): number {
    return EVEN_STRENGTH * (Math.max(1, articles()) / SOME_ARTICLES) ** GROWTH;
  }
}

function chanceOf(ratio: number): number {
  return ratio > 0 ? 1 / (1 + ratio ** -STEEPNESS) : 0;
}

/** The inverse of `chanceOf`. */
function strengthAt(chance: number): number {
  return (chance / (1 - chance)) ** (1 / STEEPNESS);
}
