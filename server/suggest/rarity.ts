import type { Feature } from "./feature.ts";
import type { Postings } from "./postings.ts";

/** How many texts the general knowledge of how people ask weighs as much as. */
const PRIOR_TEXTS = 1000;

/** How much a feature tells: the rarer it is among the site's articles, and in how people ask in general, the more. */
export interface Rarity {
  of(feature: Feature): number;
  watch(postings: Postings): void;
  articles: number;
}

export function createRarity(prior: ReadonlyMap<Feature, number>): Rarity {
  const watched: Postings[] = [];
  const rarity: Rarity = {
    articles: 0,
    watch: (postings) => watched.push(postings),
    of(feature) {
      let found = 0;
      for (const postings of watched) found = Math.max(found, postings.count(feature));
      const texts = rarity.articles + PRIOR_TEXTS;
      const holding = Math.min(found, rarity.articles) + PRIOR_TEXTS * (prior.get(feature) ?? 0);
      return Math.log(1 + (texts - holding + 0.5) / (holding + 0.5));
    },
  };
  return rarity;
}
