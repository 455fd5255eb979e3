import type { Feature } from "./feature.ts";
import { createFeatureTable } from "./feature-table.ts";

const FIRST_POOL = 1 << 12;
const FIRST_LISTS = 1024;
/** The pool is most of an index's memory, so it grows by little at a time. */
const POOL_GROWTH = 1.25;
/** How many entries a list has room for: 1, 2, 3, 4, 6, 8, 12, … Doubling alone would leave a third of the memory empty. */
const ROOMS = Array.from({ length: 60 }, (_, i) => (i % 2 ? 2 ** ((i + 1) / 2) : i ? 3 * 2 ** (i / 2 - 1) : 1));

/**
 * For every feature, which articles hold it and how strongly: one inverted index in two pooled arrays. Lists are sorted by
 * article, so that one of them is changed by a binary search and a small move, whatever the size of the index.
 */
export interface Postings {
  /** Adds to what a feature weighs in an article; at nothing or less it leaves the list. Returns the weight before. */
  add(feature: Feature, article: number, weight: number): number;
  /** What a feature weighs in an article. */
  get(feature: Feature, article: number): number;
  remove(feature: Feature, article: number): void;
  /** In how many articles a feature occurs. */
  count(feature: Feature): number;
  /** The list of a feature, -1 if there is none: entries `start` to `end` of `articles` and `weights`, valid until the next change. */
  find(feature: Feature): number;
  start(list: number): number;
  end(list: number): number;
  articles: Int32Array;
  weights: Float32Array;
  each(visit: (feature: Feature, list: number) => void): void;
}

export function createPostings(): Postings {
  const ids = createFeatureTable();
  let opened = 0;
  let starts = new Int32Array(FIRST_LISTS);
  let lengths = new Int32Array(FIRST_LISTS);
  /** Each list's room, by its place in `ROOMS`, and the freed stretches of each. */
  let rooms = new Int32Array(FIRST_LISTS);
  const free: number[][] = [];
  const freeIds: number[] = [];
  let used = 0;

  const postings: Postings = {
    articles: new Int32Array(FIRST_POOL),
    weights: new Float32Array(FIRST_POOL),
    each(visit) {
      ids.each(visit);
    },
    find: (feature) => ids.get(feature),
    start: (list) => starts[list] ?? 0,
    end: (list) => (starts[list] ?? 0) + (lengths[list] ?? 0),
    count: (feature) => {
      const list = ids.get(feature);
      return list < 0 ? 0 : (lengths[list] ?? 0);
    },
    get(feature, article) {
      const list = ids.get(feature);
      if (list < 0) return 0;
      const at = search(list, article);
      return at < postings.end(list) && postings.articles[at] === article ? (postings.weights[at] ?? 0) : 0;
    },
    add(feature, article, weight) {
      let list = ids.get(feature);
      if (list < 0) {
        if (weight <= 0) return 0;
        list = open(feature);
      }
      const at = search(list, article);
      if (at < postings.end(list) && postings.articles[at] === article) {
        const before = postings.weights[at] ?? 0;
        const after = before + weight;
        if (after <= 1e-6) cut(feature, list, at);
        else postings.weights[at] = after;
        return before;
      }
      if (weight > 0) insert(list, at - (starts[list] ?? 0), article, weight);
      return 0;
    },
    remove(feature, article) {
      const list = ids.get(feature);
      if (list < 0) return;
      const at = search(list, article);
      if (at < postings.end(list) && postings.articles[at] === article) cut(feature, list, at);
    },
  };
  return postings;

  function open(feature: Feature): number {
    const list = freeIds.pop() ?? opened++;
    if (list >= starts.length) {
      starts = grown(starts);
      lengths = grown(lengths);
      rooms = grown(rooms);
    }
    ids.set(feature, list);
    lengths[list] = 0;
    rooms[list] = 0;
    starts[list] = take(0);
    return list;
  }

  function take(room: number): number {
    const again = free[room]?.pop();
    if (again !== undefined) return again;
    const at = used;
    used += ROOMS[room] ?? 0;
    if (used > postings.articles.length) growPool();
    return at;
  }

  function growPool(): void {
    const size = Math.ceil(Math.max(used, postings.articles.length * POOL_GROWTH));
    const [articles, weights] = [new Int32Array(size), new Float32Array(size)];
    articles.set(postings.articles);
    weights.set(postings.weights);
    postings.articles = articles;
    postings.weights = weights;
  }

  function give(at: number, room: number): void {
    const stretches = free[room] ?? [];
    free[room] = stretches;
    stretches.push(at);
  }

  /** Where the article stands, or would stand. */
  function search(list: number, article: number): number {
    let low = starts[list] ?? 0;
    let high = low + (lengths[list] ?? 0);
    // An index is built article by article, so the one at hand stands last, mostly.
    const last = postings.articles[high - 1] ?? 0;
    if (high === low || last < article) return high;
    if (last === article) return high - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((postings.articles[middle] ?? 0) < article) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function insert(list: number, offset: number, article: number, weight: number): void {
    const length = lengths[list] ?? 0;
    const room = rooms[list] ?? 0;
    if (length === ROOMS[room]) {
      const from = starts[list] ?? 0;
      const to = take(room + 1);
      postings.articles.copyWithin(to, from, from + length);
      postings.weights.copyWithin(to, from, from + length);
      give(from, room);
      starts[list] = to;
      rooms[list] = room + 1;
    }
    const at = (starts[list] ?? 0) + offset;
    const end = (starts[list] ?? 0) + length;
    postings.articles.copyWithin(at + 1, at, end);
    postings.weights.copyWithin(at + 1, at, end);
    postings.articles[at] = article;
    postings.weights[at] = weight;
    lengths[list] = length + 1;
  }

  function cut(feature: Feature, list: number, at: number): void {
    const end = postings.end(list);
    postings.articles.copyWithin(at, at + 1, end);
    postings.weights.copyWithin(at, at + 1, end);
    const length = (lengths[list] ?? 1) - 1;
    lengths[list] = length;
    if (length > 0) return;
    ids.delete(feature);
    freeIds.push(list);
    give(starts[list] ?? 0, rooms[list] ?? 0);
  }
}

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
