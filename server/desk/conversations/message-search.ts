import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "../../store/port.ts";
import { behind, indexConversation } from "../../store/search.ts";

/** How long the index may be behind while nobody searches, and by how many changes: more of one conversation cost less. */
const LAG_MS = 2_000;
const LAG_EVENTS = 1_000;
/** How many events one transaction indexes: enough to be worth its sync, so few that no message waits long behind it. */
const AT_ONCE = 100;
/** And of how many conversations: each has pages of its own. */
const CONVERSATIONS_AT_ONCE = 32;
/** How long it rests between two while nobody searches: in a rush it gives way to the messages. */
const REST_MS = 50;

/**
 * The full-text index of messages and notes. It follows the log instead of being written with it, which costs a message
 * half of its pages; each conversation says how far it is indexed, so a crash loses nothing of it.
 */
export interface MessageSearch {
  /** A conversation's log has grown. */
  grown(conversation: number): void;
  /** Resolves when whatever was stored before can be found; also where that could not be written just now. */
  caughtUp(): Promise<void>;
  close(): void;
}

export function createMessageSearch({ store }: { store: Store }): MessageSearch {
  const waiting = new Set<number>();
  let looked = false;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let grownBy = 0;
  let busy = false;
  let searching = 0;
  let closed = false;

  /** What an earlier process left behind. */
  const look = async () => {
    if (looked) return;
    for (const key of await store.read(behind)) waiting.add(key);
    looked = true;
  };

  const indexSome = async () => {
    const taken: number[] = [];
    try {
      await store.write(async (db) => {
        for (let left = AT_ONCE; left > 0 && taken.length < CONVERSATIONS_AT_ONCE; ) {
          const [key] = waiting;
          if (key === undefined) return;
          waiting.delete(key);
          taken.push(key);
          left -= await indexConversation(db, key, left);
          // There may be more of it.
          if (left <= 0) waiting.add(key);
        }
      });
    } catch (error) {
      for (const key of taken) waiting.add(key);
      throw error;
    }
  };

  const run = async () => {
    busy = true;
    try {
      await look();
      while (waiting.size > 0 && !closed) {
        await indexSome();
        if (searching === 0 && waiting.size > 0) await sleep(REST_MS, undefined, { ref: false });
      }
    } catch {
      // The disk says no: the rest waits for the next time, and a search answers with what it has.
    } finally {
      busy = false;
    }
  };

  const catchUp = () => {
    clearTimeout(timer);
    timer = undefined;
    grownBy = 0;
    running = running.then(run);
    return running;
  };

  return {
    grown(conversation) {
      waiting.add(conversation);
      grownBy++;
      if (grownBy >= LAG_EVENTS && !busy) void catchUp();
      else timer ??= setTimeout(catchUp, LAG_MS).unref();
    },
    async caughtUp() {
      searching++;
      await catchUp().finally(() => searching--);
    },
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
