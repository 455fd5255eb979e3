import { renameSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { isReady } from "../server-process.ts";
import type { Trial } from "../trial.ts";

const NOTICED_WITHIN_MS = 5_000;

export const fileGone: Trial = {
  title:
    "D1 a database that somebody moves away makes the server not ready, and nothing is acknowledged that a restart would not find",
  crowd: { depth: 1 },
  async run({ server, history, expect, tell }) {
    await sleep(2_000);
    server.expectExit();
    const kinds = ["", "-wal", "-shm"];
    for (const kind of kinds) renameSync(server.file + kind, `${server.file}.moved${kind}`);
    const from = history.now();
    const end = performance.now() + NOTICED_WITHIN_MS;
    while ((await isReady(server.url)) && performance.now() < end) await sleep(100);
    expect(!(await isReady(server.url)), "the server says that it is ready on a file that is gone");
    tell("noticed after ms", Math.round(history.now() - from));
    const noticed = history.now();
    await sleep(1_000);
    const told = history.ops.filter(({ at, command, outcome }) => at > noticed && "id" in command && outcome === "ok");
    expect(told.length === 0, `${told.length} messages were acknowledged into a file that is gone`);
    await server.kill();
    for (const kind of kinds) renameSync(`${server.file}.moved${kind}`, server.file + kind);
    await server.start();
    await sleep(1_000);
  },
};
