import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Point } from "../points.ts";
import type { ServerOptions } from "../server-process.ts";
import type { Scene, Trial } from "../trial.ts";

/** A server that dies at a place of its code, and how to make it. */
export function deadly(point: Point): { options: ServerOptions; armed: string } {
  const folder = mkdtempSync(join(tmpdir(), "deskbell-armed-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const armed = join(folder, "armed");
  const hook = new URL("../points.ts", import.meta.url).href;
  return { armed, options: { nodeArgs: ["--import", hook], env: { FAULTS_POINT: point, FAULTS_ARMED: armed } } };
}

/** Lets it die there again and again. */
export async function dieThere({ server, random, forMs, expect }: Scene, armed: string): Promise<void> {
  const end = performance.now() + forMs;
  while (performance.now() < end) {
    await sleep(random.between(500, 1_500));
    server.expectExit();
    writeFileSync(armed, "");
    await server.ended();
    expect(!existsSync(armed), "the server ended elsewhere than at the point");
    await server.start();
  }
}

let place: ReturnType<typeof deadly>;

export const killedBeforeAnswer: Trial = {
  title: "D1 D2 what was stored when the server died before it could say so has the same place when it is sent again",
  server() {
    place = deadly("committed");
    return place.options;
  },
  run: (scene) => dieThere(scene, place.armed),
};
