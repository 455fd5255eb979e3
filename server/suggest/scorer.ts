import type { Articles, Held } from "./articles.ts";
import type { Classes } from "./classes.ts";
import { strengthOf } from "./confidence.ts";
import type { Feature } from "./feature.ts";
import type { Fields } from "./fields.ts";
import { MEANING, type Meanings } from "./meanings.ts";
import type { Nearest } from "./nearest.ts";
import type { Model } from "./regression.ts";
import { createPredict } from "./regression.ts";
import type { Bag } from "./tokens.ts";

/**
 * Of what the words in title and body count, this is left once an article knows well what people ask. All of it where there
 * are no spaces: words found count for so much there that an article would fall behind all that have learned nothing. Where
 * one Chinese article in seven has learned a question, 89.2 and 98.9 % (first, among three) in place of 80.4 and 96.6; where
 * all have, no difference.
 */
const WORDS_LEFT = 0.35;
const NEAR = 0.25;
/** From this likeness on, a past question is the same one with a slip or two, and what is over it counts this much more. */
const SAME_QUESTION = 0.6;
const SAME = 1;
/**
 * Among the best only, beside the words found: the characters that an article holds, whatever its length. What is typed so
 * far is the beginning of a question, and a title that goes on further must not lose to a shorter one that says less of it.
 * Half-typed Chinese gains 3.5 and 1.5 points (first, among three) on past questions, 1.3 and 0.7 on new ones, articles put
 * in by chance. Whether anything fits is told without it: a long title holds some characters of any question.
 */
const COVERED = 1 / 3;
/** Whether it fits at all: how much of the way from an article on average to its nearest past question is gone. */
const NEARER = 0.5;
/** A score this much lower is e times less likely. */
const TEMPERATURE = 0.06;
/** Scores this many temperatures lower add nothing that can be seen. */
const NEGLIGIBLE = 20;
/**
 * The regression and the scores are pooled by the product of powers of their chances (Genest, Zidek, "Combining Probability
 * Distributions", 1986), in which either can rule an article out: k=10 gains half a point over their weighted sum. The
 * regression's share rises to the first with past questions per article; it is half of it at the second.
 */
const REGRESSION_SHARE = 0.7;
const REGRESSION_HALF = 1.5;
/** No chance is taken for less: neither of the two is so sure. */
const LEAST_CHANCE = 1e-4;
/** How many of the best are compared with single past questions. */
const CANDIDATES = 40;
/** In large sites, where each has its fifty questions and few of the forty a chance. */
const CANDIDATES_OF_MANY = 20;
const MANY_ARTICLES = 2000;

export interface Candidate {
  held: Held;
  /** The chance that it is this article, if it is one at all. */
  chance: number;
  /** How well it fits, whatever the others are; see `confidence.ts`. */
  strength: number;
}

/** Fuses what is known of a question and every article into chances. */
export interface Scorer {
  /** `last`: the character typed last. `meaning`: the question's embedding, where there are embeddings. */
  score(bag: Bag, allowed: (held: Held) => boolean, last?: Feature, meaning?: Float32Array): Candidate[];
  use(model: Model, slots: readonly number[], perArticle: number): void;
  forget(slot: number): void;
  /** Goes on without the regression. */
  drop(): void;
}

export function createScorer(
  articles: Articles,
  classes: Classes,
  fields: Fields,
  nearest: Nearest,
  meanings?: Meanings,
): Scorer {
  let scores = new Float64Array(64);
  let inFields = new Float64Array(64);
  let regression: { predict: (features: Int32Array) => Float32Array; slots: number[]; share: number } | undefined;

  return {
    score(bag, allowed, last, meaning) {
      const slots = articles.slots;
      if (scores.length < slots) {
        scores = new Float64Array(slots * 2);
        inFields = new Float64Array(slots * 2);
      }
      inFields.fill(0, 0, slots);
      scores.fill(0, 0, slots);
      const question = classes.vector(bag);
      classes.score(question, scores);
      const { rank, fit, told, unspaced } = fields.score(bag, inFields);
      const least = WORDS_LEFT + (1 - WORDS_LEFT) * unspaced;
      if (meaning) meanings?.score(meaning, scores);
      const top = createTop(articles.size > MANY_ARTICLES ? CANDIDATES_OF_MANY : CANDIDATES);
      const { learned } = articles;
      for (let slot = 0; slot < slots; slot++) {
        const likeness = scores[slot] as number;
        const found = inFields[slot] as number;
        if (likeness === 0 && found === 0) continue;
        const score = likeness + rank * left(learned[slot] as number, least) * found;
        scores[slot] = score;
        // Most articles of a large site cannot be among the best, and looking at each takes longer than all of this.
        if (!regression && score <= top.least()) continue;
        const held = articles.at(slot);
        if (held && allowed(held)) top.add(slot, score);
        else scores[slot] = 0;
      }
      nearest.ask(question);
      const covered = fields.covering(bag, last);
      let best = 0;
      const candidates: { held: Held; score: number; strength: number }[] = [];
      for (const slot of top.slots()) {
        const held = articles.at(slot);
        if (!held) continue;
        const near = nearest.likeness(slot);
        const share = left(learned[slot] as number, least);
        const past = NEAR * near + SAME * Math.max(0, near - SAME_QUESTION);
        const score = (scores[slot] ?? 0) + past + (unspaced > 0 ? COVERED * rank * unspaced * covered(slot) : 0);
        if (score > best) best = score;
        const found = inFields[slot] ?? 0;
        const own = fit * left(learned[slot] as number, WORDS_LEFT);
        const likeness = (scores[slot] ?? 0) - rank * share * found;
        const strength = strengthOf(
          (likeness + NEARER * Math.max(0, near - likeness) + own * found) / (1 + own + (meaning ? MEANING : 0)),
          told,
        );
        scores[slot] = score;
        candidates.push({ held, score, strength });
      }
      let sum = 0;
      // Only the regression needs to know how likely it is that another than the best is meant.
      const counted = regression ? Array.from({ length: slots }, (_, slot) => slot) : top.slots();
      for (const slot of counted) {
        const score = scores[slot] ?? 0;
        if (score > best - NEGLIGIBLE * TEMPERATURE && score > 0) sum += Math.exp((score - best) / TEMPERATURE);
      }
      const chances = regressed(
        question.features,
        (slot) => Math.exp(((scores[slot] ?? 0) - best) / TEMPERATURE) / sum,
      );
      return candidates
        .map(({ held, score, strength }) => {
          const plain = Math.exp((score - best) / TEMPERATURE) / sum;
          return { held, strength, chance: chances ? chances(held.slot, plain) : plain };
        })
        .sort((one, other) => other.chance - one.chance);
    },
    use(model, slots, perArticle) {
      regression = {
        predict: createPredict(model),
        slots: [...slots],
        share: (REGRESSION_SHARE * perArticle) / (perArticle + REGRESSION_HALF),
      };
    },
    drop() {
      regression = undefined;
    },
    forget(slot) {
      const at = regression?.slots.indexOf(slot) ?? -1;
      if (regression && at >= 0) regression.slots[at] = -1;
    },
  };

  /** Mixes in the regression's chances, for the articles that it knows and as far as one of them is meant at all. */
  function regressed(features: Int32Array, plainOf: (slot: number) => number) {
    if (!regression) return undefined;
    const { predict, slots, share } = regression;
    const predicted = predict(features);
    const pooled = new Map<number, number>();
    let covered = 0;
    let sum = 0;
    slots.forEach((slot, label) => {
      if (slot < 0 || !((scores[slot] ?? 0) > 0)) return;
      const plain = plainOf(slot);
      const chance = (plain + LEAST_CHANCE) ** (1 - share) * ((predicted[label] ?? 0) + LEAST_CHANCE) ** share;
      pooled.set(slot, chance);
      covered += plain;
      sum += chance;
    });
    return (slot: number, plain: number) => {
      const chance = pooled.get(slot);
      return chance === undefined ? plain : (covered * chance) / sum;
    };
  }
}

/** What is left of the worth of an article's own words. */
function left(learned: number, least: number): number {
  return least + (1 - least) / (1 + learned);
}

/** The slots with the highest scores, unsorted input, one pass: a small list kept in order. */
function createTop(limit: number) {
  const slots: number[] = [];
  const scores: number[] = [];
  let least = 0;
  return {
    slots: () => slots,
    /** What a score must exceed to get in. */
    least: () => least,
    add(slot: number, score: number): void {
      if (score <= least) return;
      let at = slots.length;
      while (at > 0 && (scores[at - 1] ?? 0) < score) at--;
      slots.splice(at, 0, slot);
      scores.splice(at, 0, score);
      if (slots.length > limit) {
        slots.pop();
        scores.pop();
      }
      if (slots.length === limit) least = scores[limit - 1] ?? 0;
    },
  };
}
