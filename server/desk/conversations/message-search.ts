import type { Store } from "../../store/port.ts";
import { behind, indexConversation } from "../../store/search.ts";

/** How long the index may be behind while nobody searches. */
const LAG_MS = 250;
/** How many conversations one transaction indexes, so that no message waits long behind it. */
const AT_ONCE = 8;

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

  /** What an earlier process left behind. */
  const look = async () => {
    if (looked) return;
    for (const key of await store.read(behind)) waiting.add(key);
    looked = true;
  };

  const indexSome = async () => {
    const keys = [...waiting].slice(0, AT_ONCE);
    for (const key of keys) waiting.delete(key);
    try {
      await store.write(async (db) => {
        for (const key of keys) await indexConversation(db, key);
      });
    } catch (error) {
      for (const key of keys) waiting.add(key);
      throw error;
    }
  };

  const run = async () => {
    try {
      await look();
      while (waiting.size > 0) await indexSome();
    } catch {
      // The disk says no: the rest waits for the next time, and a search answers with what it has.
    }
  };

  const caughtUp = () => {
    running = running.then(run);
    return running;
  };

  return {
    grown(conversation) {
      waiting.add(conversation);
      timer ??= setTimeout(() => {
        timer = undefined;
        void caughtUp();
      }, LAG_MS).unref();
    },
    caughtUp,
    close: () => clearTimeout(timer),
  };
}
