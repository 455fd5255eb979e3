import type { Event } from "../../protocol/event.ts";
import { lettersOf } from "../../ui/letters.ts";
import type { Http, Suggestion } from "../http.ts";
import { signal } from "../signals.ts";
import type { Storage } from "../storage.ts";

/** A person may answer at once: nobody is offered anything before. */
const OFFER_AFTER_MS = 4_000;
const CANDIDATES = 3;
const QUESTION_LENGTH = 1_000;
/** Fewer letters greet, and say nothing of what is asked. */
const GREETING_LENGTH = 8;
const KEY = "offer";

/** What was offered in a conversation; without an article: nothing was good enough, or it was put away. */
interface Offered {
  conversation: string;
  article?: Pick<Suggestion, "id" | "title" | "excerpt" | "locale"> | undefined;
}

/**
 * While a visitor waits for a person, the best article is offered: once, only where the server is sure enough, never one
 * that they were shown before they wrote, and never again once it was put away.
 */
export function createOffer(ports: { http: Http; storage: Storage; url(): string }) {
  const { http, storage } = ports;
  const offered = signal<Offered | undefined>(storage.get(KEY));

  function keep(now: Offered) {
    offered.value = now;
    storage.set(KEY, now);
  }

  return {
    offered,
    /** Looks once for this question; returns the way to stop. */
    look(conversation: string, { q, shown }: Waiting): () => void {
      if (offered.peek()?.conversation === conversation) return () => {};
      const stopped = new AbortController();
      const timer = setTimeout(async () => {
        try {
          const found = await http.suggest({ q, url: ports.url(), limit: CANDIDATES }, stopped.signal);
          const article = found.find(({ id }) => !shown.includes(id));
          if (!stopped.signal.aborted) keep({ conversation, article });
        } catch {
          // Nobody waits for an offer: the next view of this conversation looks again.
        }
      }, OFFER_AFTER_MS);
      return () => {
        clearTimeout(timer);
        stopped.abort();
      };
    },
    putAway(conversation: string) {
      keep({ conversation });
    },
  };
}

/** What somebody waits for, and the articles they know already. */
export interface Waiting {
  q: string;
  shown: readonly string[];
}

/** What is being waited for in this episode; nothing once an agent has written. */
export function waitingFor(events: readonly Event[]): Waiting | undefined {
  const from = events.findLastIndex(({ type }) => type === "reopened");
  const posted = events.slice(from + 1).filter((event) => event.type === "posted");
  if (posted.length === 0 || posted.some(({ by }) => by.kind === "agent")) return undefined;
  const said = posted.map(({ text }) => text);
  const asked = said.filter((text) => lettersOf(text) >= GREETING_LENGTH);
  const q = (asked.length > 0 ? asked : said).join(" ");
  return {
    q: q.slice(0, QUESTION_LENGTH),
    shown: posted.flatMap(({ asked }) => [...(asked?.shown ?? []), ...(asked?.read ?? [])]),
  };
}
