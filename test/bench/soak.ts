import { openCrowd } from "./crowd.ts";

/*
 * Whether memory grows while people talk, come and go for long. The heap must not; what lies beside it follows the
 * database until its page caches are full.
 */

const MINUTES = 30;
const RATE = 100;
const TALKING = 200;
const AGENTS = 10;
/** They come anew every minute. */
const WIDGETS = 200;
const LOOKS = 6;
const WARM_UP_SECONDS = 20;
/** A day's soak may grow by 1 MB an hour; what two collections differ by is a part of that. */
const MAY_GROW_BY = 1;
const MEGABYTE = 1024 * 1024;

/** Prints memory as it goes; a heap that grew makes the process fail. */
export async function soak(said?: string): Promise<void> {
  const minutes = Number(said ?? MINUTES);
  if (!(minutes > 0)) throw new Error(`How many minutes is ${said}?`);
  const crowd = await openCrowd({ widgets: WIDGETS, talking: TALKING, agents: AGENTS });
  try {
    console.log(`${RATE} messages a second for ${minutes} minutes, ${WIDGETS} other people who come and go`);
    await crowd.measure({ rate: RATE, seconds: WARM_UP_SECONDS });
    const heaps = [await look("at the start")];
    for (let minute = 1; minute <= minutes; minute++) {
      await crowd.idle(WIDGETS);
      const { unseen } = await crowd.measure({ rate: RATE, seconds: 60 });
      if (unseen > 0) throw new Error(`${unseen} messages were never pushed`);
      if (minute % Math.max(1, Math.round(minutes / LOOKS)) === 0) heaps.push(await look(`after ${minute} min`));
    }
    // What a collection left by chance is in neither half's least.
    const half = Math.ceil(heaps.length / 2);
    const grown = Math.min(...heaps.slice(half)) - Math.min(...heaps.slice(0, half));
    const holds = grown <= MAY_GROW_BY;
    if (!holds) process.exitCode = 1;
    console.log(
      `the heap grew by ${grown.toFixed(2)} MB between the halves of ${minutes} minutes   ${holds ? "ok" : "MISSED"}`,
    );
  } finally {
    await crowd.close();
  }

  async function look(when: string) {
    const { memory, heap } = await crowd.usage();
    const [all, ours] = [memory, heap].map((bytes) => bytes / MEGABYTE) as [number, number];
    console.log(`${when.padEnd(14)} heap ${ours.toFixed(2)} MB, with all beside it ${all.toFixed(1)} MB`);
    return ours;
  }
}
