import { computed, type ReadonlySignal } from "@preact/signals";
import type { Event } from "../../protocol/event.ts";
import type { Threads } from "./threads.ts";

/** How the visitor of a conversation met an article already. */
export interface Met {
  /** `sent` to them by an agent, or `shown` to them while they typed, before they wrote. */
  readonly how: "sent" | "shown";
  readonly at: string;
}

/** What was said with articles in the open conversation, so that nobody sends the same one again unknowingly. */
export interface Said {
  /** By the article's id. */
  readonly articles: ReadonlySignal<ReadonlyMap<string, Met>>;
  /** Whether its address stands in a message that an agent sent. */
  written(url: string): Met | undefined;
}

export function createSaid(threads: Pick<Threads, "current">): Said {
  const talk = computed(() => threads.current.value?.log.value.talk ?? []);
  return {
    articles: computed(() => metIn(talk.value)),
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
  };
}

/** Sent counts for more than shown; of two times the later. Pure. */
export function metIn(talk: readonly Event[]): ReadonlyMap<string, Met> {
  const gone = redactedIn(talk);
  const met = new Map<string, Met>();
  for (const event of talk) {
    if (event.type !== "posted" || gone.has(event.seq)) continue;
    for (const id of event.asked?.shown ?? [])
      if (met.get(id)?.how !== "sent") met.set(id, { how: "shown", at: event.at });
    if (event.article && event.by.kind === "agent") met.set(event.article.id, { how: "sent", at: event.at });
  }
  return met;
}

function redactedIn(talk: readonly Event[]): ReadonlySet<number> {
  return new Set(talk.flatMap((event) => (event.type === "redacted" ? [event.target] : [])));
}
