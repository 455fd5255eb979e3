import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ask, heard } from "./children.ts";
import { median, quantile } from "./latency.ts";
import type { Measured, Ready, Round, Usage } from "./protocol.ts";
import { typeQuestions } from "./typing.ts";

/*
 * Deskbell beside a bare Socket.IO relay in one run, in rounds that take turns, so that whatever else the machine does
 * falls on both. The generator is a process of its own.
 */

const ROUNDS = 5;
const FULL: Round = { rate: undefined, seconds: 3 };
const STEADY: Round = { rate: 300, seconds: 5 };
const WARM_UP: Round = { rate: undefined, seconds: 2 };

/** How far Deskbell may stand behind the bare relay. */
export interface Bars {
  /** Acknowledged messages a second, of bare. */
  throughput: number;
  /** Milliseconds over bare from visitor to agent, p50 at 300 a second. */
  addedP50Ms: number;
  /** Processor time a message, in multiples of bare, at full rate and at 300 a second. */
  cpu?: number;
  /** Memory of an idle connection, in multiples of bare. */
  idleMemory: number;
}

/** Prints one table; `idle` connections are counted for the memory of one. A bar that is missed makes the process fail. */
export async function compare(bars: Bars, { idle = 1_000, typing = false } = {}): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "deskbell-bench-"));
  const contestants: Contestant[] = [];
  try {
    for (const [name, file] of [
      ["bare relay", "relay.ts"],
      ["Deskbell", "deskbell.ts"],
    ] as const) {
      contestants.push(await enter(name, file, folder));
    }
    for (const one of contestants) one.idleBytes = await measureIdle(one, idle);
    for (const one of contestants) await ask(one.generator, { type: "connect", server: one.ready });
    for (const one of contestants) await measure(one, WARM_UP);
    for (let round = 0; round < ROUNDS; round++) {
      // Who goes first takes turns as well.
      const order = round % 2 ? contestants.toReversed() : contestants;
      for (const one of order) await measureThroughput(one);
      for (const one of order) await measureLatency(one);
      process.stderr.write(`round ${round + 1} of ${ROUNDS}\n`);
    }
    tell(contestants, bars);
    const [, ours] = contestants;
    if (ours && typing) await tellTyping(ours);
  } finally {
    for (const { server, generator } of contestants) {
      generator.kill();
      server.send("stop");
      await new Promise((ended) => server.once("exit", ended));
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Contestant {
  name: string;
  server: ChildProcess;
  ready: Ready;
  generator: ChildProcess;
  throughput: number[];
  p50: number[];
  p99: number[];
  /** At full rate, and at 300 a second, where each message is a commit, and a wake-up, of its own. */
  cpuFull: number[];
  cpuSteady: number[];
  idleBytes: number;
}

async function enter(name: string, file: string, folder: string): Promise<Contestant> {
  const env = { ...process.env, DATA_DIR: folder, LOG_LEVEL: "error" };
  const server = fork(join(import.meta.dirname, file), { env, execArgv: ["--expose-gc"] });
  const ready = await heard<Ready>(server);
  const generator = fork(join(import.meta.dirname, "peer-relay.ts"));
  return { name, server, ready, generator, throughput: [], p50: [], p99: [], cpuFull: [], cpuSteady: [], idleBytes: 0 };
}

/** Bytes that one connection takes which says nothing. */
async function measureIdle({ server, generator, ready }: Contestant, idle: number): Promise<number> {
  const connect = (count: number) => ask(generator, { type: "idle", server: ready, count });
  // What is made once, at the first connections, is no connection's.
  await connect(idle / 10);
  const before = await usage(server);
  await ask(generator, { type: "idle", server: ready, count: 0 });
  const base = await usage(server);
  await connect(idle);
  const after = await usage(server);
  await connect(0);
  return (after.memory - Math.max(before.memory, base.memory)) / idle;
}

async function measureThroughput(one: Contestant): Promise<void> {
  const { acknowledged, seconds, cpu } = await measureCpu(one, FULL);
  one.throughput.push(acknowledged / seconds);
  one.cpuFull.push(cpu);
}

async function measureLatency(one: Contestant): Promise<void> {
  const { latencies, cpu } = await measureCpu(one, STEADY);
  one.p50.push(quantile(latencies, 0.5));
  one.p99.push(quantile(latencies, 0.99));
  one.cpuSteady.push(cpu);
}

/** A round, and the server's processor time a message in microseconds. */
async function measureCpu(one: Contestant, round: Round): Promise<Measured & { cpu: number }> {
  const before = await usage(one.server, "processor");
  const measured = await measure(one, round);
  const after = await usage(one.server, "processor");
  return { ...measured, cpu: (after.cpu - before.cpu) / measured.acknowledged };
}

function measure({ generator }: Contestant, round: Round): Promise<Measured> {
  return ask<Measured>(generator, { type: "measure", round });
}

function usage(server: ChildProcess, asked: "usage" | "processor" = "usage"): Promise<Usage> {
  return ask<Usage>(server, asked);
}

function tell([bare, ours]: Contestant[], bars: Bars): void {
  if (!bare || !ours) throw new Error("Nobody was measured");
  const row = (what: string, unit: string, one: number, other: number, said: string, holds?: boolean) => {
    const mark = holds === undefined ? "" : holds ? "ok" : "MISSED";
    console.log(
      `${what.padEnd(34)}${`${one.toFixed(2)} ${unit}`.padStart(16)}${`${other.toFixed(2)} ${unit}`.padStart(16)}   ${said.padEnd(12)} ${mark}`,
    );
    if (holds === false) process.exitCode = 1;
  };
  const times = (one: number, other: number) => `× ${(other / one).toFixed(2)}`;
  const plus = (one: number, other: number) => `+ ${(other - one).toFixed(2)} ms`;
  const [fast, ourFast] = [median(bare.throughput), median(ours.throughput)];
  const [p50, ourP50] = [median(bare.p50), median(ours.p50)];
  const [p99, ourP99] = [median(bare.p99), median(ours.p99)];
  const processor = (when: string, cpu: number, ourCpu: number) => {
    const holds = bars.cpu === undefined ? undefined : ourCpu / cpu <= bars.cpu;
    row(`processor a message, ${when}`, "µs", cpu, ourCpu, times(cpu, ourCpu), holds);
  };
  const [idle, ourIdle] = [bare.idleBytes / 1024, ours.idleBytes / 1024];
  console.log(`${"".padEnd(34)}${bare.name.padStart(16)}${ours.name.padStart(16)}`);
  row("acknowledged, a second", "msg", fast, ourFast, times(fast, ourFast), ourFast / fast >= bars.throughput);
  row("visitor to agent, p50 at 300/s", "ms", p50, ourP50, plus(p50, ourP50), ourP50 - p50 <= bars.addedP50Ms);
  row("visitor to agent, p99 at 300/s", "ms", p99, ourP99, plus(p99, ourP99));
  processor("at full rate", median(bare.cpuFull), median(ours.cpuFull));
  processor("at 300/s", median(bare.cpuSteady), median(ours.cpuSteady));
  row("memory, an idle connection", "KB", idle, ourIdle, times(idle, ourIdle), ourIdle / idle <= bars.idleMemory);
}

async function tellTyping({ server, ready }: Contestant): Promise<void> {
  const { articles } = await ask<{ articles: number }>(server, "fill");
  const { p50, p99, n } = await typeQuestions(ready, "http://bench.example");
  console.log(
    `\nsuggestions over HTTP, ${articles} articles, ${n} keystrokes: p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`,
  );
}
