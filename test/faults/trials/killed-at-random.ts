import { setTimeout as sleep } from "node:timers/promises";
import { percentile } from "../report.ts";
import type { Trial } from "../trial.ts";

/** Long enough for people to be back and writing when the next one comes. */
const LIVES_MS = [1_500, 4_000] as const;

export const killedAtRandom: Trial = {
  title: "D1 a server killed with -9 again and again loses nothing and doubles nothing",
  async run({ server, random, forMs, tell }) {
    const end = performance.now() + forMs;
    const starts: number[] = [];
    while (performance.now() < end) {
      await sleep(random.between(...LIVES_MS));
      await server.kill();
      await server.start();
      starts.push(performance.now() - server.startedAt);
    }
    tell("listens after, p99 ms", Math.round(percentile(starts, 0.99)));
  },
};
