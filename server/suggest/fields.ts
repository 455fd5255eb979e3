import { type Feature, KIND_WEIGHTS, KINDS, kindOf } from "./feature.ts";
import { createPostings } from "./postings.ts";
import { createRarity } from "./rarity.ts";
import type { Bag } from "./tokens.ts";

/** BM25F: Robertson, Zaragoza, Taylor, "Simple BM25 extension to multiple weighted fields" (2004). */
const TITLE_WEIGHT = 3;
const SATURATION = 2.4;
const LENGTH_SHARE = 0.9;
/**
 * Beside the likeness of vectors: where there are no bodies, vectors have said nearly all; without spaces between words,
 * single characters tell too little to be left out of either. Bodies hold many of any question's characters.
 */
const RANK_BY_TITLES = 0.6;
const RANK_BY_BODIES = 1.2;
const RANK_UNSPACED = { titles: 6, bodies: 2 };
const FIT_BY_TITLES = 0.6;
const FIT_BY_BODIES = 0.5;
const FIT_UNSPACED = 2;
/** Bodies of so many words on average are half of what bodies can be. */
const HALF_BODY_WORDS = 10;
/** An idea that several words stand for, beside a word itself: "erase" in a body says something of "delete". */
const IDEA_WEIGHT = 0.5;

/**
 * What a feature tells beside a word. Of what is written without spaces only the characters count, two or three to a word:
 * pairs and words of them tell it again, as an idea does its word.
 */
const TELLING: Record<number, number> = { [KINDS.stem]: 1, [KINDS.char]: 0.4 };

/**
 * The character typed last counts so many times: of the word that it begins, neither the word nor the pair with the next
 * character is known yet.
 */
const LAST_COUNTS = 2;

/** What articles say in their titles and bodies. A word counts in an article by how often and where it stands there. */
export interface Fields {
  add(slot: number, title: Bag, body: Bag): void;
  remove(slot: number): void;
  /** Adds up, per slot, the part of a question's words, by rarity, that each article holds: 0…1. Says how to weigh it. */
  score(question: Bag, into: Float64Array): Weighing;
  /** Says what part of a question's characters, by rarity, an article holds at all: 0…1. `last` is the one typed last. */
  covering(question: Bag, last: Feature | undefined): (slot: number) => number;
}

/** What the words found count beside the likeness of vectors, which is 0…1, and how much the question tells at all. */
export interface Weighing {
  /** For which article it is. */
  rank: number;
  /** For whether it is any at all: some body of many holds some of any question's words. */
  fit: number;
  /** The rarities of the question's words, summed: what two words have in common is chance more often than what ten have. */
  told: number;
  /** How much of the question is written without spaces between words, 0…1. */
  unspaced: number;
}

/** Words that titles leave out are common in bodies, so their rarity is counted apart from that of questions. */
export function createFields(prior: ReadonlyMap<Feature, number>): Fields {
  const rarity = createRarity(prior);
  const postings = createPostings();
  rarity.watch(postings);
  const held: ({ features: Int32Array; title: number; body: number } | undefined)[] = [];
  let articles = 0;
  let titleSum = 0;
  let bodySum = 0;

  return {
    add(slot, title, body) {
      const lengths = { title: lengthOf(title), body: lengthOf(body) };
      titleSum += lengths.title;
      bodySum += lengths.body;
      count(1);
      const titleScale = TITLE_WEIGHT / damp(lengths.title, titleSum);
      const bodyScale = 1 / damp(lengths.body, bodySum);
      const weights = new Map<number, number>();
      for (const [feature, times] of title) if (isWordOrIdea(feature)) weights.set(feature, times * titleScale);
      for (const [feature, times] of body) {
        if (isWordOrIdea(feature)) weights.set(feature, (weights.get(feature) ?? 0) + times * bodyScale);
      }
      for (const [feature, weight] of weights) postings.add(feature, slot, weight / (weight + SATURATION));
      held[slot] = { features: Int32Array.from(weights.keys()), ...lengths };
    },
    remove(slot) {
      const was = held[slot];
      if (!was) return;
      for (const feature of was.features) postings.remove(feature, slot);
      titleSum -= was.title;
      bodySum -= was.body;
      count(-1);
      held[slot] = undefined;
    },
    score(question, into) {
      const words = Int32Array.from(question.keys()).filter(isWordOrIdea);
      const weights = Float64Array.from(words, weigh);
      const all = weights.reduce((sum, weight) => sum + weight, 0);
      const told = words.reduce((sum, feature) => sum + (TELLING[kindOf(feature)] ?? 0) * rarity.of(feature), 0);
      for (let i = 0; i < words.length; i++) {
        const list = postings.find(words[i] as number);
        if (list < 0) continue;
        const weight = (weights[i] as number) / all;
        const end = postings.end(list);
        for (let at = postings.start(list); at < end; at++) {
          const slot = postings.articles[at] as number;
          into[slot] = (into[slot] as number) + weight * (postings.weights[at] as number);
        }
      }
      const unspaced = unspacedShare(question);
      return { ...counting(unspaced), told, unspaced };
    },
    covering(question, last) {
      const chars = Int32Array.from(question.keys()).filter((feature) => kindOf(feature) === KINDS.char);
      const weights = Float64Array.from(chars, (char) => weigh(char) * (char === last ? LAST_COUNTS : 1));
      const all = weights.reduce((sum, weight) => sum + weight, 0);
      return (slot) => {
        let held = 0;
        for (let i = 0; i < chars.length; i++) {
          if (postings.get(chars[i] as number, slot) > 0) held += weights[i] as number;
        }
        return held / all || 0;
      };
    },
  };

  /** How much it counts that an article holds a question's words. */
  function counting(unspaced: number): { rank: number; fit: number } {
    const words = bodySum / articles || 0;
    const bodied = words / (words + HALF_BODY_WORDS);
    return {
      rank: between(
        between(RANK_BY_TITLES, RANK_BY_BODIES, bodied),
        between(RANK_UNSPACED.titles, RANK_UNSPACED.bodies, bodied),
        unspaced,
      ),
      fit: between(between(FIT_BY_TITLES, FIT_BY_BODIES, bodied), FIT_UNSPACED, unspaced),
    };
  }

  function count(change: number): void {
    articles += change;
    rarity.articles = articles;
    rarity.words = (titleSum + bodySum) / articles || 0;
  }

  /** The mean of the articles so far stands for the mean of all: an article is not weighed anew for each later one. */
  function damp(length: number, sum: number): number {
    const mean = sum / articles || 1;
    return 1 - LENGTH_SHARE + (LENGTH_SHARE * length) / mean;
  }

  function weigh(feature: number): number {
    return (isIdea(feature) ? IDEA_WEIGHT : (KIND_WEIGHTS[kindOf(feature)] ?? 0)) * rarity.of(feature);
  }
}

function isWordOrIdea(feature: number): boolean {
  const kind = kindOf(feature);
  return kind !== KINDS.pair && kind !== KINDS.gram;
}

function isIdea(feature: number): boolean {
  return kindOf(feature) === KINDS.concept;
}

function between(one: number, other: number, share: number): number {
  return one + (other - one) * share;
}

/** How much of a question is written without spaces between words. */
function unspacedShare(question: Bag): number {
  let spaced = 0;
  let chars = 0;
  for (const [feature, times] of question) {
    if (kindOf(feature) === KINDS.char) chars += times;
    else if (kindOf(feature) === KINDS.stem) spaced += times;
  }
  // A word has about two characters.
  return chars / (chars + 2 * spaced || 1);
}

function lengthOf(bag: Bag): number {
  let length = 0;
  for (const [feature, times] of bag) if (isWordOrIdea(feature)) length += times;
  return length;
}
