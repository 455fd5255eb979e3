import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ask, heard } from "./children.ts";
import type { Measured, Ready, Round, Usage } from "./protocol.ts";

/** Many people at one Deskbell, which is a process of its own. */
export interface Crowd {
  measure(round: Round): Promise<Measured>;
  usage(): Promise<Usage>;
  /** So many other people have a widget open and say nothing; those who had before are gone. */
  idle(count: number): Promise<void>;
  close(): Promise<void>;
}

export async function openCrowd(people: { widgets: number; talking: number; agents: number }): Promise<Crowd> {
  const folder = mkdtempSync(join(tmpdir(), "deskbell-bench-"));
  const env = { ...process.env, DATA_DIR: folder, LOG_LEVEL: "error" };
  const server = fork(join(import.meta.dirname, "deskbell.ts"), { env, execArgv: ["--expose-gc"] });
  const ready = await heard<Ready>(server);
  const generator = fork(join(import.meta.dirname, "peer-relay.ts"));
  const crowd: Crowd = {
    measure: (round) => ask(generator, { type: "measure", round }),
    usage: () => ask(server, "usage"),
    idle: (count) => ask(generator, { type: "idle", server: ready, count }),
    async close() {
      generator.kill();
      server.send("stop");
      await new Promise((ended) => server.once("exit", ended));
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await crowd.idle(people.widgets);
  await ask(generator, { type: "connect", server: ready, visitors: people.talking, agents: people.agents });
  return crowd;
}
