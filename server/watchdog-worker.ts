import { writeSync } from "node:fs";
import { workerData } from "node:worker_threads";

/* The other thread of `watchdog.ts`. It counts its own looks, not time: a process that was frozen whole is not to blame. */

const STDERR = 2;

const { beats, everyMs, looks } = workerData as { beats: Int32Array; everyMs: number; looks: number };
let seen = -1;
let still = 0;

setInterval(() => {
  const now = Atomics.load(beats, 0);
  still = now === seen ? still + 1 : 0;
  seen = now;
  if (still < looks) return;
  // Not through the logger: that lives in the thread which stands still.
  writeSync(STDERR, `${JSON.stringify({ level: 60, msg: `The event loop stood still for ${looks * everyMs} ms` })}\n`);
  process.kill(process.pid, "SIGKILL");
}, everyMs);
