import type { Feature } from "./feature.ts";
import { REQUEST_WORDS } from "./request-words.ts";
import { stemmerFor } from "./stems.ts";
import { bagOf } from "./tokens.ts";

/**
 * How people ask in general: the share of requests that hold a feature. A young site has too few articles to tell from
 * them that "please" says nothing and "refund" much.
 */
export function createPrior(): ReadonlyMap<Feature, number> {
  const shares = new Map<Feature, number>();
  const parts = REQUEST_WORDS.trim().split(" ");
  const stems = [stemmerFor("en")];
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const share = Number(parts[i + 1]) / 1000;
    // As if words stood independently of one another, which is near enough.
    for (const feature of bagOf(parts[i] ?? "", stems).keys()) {
      const before = shares.get(feature) ?? 0;
      shares.set(feature, before + share - before * share);
    }
  }
  return shares;
}
