import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Event } from "../../protocol/event.ts";
import type { Http } from "../ports.ts";
import type { List } from "../resources.ts";
import type { Session } from "./session.ts";
import type { Threads } from "./threads.ts";

/** How the visitor of a conversation met an article already. */
export interface Met {
  /** `sent` to them by an agent; before they wrote `read` by them, or only `shown` while they typed. */
  readonly how: "sent" | "read" | "shown";
  readonly at: string;
}

/** What was said with articles in the open conversation, so that nobody sends the same one again unknowingly. */
export interface Said {
  /** By the article's id, in whichever language it was met. */
  readonly articles: ReadonlySignal<ReadonlyMap<string, Met>>;
  /** Whether its address stands in a message that an agent sent. */
  written(url: string): Met | undefined;
  dispose(): void;
}

/** Articles asked about at once: more than one conversation sends. */
const MOST = 100;

export function createSaid(http: Http, session: Pick<Session, "site">, threads: Pick<Threads, "current">): Said {
  const talk = computed(() => threads.current.value?.log.value.talk ?? []);
  const met = computed(() => metIn(talk.value));
  /** Articles that say the same in other languages: events name only the one that was sent. */
  const groups = signal<readonly (readonly string[])[]>([]);
  /** A string, so that a message without an article asks nothing anew. */
  const named = computed(() => [...met.value.keys()].slice(-MOST).sort().join());

  return {
    articles: computed(() => inAllLanguages(met.value, groups.value)),
    written(url) {
      const gone = redactedIn(talk.peek());
      const found = talk
        .peek()
        .findLast(
          (event) =>
            event.type === "posted" && event.by.kind === "agent" && !gone.has(event.seq) && event.text.includes(url),
        );
      return found && { how: "sent", at: found.at };
    },
    dispose: effect(() => {
      const site = session.site.value?.id;
      if (!site || named.value === "") return;
      const abort = new AbortController();
      const path = `/api/sites/${site}/articles/translations?of=${named.value}`;
      void http<List<{ articles: readonly { id: string }[] }>>("GET", path, undefined, abort.signal).then((answer) => {
        if (!answer.ok || abort.signal.aborted) return;
        groups.value = answer.value.items.map(({ articles }) => articles.map(({ id }) => id));
      });
      return () => abort.abort();
    }),
  };
}

const WEIGHT = { sent: 2, read: 1, shown: 0 };

/** Sent counts for more than read, and that for more than shown; of two times the later. Pure. */
function metIn(talk: readonly Event[]): ReadonlyMap<string, Met> {
  const gone = redactedIn(talk);
  const met = new Map<string, Met>();
  const meet = (id: string, how: Met["how"], at: string) => {
    if (WEIGHT[how] >= WEIGHT[met.get(id)?.how ?? "shown"]) met.set(id, { how, at });
  };
  for (const event of talk) {
    if (event.type !== "posted" || gone.has(event.seq)) continue;
    for (const id of event.asked?.shown ?? []) meet(id, "shown", event.at);
    for (const id of event.asked?.read ?? []) meet(id, "read", event.at);
    if (event.article && event.by.kind === "agent") meet(event.article.id, "sent", event.at);
  }
  return met;
}

/** Whoever met one of a group has met them all, as they met the one that counts for most. */
function inAllLanguages(
  met: ReadonlyMap<string, Met>,
  groups: readonly (readonly string[])[],
): ReadonlyMap<string, Met> {
  const all = new Map(met);
  for (const group of groups) {
    const ways = group.flatMap((id) => met.get(id) ?? []);
    const [most] = ways.toSorted((a, b) => WEIGHT[b.how] - WEIGHT[a.how] || (a.at < b.at ? 1 : -1));
    if (most) for (const id of group) all.set(id, most);
  }
  return all;
}

function redactedIn(talk: readonly Event[]): ReadonlySet<number> {
  return new Set(talk.flatMap((event) => (event.type === "redacted" ? [event.target] : [])));
}
