import { setTimeout as sleep } from "node:timers/promises";
import { createDisk, type Disk, ERRNO, noDisk } from "../disk.ts";
import { isReady } from "../server-process.ts";
import type { Scene, Trial } from "../trial.ts";

export const diskFull = failing(
  "D1 a full disk refuses for a while, what is stored can be read meanwhile, and all goes on without a restart",
  ERRNO.ENOSPC,
);

export const readOnly = failing(
  "D1 a file that can only be read makes the server not ready, and nothing is invented",
  ERRNO.EROFS,
);

function failing(title: string, errno: number): Trial {
  let disk: Disk;
  return {
    title,
    skip: noDisk,
    // A batch that fails between two that are stored would change the order of what is under way together.
    crowd: { depth: 1 },
    server() {
      disk = createDisk();
      return disk.options;
    },
    run: (scene) => fail(scene, disk, errno),
    done: () => disk.remove(),
  };
}

async function fail(
  { server, crowd, history, forMs, random, expect, tell }: Scene,
  disk: Disk,
  errno: number,
): Promise<void> {
  const end = performance.now() + forMs;
  let refused = 0;
  do {
    await sleep(random.between(1_000, 1_500));
    disk.fail("write", errno);
    await sleep(300);
    const from = history.now();
    expect(!(await isReady(server.url)), "the server says that it is ready, and cannot store");
    const reader = crowd.agents.find(({ connection, open }) => connection.up && open.size > 0);
    const conversation = reader && [...reader.open][0];
    if (conversation) {
      const reply = await reader.connection.send({ type: "sync", conversation, stream: "talk", after: 0, limit: 5 });
      expect(reply.ok, `reading failed too: ${JSON.stringify(reply)}`);
    }
    await sleep(1_500);
    const since = history.ops.filter(({ at, command }) => at >= from && "id" in command);
    expect(
      since.every(({ outcome, event, fault, command }) =>
        outcome !== "ok"
          ? fault === undefined || fault.retry === "after"
          : event !== undefined && isOld(history, command),
      ),
      "a post was answered as if the disk could be written to",
    );
    refused += since.filter(({ fault }) => fault?.code === "unavailable").length;
    disk.fail("write", 0);
    await sleep(1_500);
    expect(await isReady(server.url), "the server is not ready again");
  } while (performance.now() < end);
  expect(server.exits.length === 0, "the server had to be started again");
  tell("refused meanwhile", refused);
}

/** Stored before, and only asked again. */
function isOld({ written }: Scene["history"], command: object): boolean {
  const message = "id" in command ? written.get(command.id as never) : undefined;
  return message?.firstAsked !== undefined;
}
