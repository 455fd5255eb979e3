import { expect, test } from "vitest";
import { createPostings } from "./postings.ts";

const SEED = 11;
const CHANGES = 30_000;
/** Few features for many articles, so that lists grow, shrink, end and begin again in freed places. */
const FEATURES = 13;
const ARTICLES = 700;
const WEIGHTS = [-1, 1, 2];

test("lists hold what plain maps hold, in the order of the articles, whatever was added and taken away before", () => {
  const random = createRandom(SEED);
  const postings = createPostings();
  const expected = Array.from({ length: FEATURES }, () => new Map<number, number>());
  let wrong = 0;
  for (let i = 0; i < CHANGES; i++) {
    const [feature, article, choice] = [random(FEATURES), random(ARTICLES), random(WEIGHTS.length + 1)];
    const list = expected[feature] as Map<number, number>;
    const before = list.get(article) ?? 0;
    const weight = WEIGHTS[choice];
    if (weight === undefined) postings.remove(feature, article);
    else if (postings.add(feature, article, weight) !== before) wrong++;
    if (weight !== undefined && before + weight > 0) list.set(article, before + weight);
    else list.delete(article);
    // Now and then nearly all of a list goes.
    if (random(2000) === 0) for (const one of [...list.keys()].slice(1)) gone(feature, one);
  }
  expect(wrong).toBe(0);
  for (const [feature, list] of expected.entries()) {
    expect(entriesOf(feature)).toEqual([...list].sort(([one], [other]) => one - other));
  }

  function gone(feature: number, article: number): void {
    postings.remove(feature, article);
    expected[feature]?.delete(article);
  }

  function entriesOf(feature: number): [number, number][] {
    const list = postings.find(feature);
    if (list < 0) return [];
    const [start, end] = [postings.start(list), postings.end(list)];
    return Array.from({ length: end - start }, (_, i) => [
      postings.articles[start + i] ?? -1,
      postings.weights[start + i] ?? 0,
    ]);
  }
});

function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
