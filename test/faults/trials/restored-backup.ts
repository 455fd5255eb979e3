import { execFile } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { Scene, Trial } from "../trial.ts";

const STARTED_OVER_WITHIN_MS = 15_000;
const LOOK_EVERY_MS = 50;
const ROOT = join(import.meta.dirname, "../../..");

export const restoredBackup: Trial = {
  title: "D10 yesterday's backup put back under running conversations loses nothing that anybody still has",
  async run(scene) {
    const { server, crowd, expect, history, restored } = scene;
    await sleep(3_000);
    const file = join(server.folder, "yesterday.db");
    await desk(scene, "backup", file);
    // Whom the backup will not know: the widget tells them so, and waits until they press its button.
    const newcomers = [crowd.arrive(), crowd.arrive()];
    await sleep(3_000);
    await server.stop();
    restored();
    await desk(scene, "restore", file);
    await server.start();
    const startedOver = () => newcomers.every(({ ids }) => ids.size === 2);
    const late = performance.now() + STARTED_OVER_WITHIN_MS;
    while (!startedOver() && performance.now() < late) await sleep(LOOK_EVERY_MS);
    await sleep(2_000);
    const says = `the database was put back, and its epochs are ${history.epochs.join(", ")}`;
    expect(startedOver(), "somebody whom the backup does not know did not start over", "D10");
    expect(history.epochs.length === 2, says, "D10");
  },
};

async function desk({ server }: Scene, command: "backup" | "restore", file: string): Promise<void> {
  const { env = {}, nodeArgs = [] } = server.options;
  await promisify(execFile)(process.execPath, [...nodeArgs, "server/backup.ts", command, file], {
    cwd: ROOT,
    env: { ...process.env, ...env, DATA_DIR: server.folder },
  });
}
