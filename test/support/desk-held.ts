import type { Db, Store } from "../../server/store/port.ts";

/** A store whose transactions and answers a test can stop at the moment that matters. */
export interface HeldStore {
  through(store: Store): Store;
  /** From now on, jobs run but their transactions stay open. */
  holdWrites(): void;
  /** From now on, what was read is not yet told. */
  holdReads(): void;
  /** How many wait. */
  readonly held: number;
  /** Lets the oldest go on. */
  letOne(): void;
  /** Lets all go on, and holds nothing any more. */
  release(): void;
  /** The next write does its job and then fails, as when the disk is full. */
  failNextWrite(): void;
}

export function heldStore(): HeldStore {
  const waiting: (() => void)[] = [];
  const holds = { reads: false, writes: false };
  let fails = false;
  const wait = () => new Promise<void>((go) => waiting.push(go));

  return {
    through: (store) => ({
      ...store,
      async read(job) {
        const result = await store.read(job);
        if (holds.reads) await wait();
        return result;
      },
      write<T>(job: (db: Db) => Promise<T>) {
        return store.write(async (db) => {
          const result = await job(db);
          if (holds.writes) await wait();
          if (fails) {
            fails = false;
            throw new Error("The disk is full");
          }
          return result;
        });
      },
    }),
    holdWrites() {
      holds.writes = true;
    },
    holdReads() {
      holds.reads = true;
    },
    get held() {
      return waiting.length;
    },
    letOne: () => waiting.shift()?.(),
    release() {
      holds.reads = false;
      holds.writes = false;
      for (const go of waiting.splice(0)) go();
    },
    failNextWrite() {
      fails = true;
    },
  };
}
