import { type Feature, KIND_WEIGHTS, kindOf } from "./feature.ts";
import { createNumbers, type Numbers } from "./numbers.ts";
import { createPostings } from "./postings.ts";
import type { Rarity } from "./rarity.ts";
import type { Bag } from "./tokens.ts";

/** How much of an article's length is forgiven: 0 is the plain cosine, which favours the shortest titles too much. */
const PIVOT = 0.3;
/** All lengths are measured anew when the number of texts has changed by this share, as then have the words' rarities. */
const STALE_SHARE = 0.1;

/**
 * In sites of many articles, what more than a share of them hold is passed over once the rarer features have said enough:
 * those lists take nearly all of the time and change hardly anything.
 */
const MANY_ARTICLES = 1000;
const COMMON_SHARE = 0.05;
const ENOUGH_SHARE = 0.3;

/** What an article is known by is bounded: past so many features, those that tell the least give way. */
const MIN_FEATURES = 1000;
const MAX_FEATURES_BY_SITE = 10_000_000;
const KEPT_SHARE = 0.75;
const NOTHING: Bag = new Map();

/** A question as a vector: each feature with its weight, and the length over all of them. */
export interface Vector {
  features: Int32Array;
  weights: Float64Array;
  length: number;
}

/**
 * Every article as one vector: the sum of its title and of all the questions that it is known to answer. An article is
 * the more likely the smaller the angle between a question and it. What stands in a vector is the root of how often a
 * word was asked: ten times says more than once, but not ten times as much; its square is the count itself.
 */
export interface Classes {
  /** Adds a text to an article; a negative weight takes away. */
  add(slot: number, bag: Bag, weight: number): void;
  remove(slot: number): void;
  vector(bag: Bag): Vector;
  /** Adds up, per slot, the likeness of a question with every article that shares a feature with it. */
  score(question: Vector, into: Float64Array): void;
  weigh(feature: Feature): number;
}

export function createClasses(rarity: Rarity): Classes {
  const postings = createPostings();
  rarity.watch(postings);
  const held: (Numbers | undefined)[] = [];
  let squares = new Float64Array(64);
  let articles = 0;
  let texts = 0;
  let measuredAt = 0;
  let mean = 0;
  let looked = 0;

  return {
    weigh,
    add(slot, bag, weight) {
      if (slot >= squares.length) {
        const larger = new Float64Array(slot * 2);
        larger.set(squares);
        squares = larger;
      }
      let features = held[slot];
      if (!features) {
        features = createNumbers();
        held[slot] = features;
        squares[slot] = 0;
        articles++;
      }
      texts++;
      let square = squares[slot] ?? 0;
      const scale = weight / norm(bag);
      for (const [feature, times] of bag) {
        const change = times * scale;
        const before = postings.add(feature, slot, change);
        if (before === 0 && change > 0) features.push(feature);
        const unit = weigh(feature) ** 2;
        square += unit * (Math.max(0, before + change) - before);
      }
      squares[slot] = Math.max(0, square);
      prune(slot, bag);
      // Whatever was added while there were fewer articles had more room than there is now.
      looked = (looked + 1) % held.length;
      if (looked !== slot) prune(looked, NOTHING);
      if (Math.abs(texts - measuredAt) > measuredAt * STALE_SHARE) measure();
    },
    remove(slot) {
      const features = held[slot];
      if (!features) return;
      for (const feature of features.values()) postings.remove(feature, slot);
      held[slot] = undefined;
      squares[slot] = 0;
      articles--;
    },
    vector(bag) {
      const features = new Int32Array(bag.size);
      const weights = new Float64Array(bag.size);
      let i = 0;
      let square = 0;
      for (const [feature, times] of bag) {
        const weight = Math.sqrt(times) * weigh(feature);
        features[i] = feature;
        weights[i++] = weight;
        square += weight * weight;
      }
      return { features, weights, length: Math.sqrt(square) };
    },
    score(question, into) {
      if (question.length === 0) return;
      const { features, weights, length } = question;
      // The rarest first, which say the most.
      const order = Array.from(features.keys()).sort((one, other) => (weights[other] ?? 0) - (weights[one] ?? 0));
      const most = articles > MANY_ARTICLES ? articles * COMMON_SHARE : articles;
      const whole = length * length;
      let told = 0;
      for (const i of order) {
        const feature = features[i] ?? 0;
        const list = postings.find(feature);
        const unit = weights[i] ?? 0;
        told += unit * unit;
        if (list < 0) continue;
        const end = postings.end(list);
        const start = postings.start(list);
        if (end - start > most && told > whole * ENOUGH_SHARE) continue;
        const weight = (unit * weigh(feature)) / length;
        for (let at = start; at < end; at++) {
          const slot = postings.articles[at] as number;
          into[slot] = (into[slot] as number) + weight * Math.sqrt(postings.weights[at] as number);
        }
      }
      for (let slot = 0; slot < held.length; slot++) {
        const dot = into[slot] ?? 0;
        if (dot > 0) into[slot] = dot / ((1 - PIVOT) * Math.sqrt(squares[slot] ?? 0) + PIVOT * mean);
      }
    },
  };

  /** Where an article is known by too much: takes away what adds least to its length, but nothing of what was just said. */
  function prune(slot: number, latest: Bag): void {
    const most = Math.max(MIN_FEATURES, MAX_FEATURES_BY_SITE / articles);
    const all = held[slot];
    if (!all || all.length <= most) return;
    const features = all.values();
    const shares = Float64Array.from(features, (feature) =>
      latest.has(feature) ? Number.POSITIVE_INFINITY : weigh(feature) ** 2 * postings.get(feature, slot),
    );
    const least = shares.toSorted()[features.length - Math.floor(most * KEPT_SHARE)] ?? 0;
    const kept = createNumbers(Math.ceil(most));
    let lost = 0;
    for (const [i, feature] of features.entries()) {
      const share = shares[i] ?? 0;
      if (share >= least && share > 0) kept.push(feature);
      else {
        lost += share;
        postings.remove(feature, slot);
      }
    }
    held[slot] = kept;
    squares[slot] = Math.max(0, (squares[slot] ?? 0) - lost);
  }

  /** A long text must not drown the short ones of the same article. */
  function norm(bag: Bag): number {
    let square = 0;
    for (const times of bag.values()) square += times * times;
    return Math.sqrt(square) || 1;
  }

  function weigh(feature: Feature): number {
    return (KIND_WEIGHTS[kindOf(feature)] ?? 0) * rarity.of(feature);
  }

  /** One pass over all lists; its cost is spread over the texts added since the last one. */
  function measure(): void {
    measuredAt = texts;
    squares.fill(0);
    postings.each((feature, list) => {
      const unit = weigh(feature) ** 2;
      const end = postings.end(list);
      for (let at = postings.start(list); at < end; at++) {
        const slot = postings.articles[at] ?? 0;
        squares[slot] = (squares[slot] ?? 0) + unit * (postings.weights[at] ?? 0);
      }
    });
    let sum = 0;
    for (let slot = 0; slot < held.length; slot++) sum += Math.sqrt(squares[slot] ?? 0);
    mean = sum / Math.max(1, articles);
  }
}
