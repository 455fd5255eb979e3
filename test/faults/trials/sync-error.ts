import { setTimeout as sleep } from "node:timers/promises";
import { createDisk, type Disk, ERRNO, noDisk } from "../disk.ts";
import type { Trial } from "../trial.ts";

const STOPS_WITHIN_MS = 10_000;

let disk: Disk;

export const syncError: Trial = {
  title: "D1 a disk that cannot sync has nothing acknowledged on it, and the server stops instead of going on",
  skip: noDisk,
  crowd: { depth: 1 },
  server() {
    disk = createDisk();
    return disk.options;
  },
  async run({ server, forMs, random, history, expect }) {
    const end = performance.now() + forMs;
    do {
      await sleep(random.between(1_500, 2_500));
      server.expectExit();
      disk.fail("sync", ERRNO.EIO);
      await sleep(20);
      const from = history.now();
      const exit = await Promise.race([server.ended(), sleep(STOPS_WITHIN_MS, undefined)]);
      const told = history.ops.filter(
        ({ outcome, command, event, at, answeredAt }) =>
          "id" in command && outcome === "ok" && event && at > from && (answeredAt ?? 0) > from,
      );
      expect(told.length === 0, `${told.length} messages were acknowledged and not synced`);
      expect(exit !== undefined, "the server goes on on a disk that does not sync");
      if (!exit) await server.kill();
      // What the disk did not promise to hold, it does not hold.
      disk.cutPower(server);
      disk.fail("sync", 0);
      await server.start();
    } while (performance.now() < end);
  },
  done: () => disk.remove(),
};
