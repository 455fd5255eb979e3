import { setTimeout as sleep } from "node:timers/promises";
import { createDisk, type Disk, noDisk } from "../disk.ts";
import type { Trial } from "../trial.ts";

const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;

let disk: Disk;

export const jumpingClock: Trial = {
  title: "D5 D6 a wall clock that jumps by an hour or a year changes no order and signs nobody out",
  skip: noDisk,
  server() {
    disk = createDisk();
    return disk.options;
  },
  async run({ server, stage, expect, tell }) {
    const signedIn = async () => {
      const response = await fetch(`${server.url}/api/session`, { headers: { cookie: stage.cookie } });
      await response.arrayBuffer();
      return response.status === 200;
    };
    for (const [name, shift] of [
      ["an hour ahead", HOUR_MS],
      ["an hour behind", -HOUR_MS],
      ["a year ahead", YEAR_MS],
      ["right again", 0],
    ] as const) {
      await sleep(800);
      disk.shiftClock(shift);
      await sleep(800);
      expect(await signedIn(), `the owner was signed out by a clock that is ${name}`);
    }
    await sleep(800);
    const health = await fetch(`${server.url}/healthz`);
    tell("alive in the end", health.status);
  },
  done: () => disk.remove(),
};
