import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";

/*
 * What was deleted is still in the file: in pages that are free now, in the free parts of others, where a page that was
 * split left a copy, in the parts of the full-text index that were marked as gone, and in the write-ahead log. A person
 * who was erased must be nowhere. In a thread of its own: the server goes on reading, and writing waits a moment.
 */

/** Takes what was deleted out of an SQLite file that may be in use. Rejects where others held it for too long. */
export function scrub(file: string): Promise<void> {
  if (!existsSync(file)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./scrub-worker.ts", import.meta.url), { workerData: file });
    worker.once("error", reject);
    worker.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`Cleaning ended with ${code}`))));
  });
}
