import type { Articles, Held } from "./articles.ts";
import type { Classes } from "./classes.ts";
import type { Fields } from "./fields.ts";
import type { Nearest } from "./nearest.ts";
import type { Model } from "./regression.ts";
import { createPredict } from "./regression.ts";
import type { Bag } from "./tokens.ts";

export const P: any = { bodyCold: 1.2, bodyLearned: 0.42, near: 0.25, temp: 0.06, mix: 0.7, half: 1.5 };

/** How many of the best are compared with single past questions. */
const CANDIDATES = 40;

export interface Candidate {
  held: Held;
  /** The chance that it is this article, if it is one at all. */
  chance: number;
  /** How like the question it is, whatever the others are: 0…1. */
  likeness: number;
}

/** Fuses what is known of a question and every article into chances. */
export interface Scorer {
  score(bag: Bag, allowed: (held: Held) => boolean): Candidate[];
  use(model: Model, slots: readonly number[], perArticle: number): void;
  forget(slot: number): void;
}

export function createScorer(articles: Articles, classes: Classes, fields: Fields, nearest: Nearest): Scorer {
  let scores = new Float64Array(64);
  let cosines = new Float64Array(64);
  let regression: { predict: (features: Int32Array) => Float32Array; slots: number[]; share: number } | undefined;

  return {
    score(bag, allowed) {
      const slots = articles.slots;
      if (scores.length < slots) {
        scores = new Float64Array(slots * 2);
        cosines = new Float64Array(slots * 2);
      }
      scores.fill(0, 0, slots);
      const question = classes.vector(bag);
      classes.score(question, scores);
      cosines.set(scores.subarray(0, slots));
      fields.score(bag, (slot) => (articles.at(slot)?.learned ? P.bodyLearned : P.bodyCold), scores);
      let best = 0;
      for (let slot = 0; slot < slots; slot++) {
        const score = scores[slot] ?? 0;
        if (score === 0) continue;
        const held = articles.at(slot);
        if (!held || !allowed(held)) scores[slot] = 0;
        else if (score > best) best = score;
      }
      nearest.ask(question);
      const candidates: { held: Held; score: number; likeness: number }[] = [];
      for (const slot of topOf(scores, slots, CANDIDATES)) {
        const held = articles.at(slot);
        if (!held) continue;
        const near = nearest.likeness(slot);
        const score = (scores[slot] ?? 0) + P.near * near;
        scores[slot] = score;
        if (score > best) best = score;
        candidates.push({ held, score, likeness: Math.min(1, Math.max(cosines[slot] ?? 0, near)) });
      }
      let sum = 0;
      for (let slot = 0; slot < slots; slot++) {
        const score = scores[slot] ?? 0;
        if (score > best - 20 * P.temp && score > 0) sum += Math.exp((score - best) / P.temp);
      }
      const learned = regressed(question.features, (slot) => Math.exp(((scores[slot] ?? 0) - best) / P.temp) / sum);
      return candidates
        .map(({ held, score, likeness }) => {
          const plain = Math.exp((score - best) / P.temp) / sum;
          return { held, likeness, chance: learned ? learned(held.slot, plain) : plain };
        })
        .sort((one, other) => other.chance - one.chance);
    },
    use(model, slots, perArticle) {
      regression = { predict: createPredict(model), slots: [...slots], share: (P.mix * perArticle) / (perArticle + P.half) };
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
    const bySlot = new Map<number, number>();
    let covered = 0;
    slots.forEach((slot, label) => {
      if (slot < 0 || !((scores[slot] ?? 0) > 0)) return;
      bySlot.set(slot, predicted[label] ?? 0);
      covered += plainOf(slot);
    });
    return (slot: number, plain: number) => {
      const chance = bySlot.get(slot);
      return chance === undefined ? plain : (1 - share) * plain + share * covered * chance;
    };
  }
}

/** The slots with the highest scores, unordered but for the limit: one pass, keeping a small sorted list. */
function topOf(scores: Float64Array, slots: number, limit: number): number[] {
  const top: number[] = [];
  let least = 0;
  for (let slot = 0; slot < slots; slot++) {
    const score = scores[slot] ?? 0;
    if (score <= least) continue;
    let at = top.length;
    while (at > 0 && (scores[top[at - 1] ?? 0] ?? 0) < score) at--;
    top.splice(at, 0, slot);
    if (top.length > limit) top.pop();
    if (top.length === limit) least = scores[top[limit - 1] ?? 0] ?? 0;
  }
  return top;
}
