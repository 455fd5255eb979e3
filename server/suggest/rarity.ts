import type { Feature } from "./feature.ts";
import type { Postings } from "./postings.ts";

/** How many texts the general knowledge of how people ask weighs as much as: those, at most. */
const PRIOR_TEXTS = 1000;
/** Its words: it was counted in requests of so many words each. */
const PRIOR_WORDS = 7 * PRIOR_TEXTS;

/** How much a feature tells: the rarer it is among the site's articles, and in how people ask in general, the more. */
export interface Rarity {
  of(feature: Feature): number;
  /** Takes the articles that hold a feature from these lists. */
  watch(postings: Pick<Postings, "count">): void;
  articles: number;
  /** How many words the counted texts have on average, where they may be long: long ones tell more about words. */
  words: number;
}

/**
 * The inverse document frequency of Robertson and Spärck Jones, its counts mixed with those of general requests. Short
 * titles tell little about which words are rare, so the general knowledge outweighs the first thousand of them; an
 * article of 300 words tells as much about words as forty requests do.
 */
export function createRarity(prior: ReadonlyMap<Feature, number>): Rarity {
  const watched: Pick<Postings, "count">[] = [];
  const rarity: Rarity = {
    articles: 0,
    words: 0,
    watch: (postings) => watched.push(postings),
    of(feature) {
      let found = 0;
      for (const postings of watched) found = Math.max(found, postings.count(feature));
      const priorTexts = Math.min(PRIOR_TEXTS, PRIOR_WORDS / (rarity.words || 1));
      const texts = rarity.articles + priorTexts;
      const holding = Math.min(found, rarity.articles) + priorTexts * (prior.get(feature) ?? 0);
      return Math.log(1 + (texts - holding + 0.5) / (holding + 0.5));
    },
  };
  return rarity;
}
