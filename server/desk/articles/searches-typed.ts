import { keyOf } from "../../suggest/exact.ts";
import { fold } from "../../suggest/fold.ts";
import { meanTheSame } from "../../suggest/group.ts";

/** Nothing more was typed for so long: this is what they searched for. */
const SETTLED_MS = 4_000;
/** How many people's searches of a day are told apart; beyond, all of them are forgotten and some count twice. */
const MOST_PEOPLE = 20_000;
const MOST_EACH = 20;

/** What one person typed, and what came of it. */
export interface Typed {
  /** Tells people apart for a day, in memory only. */
  who: string;
  site: number;
  q: string;
  locale: string;
  /** The article that was shown first; absent where nothing was. */
  found?: string | undefined;
}

/**
 * Suggestions are asked for with every letter; a search is the text at which somebody stopped. One person who searches
 * for one thing in several words is one person: for that, what each searched for on a day is held in memory, and only
 * there.
 */
export interface TypedSearches {
  type(typed: Typed): void;
  /** They sent it as a message instead: what they were still typing is no search. */
  sent(site: number, q: string): void;
  /** Takes what is still being typed as finished. */
  settle(): void;
}

export function createTypedSearches(searched: (typed: Typed) => void): TypedSearches {
  const typing = new Map<string, { typed: Typed; timer: NodeJS.Timeout }>();
  const before = new Map<string, string[]>();

  const finish = (who: string) => {
    const held = typing.get(who);
    if (!held) return;
    clearTimeout(held.timer);
    typing.delete(who);
    const { q, locale } = held.typed;
    const earlier = before.get(who) ?? [];
    if (earlier.some((one) => keyOf(fold(one)) === keyOf(fold(q)) || meanTheSame(one, q, locale))) return;
    if (before.size > MOST_PEOPLE) before.clear();
    before.set(who, [...earlier, q].slice(-MOST_EACH));
    searched(held.typed);
  };

  return {
    type(typed) {
      const { who, q } = typed;
      const held = typing.get(who);
      if (held) {
        // What begins with the other is the same search, further on or taken back.
        const grew = q.startsWith(held.typed.q) || held.typed.q.startsWith(q);
        if (!grew) finish(who);
        else clearTimeout(held.timer);
      }
      if (typing.size > MOST_PEOPLE) return;
      const timer = setTimeout(() => finish(who), SETTLED_MS).unref();
      typing.set(who, { typed, timer });
    },
    sent(site, q) {
      for (const [who, { typed, timer }] of typing) {
        if (typed.site !== site || keyOf(fold(typed.q)) !== keyOf(fold(q))) continue;
        clearTimeout(timer);
        typing.delete(who);
      }
    },
    settle() {
      for (const who of [...typing.keys()]) finish(who);
    },
  };
}
