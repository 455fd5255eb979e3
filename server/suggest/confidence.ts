import type { Held } from "./articles.ts";
import type { Candidate } from "./scorer.ts";

/** Below it, nothing is shown: one in ten questions that no article answers gets above it. */
export const THRESHOLD = 0.3;

/** From candidates, best first, to the chances that they answer. */
export function calibrate(candidates: readonly Candidate[]): { held: Held; score: number }[] {
  const best = candidates[0];
  if (!best) return [];
  const confidence = Math.sqrt(best.chance) * best.likeness;
  return candidates.map(({ held, chance }) => ({ held, score: (confidence * Math.min(best.chance, chance)) / best.chance }));
}
