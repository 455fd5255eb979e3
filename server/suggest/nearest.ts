import type { Vector } from "./classes.ts";
import { keyOf } from "./exact.ts";
import type { Bag } from "./tokens.ts";

/** More questions of one article teach little that is new, and each takes memory; a small site can afford more. */
const MIN_KEPT = 50;
const MAX_KEPT = 200;
const MAX_KEPT_BY_SITE = 200_000;
/** Of 70 features in so many places, one in 500 is taken for another, which changes no ranking. */
const TABLE_SIZE = 1 << 15;
const FIRST_ROOM = 64;
const ROOM_GROWTH = 1.25;

/**
 * The single past questions of articles: what one person asked in just these words is worth more than what many asked on
 * average.
 */
export interface Nearest {
  /** Adds a folded question, or to its weight if it is `known`: if the article has it already. */
  add(slot: number, text: string, bag: Bag, weight: number, known: boolean): void;
  remove(slot: number): void;
  /** The questions that are kept of an article. */
  of(slot: number): readonly Past[];
  /** Does something as if the article did not have its `i`th question. */
  without<T>(slot: number, i: number, work: () => T): T;
  /** Takes the question for the calls of `likeness` that follow. */
  ask(question: Vector): void;
  /** For one article: how like the question its nearest past question is, less its nearest refused one. */
  likeness(slot: number): number;
}

export interface Past {
  /** Folded. Its features are made anew where they are needed, which is seldom: they take six times the room. */
  readonly text: string;
  readonly weight: number;
}

/** The questions of one article, side by side: as objects, a million of them would take three times the memory. */
interface Kept {
  texts: string[];
  /** By question, see the columns below. */
  told: Float32Array<ArrayBuffer>;
  /** In the order of the questions: how many features one has, and where each of them stands in the table. */
  places: Uint16Array<ArrayBuffer>;
  used: number;
}

const WEIGHT = 0;
/** Its vector's length when it was added: close enough, and measuring it anew would take most of the time. */
const LENGTH = 1;
const COLUMNS = 2;

export function createNearest(weigh: (feature: number) => number, articles: () => number): Nearest {
  const held: (Kept | undefined)[] = [];
  /** What each feature asked for is worth, by its hash alone: most of the time goes into looking them up. */
  const worth = new Float32Array(TABLE_SIZE);
  const filled: number[] = [];
  let askedLength = 0;

  return {
    add(slot, text, bag, weight, known) {
      const kept = held[slot] ?? {
        texts: [],
        told: new Float32Array(COLUMNS),
        places: new Uint16Array(FIRST_ROOM),
        used: 0,
      };
      held[slot] = kept;
      const before = known ? indexOf(kept, keyOf(text)) : -1;
      if (before >= 0) {
        kept.told[before * COLUMNS + WEIGHT] = clamp((kept.told[before * COLUMNS + WEIGHT] ?? 0) + weight);
        return;
      }
      let square = 0;
      kept.places = withRoom(kept.places, kept.used + 1 + bag.size, Uint16Array);
      kept.places[kept.used++] = bag.size;
      for (const feature of bag.keys()) {
        square += weigh(feature) ** 2;
        kept.places[kept.used++] = place(feature);
      }
      kept.told = withRoom(kept.told, (kept.texts.length + 1) * COLUMNS, Float32Array);
      kept.told.set([clamp(weight), Math.sqrt(square)], kept.texts.length * COLUMNS);
      kept.texts.push(text);
      if (kept.texts.length > Math.max(MIN_KEPT, Math.min(MAX_KEPT, Math.floor(MAX_KEPT_BY_SITE / articles())))) {
        forgetFirst(kept);
      }
    },
    remove(slot) {
      held[slot] = undefined;
    },
    of(slot) {
      const { texts = [], told = [] } = held[slot] ?? {};
      return texts.map((text, i) => ({ text, weight: told[i * COLUMNS + WEIGHT] ?? 0 }));
    },
    without(slot, i, work) {
      const told = held[slot]?.told ?? new Float32Array(0);
      const weight = told[i * COLUMNS + WEIGHT] ?? 0;
      told[i * COLUMNS + WEIGHT] = 0;
      const done = work();
      told[i * COLUMNS + WEIGHT] = weight;
      return done;
    },
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
      const kept = held[slot];
      if (!kept) return 0;
      const { told, places } = kept;
      const end = kept.texts.length * COLUMNS;
      let best = 0;
      let worst = 0;
      let at = 0;
      for (let row = 0; row < end; row += COLUMNS) {
        let dot = 0;
        const size = places[at++] as number;
        for (const last = at + size; at < last; at++) dot += worth[places[at] as number] as number;
        if (dot === 0) continue;
        const likeness =
          (told[row + WEIGHT] as number) * Math.min(1, dot / ((told[row + LENGTH] as number) * askedLength));
        if (likeness > best) best = likeness;
        if (likeness < worst) worst = likeness;
      }
      return best + worst;
    },
  };
}

function indexOf({ texts }: Kept, key: string): number {
  return texts.findIndex((text) => keyOf(text) === key);
}

function forgetFirst(kept: Kept): void {
  const size = 1 + (kept.places[0] ?? 0);
  kept.texts.shift();
  kept.told.copyWithin(0, COLUMNS);
  kept.places.copyWithin(0, size, kept.used);
  kept.used -= size;
}

/** The array itself, or a larger one that begins with it. */
function withRoom<T extends Uint16Array<ArrayBuffer> | Float32Array<ArrayBuffer>>(
  array: T,
  room: number,
  kind: new (length: number) => T,
): T {
  if (room <= array.length) return array;
  const larger = new kind(Math.ceil(room * ROOM_GROWTH));
  larger.set(array);
  return larger;
}

function place(feature: number): number {
  return (feature >>> 3) & (TABLE_SIZE - 1);
}

function clamp(weight: number): number {
  return Math.max(-1, Math.min(1, weight));
}
