import type { Vector } from "./classes.ts";
import type { Bag } from "./tokens.ts";

/** More questions of one article teach little that is new, and each takes memory; a small site can afford more. */
const MIN_KEPT = 50;
const MAX_KEPT = 200;
const MAX_KEPT_BY_SITE = 200_000;
/** Of 70 features in so many places, one in 500 is taken for another, which changes no ranking. */
const TABLE_SIZE = 1 << 15;

/**
 * The single past questions of articles: what one person asked in just these words is worth more than what many asked on
 * average.
 */
export interface Nearest {
  add(slot: number, key: string, bag: Bag, weight: number): void;
  remove(slot: number): void;
  /** The questions that are kept of an article. */
  of(slot: number): readonly Past[];
  /** Takes the question for the calls of `likeness` that follow. */
  ask(question: Vector): void;
  /** For one article: how like the question its nearest past question is, less its nearest refused one. */
  likeness(slot: number): number;
}

export interface Past {
  key: string;
  features: Int32Array;
  weight: number;
  /** Its vector's length when it was added: close enough, and measuring it anew would take most of the time. */
  length: number;
}

export function createNearest(weigh: (feature: number) => number, articles: () => number): Nearest {
  const held: (Past[] | undefined)[] = [];
  /** What each feature asked for is worth, by its hash alone: most of the time goes into looking them up. */
  const worth = new Float32Array(TABLE_SIZE);
  const filled: number[] = [];
  let askedLength = 0;

  return {
    add(slot, key, bag, weight) {
      const questions = held[slot] ?? [];
      held[slot] = questions;
      const before = questions.find((question) => question.key === key);
      if (before) {
        before.weight = clamp(before.weight + weight);
        return;
      }
      let square = 0;
      for (const feature of bag.keys()) square += weigh(feature) ** 2;
      questions.push({ key, features: Int32Array.from(bag.keys()), weight: clamp(weight), length: Math.sqrt(square) });
      const kept = Math.max(MIN_KEPT, Math.min(MAX_KEPT, Math.floor(MAX_KEPT_BY_SITE / articles())));
      if (questions.length > kept) questions.shift();
    },
    remove(slot) {
      held[slot] = undefined;
    },
    of: (slot) => held[slot] ?? [],
    ask({ features, weights, length }) {
      for (const at of filled) worth[at] = 0;
      filled.length = 0;
      askedLength = length;
      for (let i = 0; i < features.length; i++) {
        const feature = features[i] ?? 0;
        const at = place(feature);
        worth[at] = (weights[i] ?? 0) * weigh(feature);
        filled.push(at);
      }
    },
    likeness(slot) {
      let best = 0;
      let worst = 0;
      for (const { features, weight, length } of held[slot] ?? []) {
        let dot = 0;
        for (let i = 0; i < features.length; i++) dot += worth[place(features[i] as number)] as number;
        if (dot === 0) continue;
        const likeness = weight * Math.min(1, dot / (length * askedLength));
        if (likeness > best) best = likeness;
        if (likeness < worst) worst = likeness;
      }
      return best + worst;
    },
  };
}

function place(feature: number): number {
  return (feature >>> 3) & (TABLE_SIZE - 1);
}

function clamp(weight: number): number {
  return Math.max(-1, Math.min(1, weight));
}
