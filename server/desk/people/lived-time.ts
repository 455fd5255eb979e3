import type { Clock } from "../../clock.ts";
import { readLived, writeLived } from "../../store/lived.ts";
import type { Store } from "../../store/port.ts";

/** A stop, however long, counts as this much at most. */
const STOPPED_MS = 24 * 60 * 60 * 1000;
const KEEP_EVERY_MS = 10 * 60 * 1000;

/**
 * Time by which sessions end. A wall clock that jumps a year ahead, while the server runs or between two starts, signs
 * nobody out: what counts is the time that a server of this desk ran, and a day at most for each stop.
 */
export interface LivedTime {
  now(): Promise<number>;
  /** Remembers how far it has come; for a job that comes by every minute or so. */
  keep(): Promise<void>;
}

export function createLivedTime({ store, clock }: { store: Store; clock: Clock }): LivedTime {
  const steady = clock.steady ?? clock.now;
  let behind: Promise<number> | undefined;
  let kept = 0;

  const measure = async () => {
    const lived = await store.read(readLived);
    return lived === undefined ? 0 : Math.max(0, steady() - lived - STOPPED_MS);
  };
  const now = async () => {
    behind ??= measure().catch((error) => {
      behind = undefined;
      throw error;
    });
    return steady() - (await behind);
  };

  return {
    now,
    async keep() {
      const at = await now();
      if (Math.abs(at - kept) < KEEP_EVERY_MS) return;
      await store.write((db) => writeLived(db, at));
      kept = at;
    },
  };
}
