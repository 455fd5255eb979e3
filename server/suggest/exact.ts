/**
 * Questions asked before, word for word: whoever asks one again gets what answered it. Punctuation and spaces at the
 * ends, case, and Chinese script do not matter.
 */
export interface Exact {
  /** Adds to what a question weighs for an article. Returns whether the article had the question before. */
  add(slot: number, key: string, weight: number): boolean;
  remove(slot: number): void;
  /** The article that a question belongs to and how surely, or nothing. */
  find(key: string, allowed: (slot: number) => boolean): { slot: number; weight: number } | undefined;
}

const FIRST_SIZE = 1024;
/** Fuller tables are slow to search. */
const MAX_LOAD = 0.7;
const EMPTY = -1;
const REMOVED = -2;

/** What two equal questions have in common: their letters and digits. */
export function keyOf(folded: string): string {
  return folded.replace(/[^\p{L}\p{M}\p{N}+#]+/gu, " ").trim();
}

/**
 * One open table of 16 bytes an entry, in place of a million strings: a question is known by 64 bits of hash, which no two
 * of a billion questions share but by a chance of one in forty.
 */
export function createExact(): Exact {
  let high = new Int32Array(FIRST_SIZE);
  let low = new Int32Array(FIRST_SIZE);
  let slots = new Int32Array(FIRST_SIZE).fill(EMPTY);
  let weights = new Float32Array(FIRST_SIZE);
  let used = 0;

  return {
    add(slot, key, weight) {
      if (key === "") return false;
      if (used > slots.length * MAX_LOAD) grow();
      const [h, l] = hashOf(key);
      let at = start(l);
      for (; slots[at] !== EMPTY; at = next(at)) {
        if (slots[at] !== slot || high[at] !== h || low[at] !== l) continue;
        weights[at] = (weights[at] ?? 0) + weight;
        return true;
      }
      set(at, h, l, slot, weight);
      return false;
    },
    // Rare beside questions, and a pass over a million entries takes two milliseconds; lists by article would take a third more memory.
    remove(slot) {
      for (let at = 0; at < slots.length; at++) if (slots[at] === slot) slots[at] = REMOVED;
    },
    find(key, allowed) {
      const [h, l] = hashOf(key);
      let best: { slot: number; weight: number } | undefined;
      for (let at = start(l); slots[at] !== EMPTY; at = next(at)) {
        if (slots[at] === REMOVED || high[at] !== h || low[at] !== l) continue;
        const [slot, weight] = [slots[at] ?? 0, weights[at] ?? 0];
        if (weight > (best?.weight ?? 0) && allowed(slot)) best = { slot, weight };
      }
      return best;
    },
  };

  function start(l: number): number {
    return l & (slots.length - 1);
  }

  function next(at: number): number {
    return (at + 1) & (slots.length - 1);
  }

  function set(at: number, h: number, l: number, slot: number, weight: number): void {
    high[at] = h;
    low[at] = l;
    slots[at] = slot;
    weights[at] = weight;
    used++;
  }

  /** Into a larger table, or one of the same size when half of the entries are removed ones. */
  function grow(): void {
    const before = { high, low, slots, weights };
    let there = 0;
    for (const slot of slots) if (slot >= 0) there++;
    const size = there > (used * MAX_LOAD) / 2 ? slots.length * 2 : slots.length;
    high = new Int32Array(size);
    low = new Int32Array(size);
    slots = new Int32Array(size).fill(EMPTY);
    weights = new Float32Array(size);
    used = 0;
    for (let i = 0; i < before.slots.length; i++) {
      const slot = before.slots[i] ?? EMPTY;
      if (slot < 0) continue;
      const l = before.low[i] ?? 0;
      let at = start(l);
      while (slots[at] !== EMPTY) at = next(at);
      set(at, before.high[i] ?? 0, l, slot, before.weights[i] ?? 0);
    }
  }
}

/** Two hashes of 32 bits, by different primes: FNV-1a with the finish of MurmurHash3. */
function hashOf(key: string): [high: number, low: number] {
  let h = 0x811c9dc5;
  let l = 0x2f0b4c47;
  for (let i = 0; i < key.length; i++) {
    const code = key.charCodeAt(i);
    h = Math.imul(h ^ code, 0x01000193);
    l = Math.imul(l ^ code, 0x5bd1e995);
  }
  return [finish(h), finish(l)];
}

function finish(hash: number): number {
  let bits = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
