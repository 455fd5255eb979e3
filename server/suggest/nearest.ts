import type { Vector } from "./classes.ts";
import type { Bag } from "./tokens.ts";

/** More questions of one article teach little that is new, and each takes memory. */
const MAX_QUESTIONS = 50;
const SIEVE_BITS = 14;

/**
 * The single past questions of articles: what one person asked in just these words is worth more than what many asked on
 * average.
 */
export interface Nearest {
  add(slot: number, key: string, bag: Bag, weight: number): void;
  remove(slot: number): void;
  /** Takes the question for the calls of `likeness` that follow. */
  ask(question: Vector): void;
  /** For one article: how like the question its nearest past question is, less its nearest refused one. */
  likeness(slot: number): number;
}

interface Past {
  key: string;
  features: Int32Array;
  weight: number;
  /** Its vector's length when it was added: close enough, and measuring it anew would take most of the time. */
  length: number;
}

export function createNearest(weigh: (feature: number) => number): Nearest {
  const held: (Past[] | undefined)[] = [];
  const asked = new Map<number, number>();
  /** Says cheaply that a feature is not among those asked for, which is true of most. */
  const sieve = new Uint8Array(1 << SIEVE_BITS);
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
      if (questions.length > MAX_QUESTIONS) questions.shift();
    },
    remove(slot) {
      held[slot] = undefined;
    },
    ask({ features, weights, length }) {
      for (const feature of asked.keys()) sieve[sieved(feature)] = 0;
      asked.clear();
      askedLength = length;
      for (let i = 0; i < features.length; i++) {
        const feature = features[i] ?? 0;
        asked.set(feature, (weights[i] ?? 0) * weigh(feature));
        sieve[sieved(feature)] = 1;
      }
    },
    likeness(slot) {
      let best = 0;
      let worst = 0;
      for (const { features, weight, length } of held[slot] ?? []) {
        let dot = 0;
        for (let i = 0; i < features.length; i++) {
          const feature = features[i] ?? 0;
          if (sieve[sieved(feature)] === 1) dot += asked.get(feature) ?? 0;
        }
        if (dot === 0) continue;
        const likeness = weight * Math.min(1, dot / (length * askedLength));
        if (likeness > best) best = likeness;
        if (likeness < worst) worst = likeness;
      }
      return best + worst;
    },
  };
}

function sieved(feature: number): number {
  return (feature >>> 3) & ((1 << SIEVE_BITS) - 1);
}

function clamp(weight: number): number {
  return Math.max(-1, Math.min(1, weight));
}
