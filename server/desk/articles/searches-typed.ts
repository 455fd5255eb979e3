import { keyOf } from "../../suggest/exact.ts";
import { fold } from "../../suggest/fold.ts";
import { meanTheSame } from "../../suggest/group.ts";

/** Nothing more was typed for so long: this is what they searched for. */
const SETTLED_MS = 4_000;
/** How many people's searches of a day are told apart; beyond, all of them are forgotten and some count twice. */
const MOST_PEOPLE = 20_000;
const MOST_EACH = 20;
/** What somebody means is said by then; of longer ones, twenty are compared for as long as a quarter of a second. */
const MEANT_LENGTH = 300;

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
 * What one person searched for, in place of what they were taken to have searched for before, where that was the
 * beginning of it; without `now`, what they went on to is known already.
 */
export type Searched = (now: Typed | undefined, was: Typed | undefined) => void;

/**
 * Suggestions are asked for with every letter; a search is the text at which somebody stopped. One person who searches
 * for one thing in several words, or rests in the middle of it, is one person: for that, what each searched for on a day
 * is held in memory, and only there.
 */
export interface TypedSearches {
  type(typed: Typed): void;
  /** Somebody sent it as a message instead: what they were still typing is no search. */
  sent(site: number, q: string): void;
  /** Takes what is still being typed as finished. */
  settle(): void;
}

function mean(one: Typed, other: Typed): boolean {
  return meanTheSame(one.q.slice(0, MEANT_LENGTH), other.q.slice(0, MEANT_LENGTH), other.locale);
}

/** What somebody typed, and how it is compared with what they and others typed. */
interface Held {
  typed: Typed;
  key: string;
}

export function createTypedSearches(searched: Searched, today: () => number): TypedSearches {
  const typing = new Map<string, Held & { timer: NodeJS.Timeout }>();
  const before = new Map<string, Held[]>();
  let day = 0;

  const finish = (person: string) => {
    const held = typing.get(person);
    if (!held) return;
    clearTimeout(held.timer);
    typing.delete(person);
    if (day !== today()) before.clear();
    day = today();
    const { typed, key } = held;
    const earlier = before.get(person) ?? [];
    const was = earlier.find((one) => key.startsWith(one.key));
    const others = earlier.filter((one) => one !== was);
    const known = others.some((one) => one.key.startsWith(key) || mean(one.typed, typed));
    if (known && !was) return;
    if (!before.has(person) && before.size >= MOST_PEOPLE) before.clear();
    before.set(person, (known ? others : [...others, { typed, key }]).slice(-MOST_EACH));
    searched(known ? undefined : typed, was?.typed);
  };

  return {
    type(typed) {
      const { q } = typed;
      const person = `${typed.site} ${typed.who}`;
      const held = typing.get(person);
      // What begins with the other is the same search, further on or taken back.
      if (held && (q.startsWith(held.typed.q) || held.typed.q.startsWith(q))) clearTimeout(held.timer);
      else finish(person);
      // Whoever is held has a place: without a new timer they would keep it for ever.
      if (!typing.has(person) && typing.size >= MOST_PEOPLE) return;
      const timer = setTimeout(() => finish(person), SETTLED_MS).unref();
      typing.set(person, { typed, key: keyOf(fold(q)), timer });
    },
    sent(site, q) {
      // Every message passes here: it is read once, however many are typing, and not at all where nobody is.
      if (typing.size === 0) return;
      const key = keyOf(fold(q));
      // Who sends at once has not been asked about the last letters. Of several, whoever had typed most of it.
      const [mine] = [...typing]
        .filter(([, held]) => held.typed.site === site && key.startsWith(held.key))
        .sort(([, one], [, other]) => other.typed.q.length - one.typed.q.length);
      if (!mine) return;
      clearTimeout(mine[1].timer);
      typing.delete(mine[0]);
    },
    settle() {
      for (const person of [...typing.keys()]) finish(person);
    },
  };
}
