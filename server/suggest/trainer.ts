import { Worker } from "node:worker_threads";
import type { Lesson, Model } from "./regression.ts";

/** Changes come in bursts (an import, an agent at work): one training serves all of a burst. */
const PAUSE_MS = 1500;
/** A site that is always learning must not wait forever for a pause. */
const MAX_WAIT_MS = 20_000;
/** A worker holds some 30 MB, so it ends after each training; sites learn a few times an hour, not a second. */
const MIN_APART_MS = 10_000;

/** Trains in a thread of its own, one training at a time; the newest lesson wins. */
export interface Trainer {
  /** Says that something was learned; a training follows soon. */
  stir(): void;
  /** Trains at once; for measuring. */
  trainNow(): Promise<void>;
  /** Ends a training under way and drops one that was to follow: there is too much to learn from by now. */
  halt(): void;
  close(): void;
}

export function createTrainer(lesson: () => Promise<Lesson | undefined>, learned: (model: Model) => void): Trainer {
  let timer: NodeJS.Timeout | undefined;
  let worker: Worker | undefined;
  /** From the making of a lesson until what was trained with it is here. */
  let busy = false;
  let halts = 0;
  let stirred = false;
  let stirredAt = 0;
  let lastAt = Number.NEGATIVE_INFINITY;
  let closed = false;

  const trainer: Trainer = {
    stir() {
      if (!stirred) stirredAt = performance.now();
      stirred = true;
      schedule();
    },
    async trainNow() {
      clearTimeout(timer);
      timer = undefined;
      stirred = false;
      await run(true);
    },
    halt() {
      clearTimeout(timer);
      timer = undefined;
      stirred = false;
      halts++;
      void worker?.terminate();
    },
    close() {
      closed = true;
      trainer.halt();
    },
  };
  return trainer;

  function schedule(): void {
    if (closed || busy) return;
    const now = performance.now();
    // Each change puts it off, so that no half-built index is learned from.
    if (timer && now - stirredAt > MAX_WAIT_MS) return;
    clearTimeout(timer);
    const wait = Math.max(PAUSE_MS, lastAt + MIN_APART_MS - now);
    timer = setTimeout(() => {
      timer = undefined;
      stirred = false;
      // A site without a fresh model still answers from its vectors; the next change tries again.
      run().catch(() => undefined);
    }, wait);
    timer.unref();
  }

  async function run(awaited = false): Promise<void> {
    busy = true;
    const halted = halts;
    try {
      const given = await lesson();
      if (given && !closed && halts === halted) await train(given, awaited);
    } finally {
      busy = false;
      if (stirred) schedule();
    }
  }

  function train(given: Lesson, awaited: boolean): Promise<void> {
    lastAt = performance.now();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const started = new Worker(new URL("./regression-worker.ts", import.meta.url));
    worker = started;
    if (!awaited) started.unref();
    started.once("message", (model: Model) => {
      if (!closed) learned(model);
      void started.terminate();
    });
    started.once("error", reject);
    started.once("exit", () => {
      worker = undefined;
      resolve();
    });
    started.postMessage(given);
    return promise;
  }
}
