import { Worker } from "node:worker_threads";

/*
 * A process whose event loop stands still answers nobody, and looks alive to everybody who only looks at its port. What
 * is stored is safe at any moment, so the cure is the crash: whoever supervises it starts it anew.
 */

/** Longer than anything we do in one go, shorter than anybody waits. */
const STANDS_STILL_MS = 30_000;
const LOOKS = 10;

/** Watches this thread's event loop and kills the process where it stands still for `limitMs`. Returns the stop. */
export function startWatchdog(limitMs = STANDS_STILL_MS): () => void {
  const everyMs = limitMs / LOOKS;
  const beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const timer = setInterval(() => Atomics.add(beats, 0, 1), everyMs).unref();
  const worker = new Worker(new URL("./watchdog-worker.ts", import.meta.url), {
    workerData: { beats, everyMs, looks: LOOKS },
    execArgv: [],
  });
  worker.unref();
  return () => {
    clearInterval(timer);
    void worker.terminate();
  };
}
