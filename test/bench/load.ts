import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ask, heard } from "./children.ts";
import { compare } from "./compare.ts";
import { quantile } from "./latency.ts";
import type { Measured, Ready, Usage } from "./protocol.ts";

/*
 * `npm run bench -- load`: the stricter ratios to a bare relay, then many people at once. `--full` with 5,000
 * open widgets and for half an hour; without it a short run that shows the same shape.
 */

const FULL = process.argv.includes("--full");
const WIDGETS = FULL ? 5_000 : 1_000;
const AGENTS = 50;
const TALKING = 500;
const BARS = { throughput: 0.5, addedP50Ms: 0.5, cpu: 2.2, idleMemory: 1.4 };
/** Each with what p99 may be, in milliseconds. */
const PHASES = [
  { rate: 500, seconds: FULL ? 1_800 : 20, ackMs: 100, fanOutMs: 150 },
  { rate: 2_000, seconds: FULL ? 60 : 10, ackMs: 500, fanOutMs: 500 },
];

await compare(BARS, { idle: WIDGETS });
await crowd();

async function crowd(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "deskbell-bench-"));
  const env = { ...process.env, DATA_DIR: folder, LOG_LEVEL: "error" };
  const server = fork(join(import.meta.dirname, "deskbell.ts"), { env, execArgv: ["--expose-gc"] });
  const ready = await heard<Ready>(server);
  const generator = fork(join(import.meta.dirname, "peer-relay.ts"));
  try {
    await ask(generator, { type: "idle", server: ready, count: WIDGETS });
    await ask(generator, { type: "connect", server: ready, visitors: TALKING, agents: AGENTS });
    console.log(`\n${WIDGETS} open widgets, ${TALKING} people talking, ${AGENTS} agents`);
    for (const phase of PHASES) await tell(phase);
  } finally {
    generator.kill();
    server.send("stop");
    await new Promise((ended) => server.once("exit", ended));
    rmSync(folder, { recursive: true, force: true });
  }

  async function tell({ rate, seconds, ackMs, fanOutMs }: (typeof PHASES)[number]): Promise<void> {
    await ask(generator, { type: "measure", round: { rate, seconds: 5 } });
    const before = await ask<Usage>(server, "usage");
    const told = await ask<Measured>(generator, { type: "measure", round: { rate, seconds } });
    const after = await ask<Usage>(server, "usage");
    const grown = (after.memory - before.memory) / 1024 / 1024;
    const [ack, fanOut] = [quantile(told.acks, 0.99), quantile(told.latencies, 0.99)];
    const holds = ack <= ackMs && fanOut <= fanOutMs && told.unseen === 0;
    if (!holds) process.exitCode = 1;
    console.log(
      `${rate} a second for ${seconds} s: ${told.acknowledged} acknowledged, p99 ${ack.toFixed(1)} ms; ` +
        `to agents p99 ${fanOut.toFixed(1)} ms, unseen ${told.unseen}; memory ${grown >= 0 ? "+" : ""}${grown.toFixed(1)} MB   ` +
        `${holds ? "ok" : "MISSED"}`,
    );
  }
}
