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
  /** Takes the question for the calls of `likeness` that follow. */
  ask(question: Vector): void;
  /** For one article: how like the question its nearest past question is, less its nearest refused one. */
  likeness(slot: number): number;
}

export interface Past {
  /** Folded. Its features are made anew where they are needed, which is seldom: they take six times the room. */
  readonly text: string;
  weight: number;
  /** How many of the article's places are its own. */
  readonly size: number;
  /** Its vector's length when it was added: close enough, and measuring it anew would take most of the time. */
  readonly length: number;
}

/** The questions of one article, and where their features stand in the table: one array, in the order of the questions. */
interface Kept {
  questions: Past[];
  places: Uint16Array<ArrayBuffer>;
  used: number;
}

export function createNearest(weigh: (feature: number) => number, articles: () => number): Nearest {
  const held: (Kept | undefined)[] = [];
  /** What each feature asked for is worth, by its hash alone: most of the time goes into looking them up. */
  const worth = new Float32Array(TABLE_SIZE);
  const filled: number[] = [];
  let askedLength = 0;

  return {
    add(slot, text, bag, weight, known) {
      const kept = held[slot] ?? { questions: [], places: new Uint16Array(FIRST_ROOM), used: 0 };
      held[slot] = kept;
      const key = known ? keyOf(text) : "";
      const before = known ? kept.questions.find((question) => keyOf(question.text) === key) : undefined;
      if (before) {
        before.weight = clamp(before.weight + weight);
        return;
      }
      let square = 0;
      reserve(kept, bag.size);
      for (const feature of bag.keys()) {
        square += weigh(feature) ** 2;
        kept.places[kept.used++] = place(feature);
      }
      kept.questions.push({ text, weight: clamp(weight), size: bag.size, length: Math.sqrt(square) });
      const most = Math.max(MIN_KEPT, Math.min(MAX_KEPT, Math.floor(MAX_KEPT_BY_SITE / articles())));
      if (kept.questions.length > most) {
        const size = kept.questions.shift()?.size ?? 0;
        kept.places.copyWithin(0, size, kept.used);
        kept.used -= size;
      }
    },
    remove(slot) {
      held[slot] = undefined;
    },
    of: (slot) => held[slot]?.questions ?? [],
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
      const { questions, places } = kept;
      let best = 0;
      let worst = 0;
      let at = 0;
      for (const { weight, size, length } of questions) {
        let dot = 0;
        for (const end = at + size; at < end; at++) dot += worth[places[at] as number] as number;
        if (dot === 0) continue;
        const likeness = weight * Math.min(1, dot / (length * askedLength));
        if (likeness > best) best = likeness;
        if (likeness < worst) worst = likeness;
      }
      return best + worst;
    },
  };
}

function reserve(kept: Kept, room: number): void {
  if (kept.used + room <= kept.places.length) return;
  const larger = new Uint16Array(Math.ceil((kept.used + room) * 1.25));
  larger.set(kept.places);
  kept.places = larger;
}

function place(feature: number): number {
  return (feature >>> 3) & (TABLE_SIZE - 1);
}

function clamp(weight: number): number {
  return Math.max(-1, Math.min(1, weight));
}
