import { setTimeout as sleep } from "node:timers/promises";
import { createDisk, type Disk, noDisk } from "../disk.ts";
import type { Trial } from "../trial.ts";

let disk: Disk;

export const powerCut: Trial = {
  title: "D1 a power cut that takes all that was never synced takes nothing that was acknowledged",
  skip: noDisk,
  server() {
    disk = createDisk();
    return disk.options;
  },
  async run({ server, random, forMs, tell }) {
    const end = performance.now() + forMs;
    let bytes = 0;
    while (performance.now() < end) {
      await sleep(random.between(1_500, 3_000));
      await server.kill();
      bytes += disk.cutPower(server);
      await server.start();
    }
    tell("bytes taken back", bytes);
  },
  done: () => disk.remove(),
};
