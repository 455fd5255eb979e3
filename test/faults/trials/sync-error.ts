import { setTimeout as sleep } from "node:timers/promises";
import { createDisk, type Disk, ERRNO, noDisk } from "../disk.ts";
import type { Trial } from "../trial.ts";

const STOPS_WITHIN_MS = 10_000;
const ANSWERS_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 20;
/** What a server says that finds its log on a disk that does not take it. */
const SENTENCE = "The disk does not take the write-ahead log";

let disk: Disk;

export const syncError: Trial = {
  title:
    "D1 what a disk could not sync is not acknowledged, neither by the server, which stops, nor by the next one unsynced",
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
      server.launch();
      server.expectExit();
      const refused = await Promise.race([server.ended(), sleep(STOPS_WITHIN_MS, undefined)]);
      expect(refused?.code === 1, "the server starts on a disk that does not sync");
      const last = server.said.slice(-1).join();
      expect(last.startsWith(SENTENCE), `the server does not say in a sentence why it does not start: ${last}`);
      if (!refused) await server.kill();
      disk.fail("sync", 0);
      await server.start();
      // Until it has answered for what it found: only then has it something to lose.
      const restarted = history.now();
      const answered = () =>
        history.ops.some(({ outcome, at, command }) => "id" in command && outcome === "ok" && at > restarted);
      const late = performance.now() + ANSWERS_WITHIN_MS;
      while (!answered() && performance.now() < late) await sleep(LOOK_EVERY_MS);
      await server.kill();
      // What the disk did not promise to hold, it does not hold.
      disk.cutPower(server);
      await server.start();
    } while (performance.now() < end);
  },
  done: () => disk.remove(),
};
