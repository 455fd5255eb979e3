import type { SuggestArticle } from "./index.ts";
import { nearness } from "./locales.ts";
import { languageOf } from "./stems.ts";

/** An article in the index. Its slot is its number in all lists; slots of removed articles are used again. */
export interface Held {
  slot: number;
  id: string;
  group: string;
  locale: string;
  audience: "public" | "internal";
  pages: readonly string[];
  order: number;
}

/** Which articles there are, and which are translations of one another. */
export interface Articles {
  open(article: SuggestArticle): Held;
  close(id: string): Held | undefined;
  find(id: string): Held | undefined;
  at(slot: number): Held | undefined;
  all(): Iterable<Held>;
  readonly size: number;
  /** One more than the highest slot. */
  readonly slots: number;
  /** Counts one more question that an article learned. */
  teach(held: Held): void;
  /** By slot, how many questions each article learned: numbers side by side, as every question looks at all of them. */
  readonly learned: Int32Array;
  /** The languages of the articles, the most used first. */
  languages(): readonly string[];
  /** Among an article's translations for the same readers, the one nearest to a locale; itself when none is nearer. */
  nearest(held: Held, locale: string): Held;
}

export function createArticles(): Articles {
  const bySlot: (Held | undefined)[] = [];
  let learned = new Int32Array(64);
  const byId = new Map<string, Held>();
  const groups = new Map<string, Held[]>();
  const free: number[] = [];
  const counts = new Map<string, number>();
  let languages: string[] = [];

  return {
    get size() {
      return byId.size;
    },
    get slots() {
      return bySlot.length;
    },
    get learned() {
      return learned;
    },
    teach({ slot }) {
      learned[slot] = (learned[slot] ?? 0) + 1;
    },
    find: (id) => byId.get(id),
    at: (slot) => bySlot[slot],
    all: () => byId.values(),
    languages: () => languages,
    open({ id, group, locale, audience, pages = [], order = 0 }) {
      const slot = free.pop() ?? bySlot.length;
      const held: Held = { slot, id, group, locale, audience, pages, order };
      bySlot[slot] = held;
      if (slot >= learned.length) learned = grown(learned);
      learned[slot] = 0;
      byId.set(id, held);
      const members = groups.get(group) ?? [];
      groups.set(group, members);
      members.push(held);
      count(locale, 1);
      return held;
    },
    close(id) {
      const held = byId.get(id);
      if (!held) return undefined;
      byId.delete(id);
      bySlot[held.slot] = undefined;
      free.push(held.slot);
      const members = (groups.get(held.group) ?? []).filter((member) => member !== held);
      if (members.length > 0) groups.set(held.group, members);
      else groups.delete(held.group);
      count(held.locale, -1);
      return held;
    },
    nearest(held, locale) {
      let best = held;
      for (const member of groups.get(held.group) ?? []) {
        if (member.audience === held.audience && nearness(member.locale, locale) > nearness(best.locale, locale)) {
          best = member;
        }
      }
      return best;
    },
  };

  function count(locale: string, change: number): void {
    const language = languageOf(locale);
    const articles = (counts.get(language) ?? 0) + change;
    if (articles > 0) counts.set(language, articles);
    else counts.delete(language);
    languages = [...counts].sort((one, other) => other[1] - one[1]).map(([name]) => name);
  }
}

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
