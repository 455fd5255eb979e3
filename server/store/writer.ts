import { setTimeout as sleep } from "node:timers/promises";
import { fault, Refusal } from "../../protocol/faults.ts";

/*
 * Group commit: all writes that arrive in one turn of the event loop share one transaction, and so one fsync. Only when
 * that is durable do they resolve, in the order in which they came (D1, D6). `setImmediate` measured better than any
 * timer: no message waits for a clock.
 */

const QUEUE_LIMIT = 10_000;
/** How long another program's lock is waited for, and how often it is tried. */
const LOCKED_FOR_MS = 4_000;
const LOOK_EVERY_MS = 20;

/** The words of one connection's transactions. */
export interface Transaction {
  begin(): void;
  commit(): void;
  rollback(): void;
  /** A mark inside the transaction that one job can be undone to. */
  mark(): void;
  keep(): void;
  undo(): void;
  /** Whether `begin` failed because another program holds the lock: it is tried again while others are served. */
  isLocked?(error: unknown): boolean;
  /** Whether after this error nothing can be believed of what the disk holds, or says that it holds. */
  isBroken?(error: unknown): boolean;
}

/** Work that a job leaves for the end of the transaction. */
type Ending = () => Promise<void>;

interface Waiting {
  /** Returns what the job left to do. A job that threw is undone to the mark; without one nothing is, and it returns nothing. */
  run(marked: boolean): Promise<readonly Ending[] | undefined>;
  settle(): void;
  fail(error: unknown): void;
}

export interface Writer {
  write<T>(job: () => Promise<T>): Promise<T>;
  /** Called by a running job. */
  atEnd(work: Ending): void;
  /** Resolves when nothing waits any more; refuses what comes later. */
  close(): Promise<void>;
}

export function createWriter(transaction: Transaction): Writer {
  let waiting: Waiting[] = [];
  let scheduled = false;
  let closed = false;
  let idle: (() => void) | undefined;
  let left: Ending[] = [];

  const schedule = () => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(run);
  };

  const run = async () => {
    const batch = waiting;
    waiting = [];
    const error = await commitTogether(transaction, batch);
    scheduled = false;
    // Who came while the lock was waited for has waited too: nobody waits twice.
    if (transaction.isLocked?.(error)) for (const one of waiting.splice(0)) one.fail(notNow(error));
    if (error !== undefined && transaction.isBroken?.(error)) {
      // Thrown to nobody, so that the process ends: what starts anew reads what the disk really holds (D1).
      closed = true;
      for (const one of waiting.splice(0)) one.fail(notNow(error));
      idle?.();
      throw error;
    }
    if (waiting.length > 0) schedule();
    else idle?.();
  };

  return {
    write(job) {
      if (closed) return Promise.reject(new Refusal(fault("unavailable", "The server is stopping")));
      if (waiting.length >= QUEUE_LIMIT) {
        return Promise.reject(new Refusal(fault("unavailable", "Too many writes are waiting", { afterMs: 2_000 })));
      }
      return new Promise((resolve, reject) => {
        let outcome: Awaited<ReturnType<typeof job>>;
        let thrown: { error: unknown } | undefined;
        waiting.push({
          async run(marked) {
            left = [];
            if (marked) transaction.mark();
            try {
              outcome = await job();
              if (marked) transaction.keep();
              return left;
            } catch (error) {
              thrown = { error };
              if (!marked) return undefined;
              transaction.undo();
              return [];
            }
          },
          settle: () => (thrown ? reject(thrown.error) : resolve(outcome)),
          fail: reject,
        });
        schedule();
      });
    },
    atEnd: (work) => void left.push(work),
    close() {
      closed = true;
      return new Promise((resolve) => {
        if (scheduled) idle = resolve;
        else resolve();
      });
    },
  };
}

/** Returns what broke it, if it was not committed. */
async function commitTogether(transaction: Transaction, batch: Waiting[]): Promise<unknown> {
  try {
    if (!begun(transaction)) await beginWhenFree(transaction);
    // A job that has the transaction for itself is undone with it: two statements fewer where nobody else writes.
    const shared = batch.length > 1;
    const endings: Ending[] = [];
    let undone = false;
    for (const one of batch) {
      const left = await one.run(shared);
      if (left) endings.push(...left);
      else undone = true;
    }
    if (undone) {
      transaction.rollback();
      for (const one of batch) one.settle();
      return undefined;
    }
    for (const work of endings) await work();
    transaction.commit();
  } catch (error) {
    // The disk said no: nobody is told "stored", everybody may try again.
    try {
      transaction.rollback();
    } catch {
      // SQLite has rolled back by itself.
    }
    for (const one of batch) one.fail(notNow(error));
    return error;
  }
  for (const one of batch) one.settle();
  return undefined;
}

/** Usually at once, and then without a turn of the loop. */
function begun(transaction: Transaction): boolean {
  try {
    transaction.begin();
    return true;
  } catch (error) {
    if (!transaction.isLocked?.(error)) throw error;
    return false;
  }
}

/** Not by SQLite's own waiting, which would hold up everything else too. */
async function beginWhenFree(transaction: Transaction): Promise<void> {
  const end = performance.now() + LOCKED_FOR_MS;
  while (performance.now() < end) {
    await sleep(LOOK_EVERY_MS);
    if (begun(transaction)) return;
  }
  transaction.begin();
}

function notNow(cause: unknown): Refusal {
  const refusal = new Refusal(fault("unavailable", "Cannot store this now", { afterMs: 1_000 }));
  refusal.cause = cause;
  return refusal;
}
