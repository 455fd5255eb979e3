/**
 * Questions asked before, word for word: whoever asks one again gets what answered it. Punctuation and spaces at the
 * ends, case, and Chinese script do not matter.
 */
export interface Exact {
  add(slot: number, key: string, weight: number): void;
  remove(slot: number): void;
  /** The article that a question belongs to and how surely, or nothing. */
  find(key: string, allowed: (slot: number) => boolean): { slot: number; weight: number } | undefined;
}

/** What two equal questions have in common: their letters and digits. */
export function keyOf(folded: string): string {
  return folded.replace(/[^\p{L}\p{M}\p{N}+#]+/gu, " ").trim();
}

export function createExact(): Exact {
  const questions = new Map<string, Map<number, number>>();
  const held: (Set<string> | undefined)[] = [];

  return {
    add(slot, key, weight) {
      if (key === "") return;
      const slots = questions.get(key) ?? new Map<number, number>();
      questions.set(key, slots);
      slots.set(slot, (slots.get(slot) ?? 0) + weight);
      const keys = held[slot] ?? new Set();
      held[slot] = keys;
      keys.add(key);
    },
    remove(slot) {
      for (const key of held[slot] ?? []) {
        const slots = questions.get(key);
        slots?.delete(slot);
        if (slots?.size === 0) questions.delete(key);
      }
      held[slot] = undefined;
    },
    find(key, allowed) {
      let best: { slot: number; weight: number } | undefined;
      for (const [slot, weight] of questions.get(key) ?? []) {
        if (weight > (best?.weight ?? 0) && allowed(slot)) best = { slot, weight };
      }
      return best;
    },
  };
}
