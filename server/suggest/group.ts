import { setImmediate as nextTurn } from "node:timers/promises";
import type { Feature } from "./feature.ts";
import { kindOf } from "./feature.ts";
import { fold } from "./fold.ts";
import { createPrior, type Prior } from "./prior.ts";
import { createRarity } from "./rarity.ts";
import { languageOf, stemmerFor } from "./stems.ts";
import { type Bag, bagOf } from "./tokens.ts";

/*
 * Questions grouped by meaning, with the vectors that the suggestions use: one feature a stem, a stretch of letters, a
 * character; each weighs its kind times how rare it is in how people ask in general and among these texts. Two questions
 * are alike by the cosine of their vectors. A text joins the group whose middle it is nearest to (leader clustering:
 * one pass, the most frequent first), or begins one of its own.
 */

/**
 * What one token weighs, by its kind. Stretches of letters count for less than where articles are ranked: without articles
 * to choose from, they make any two English questions alike.
 */
const WEIGHTS = [1, 0.3, 0.3, 1.5, 0.5, 1.2, 1];
/** From this cosine on two questions are put together: lower, different questions are; higher, one question is several. */
const ALIKE = 0.4;
/** Grouped at one go: other work gets its turn in between. */
const CHUNK = 20;

/** A text, and how often it was said. */
export interface Said {
  text: string;
  locale?: string | undefined;
  count: number;
}

/** A text's features with their weights, of length 1. */
type Unit = Map<Feature, number>;

/** By the languages that they have heard. */
const priors = new Map<string, Prior>();
/** Languages come from outside. */
const MAX_PRIORS = 20;

/** Puts together what means the same. The first of a group is what was said most often. */
export async function groupByMeaning<T extends Said>(said: readonly T[]): Promise<T[][]> {
  const bags: Bag[] = [];
  for (const [at, one] of said.entries()) {
    if (at % CHUNK === CHUNK - 1) await nextTurn();
    bags.push(bagFor(one));
  }
  const weigh = weightsAmong(bags, said);
  const units: Unit[] = [];
  for (const [at, bag] of bags.entries()) {
    if (at % CHUNK === CHUNK - 1) await nextTurn();
    units.push(unitOf(bag, weigh));
  }
  const order = said.map((_, at) => at).sort((one, other) => (said[other]?.count ?? 0) - (said[one]?.count ?? 0));
  const groups: { members: T[]; middle: Unit }[] = [];
  for (const [count, at] of order.entries()) {
    if (count % CHUNK === CHUNK - 1) await nextTurn();
    const one = said[at] as T;
    const unit = units[at] as Unit;
    let best: (typeof groups)[number] | undefined;
    let most = ALIKE;
    for (const group of groups) {
      const likeness = cosine(unit, group.middle);
      if (likeness >= most) [best, most] = [group, likeness];
    }
    if (!best) {
      groups.push({ members: [one], middle: unit });
      continue;
    }
    best.members.push(one);
    best.middle = normal(sum(best.middle, best.members.length - 1, unit));
  }
  return groups.map(({ members }) => members);
}

/** How alike two questions are, 0…1. */
export function similarity(one: Said["text"], other: Said["text"], locale?: string): number {
  const [a, b] = [bagFor({ text: one, locale }), bagFor({ text: other, locale })];
  const weigh = weightsAmong([a, b], [{ locale }]);
  return cosine(unitOf(a, weigh), unitOf(b, weigh));
}

/** Whether one person asking both asks one thing. */
export function meanTheSame(one: string, other: string, locale?: string): boolean {
  return similarity(one, other, locale) >= ALIKE;
}

function bagFor({ text, locale = "en" }: Pick<Said, "text" | "locale">): Bag {
  return bagOf(fold(text), [stemmerFor(locale)]);
}

/** How rare each feature is, in how people ask in general and among these texts. */
function weightsAmong(bags: readonly Bag[], said: readonly Pick<Said, "locale">[]): (feature: Feature) => number {
  const counts = new Map<Feature, number>();
  for (const bag of bags) for (const feature of bag.keys()) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const rarity = createRarity(priorOf(said).shares);
  rarity.articles = bags.length;
  rarity.watch({ count: (feature: Feature) => counts.get(feature) ?? 0 });
  return (feature) => (WEIGHTS[kindOf(feature)] ?? 0) * rarity.of(feature);
}

function priorOf(said: readonly Pick<Said, "locale">[]): Prior {
  const languages = [...new Set(said.map(({ locale = "en" }) => languageOf(locale)))].sort();
  const key = languages.join(" ");
  const known = priors.get(key);
  if (known) return known;
  const prior = createPrior();
  for (const language of languages) prior.hear(language);
  if (priors.size >= MAX_PRIORS) priors.clear();
  priors.set(key, prior);
  return prior;
}

function unitOf(bag: Bag, weigh: (feature: Feature) => number): Unit {
  return normal(new Map(Array.from(bag, ([feature, times]) => [feature, Math.sqrt(times) * weigh(feature)])));
}

function cosine(one: Unit, other: Unit): number {
  const [small, large] = one.size < other.size ? [one, other] : [other, one];
  let dot = 0;
  for (const [feature, weight] of small) dot += weight * (large.get(feature) ?? 0);
  return Math.min(1, dot);
}

function sum(middle: Unit, times: number, unit: Unit): Unit {
  const all = new Map<Feature, number>();
  for (const [feature, weight] of middle) all.set(feature, weight * times);
  for (const [feature, weight] of unit) all.set(feature, (all.get(feature) ?? 0) + weight);
  return all;
}

function normal(unit: Unit): Unit {
  let square = 0;
  for (const weight of unit.values()) square += weight * weight;
  const length = Math.sqrt(square) || 1;
  return new Map(Array.from(unit, ([feature, weight]) => [feature, weight / length]));
}
