import { execFile } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { Scene, Trial } from "../trial.ts";

const ROOT = join(import.meta.dirname, "../../..");

export const restoredBackup: Trial = {
  title: "D10 yesterday's backup put back under running conversations loses nothing that anybody still has",
  async run(scene) {
    const { server, expect, history, restored } = scene;
    await sleep(3_000);
    const file = join(server.folder, "yesterday.db");
    await desk(scene, "backup", file);
    await sleep(3_000);
    await server.stop();
    restored();
    await desk(scene, "restore", file);
    await server.start();
    await sleep(3_000);
    expect(history.epochs.length === 2, `the database was put back, and its epochs are ${history.epochs.join(", ")}`);
  },
};

async function desk({ server }: Scene, command: "backup" | "restore", file: string): Promise<void> {
  const { env = {}, nodeArgs = [] } = server.options;
  await promisify(execFile)(process.execPath, [...nodeArgs, "server/backup.ts", command, file], {
    cwd: ROOT,
    env: { ...process.env, ...env, DATA_DIR: server.folder },
  });
}
