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

/**
 * Prints one table; `idle` connections are counted for the memory of one. With `floor`, the relay stands there a second
 * time, syncing once a turn: no bar, but what of the difference is the disk's. A bar that is missed makes the process fail.
 */
export async function compare(bars: Bars, { idle = 1_000, typing = false, floor = false } = {}): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "deskbell-bench-"));
  const contestants: Contestant[] = [];
  try {
    contestants.push(await enter("bare relay", "relay.ts", folder));
    contestants.push(await enter("Deskbell", "deskbell.ts", folder));
    if (floor) contestants.push(await enter("relay, synced", "relay.ts", folder, ["synced"]));
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

async function enter(name: string, file: string, folder: string, args: string[] = []): Promise<Contestant> {
  const env = { ...process.env, DATA_DIR: folder, LOG_LEVEL: "error" };
  const server = fork(join(import.meta.dirname, file), args, { env, execArgv: ["--expose-gc"] });
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

function tell([bare, ours, synced]: Contestant[], bars: Bars): void {
  if (!bare || !ours) throw new Error("Nobody was measured");
  const shown = [bare, ours, ...(synced ? [synced] : [])];
  const row = (what: string, unit: string, of: (one: Contestant) => number, told: Told) => {
    const [one, other] = [of(bare), of(ours)];
    const { said, holds } = told(one, other);
    const mark = holds === undefined ? "" : holds ? "ok" : "MISSED";
    const cells = shown.map((contestant) => `${of(contestant).toFixed(2)} ${unit}`.padStart(16)).join("");
    console.log(`${what.padEnd(34)}${cells}   ${said.padEnd(12)} ${mark}`);
    if (holds === false) process.exitCode = 1;
  };
  console.log(`${"".padEnd(34)}${shown.map(({ name }) => name.padStart(16)).join("")}`);
  row("acknowledged, a second", "msg", ({ throughput }) => median(throughput), times(">=", bars.throughput));
  row("visitor to agent, p50 at 300/s", "ms", ({ p50 }) => median(p50), plus(bars.addedP50Ms));
  row("visitor to agent, p99 at 300/s", "ms", ({ p99 }) => median(p99), plus());
  row("processor a message, at full rate", "µs", ({ cpuFull }) => median(cpuFull), times("<=", bars.cpu));
  row("processor a message, at 300/s", "µs", ({ cpuSteady }) => median(cpuSteady), times("<=", bars.cpu));
  row("memory, an idle connection", "KB", ({ idleBytes }) => idleBytes / 1024, times("<=", bars.idleMemory));
}

/** How the second stands beside the first, and whether that is enough; undefined where there is no bar. */
type Told = (one: number, other: number) => { said: string; holds: boolean | undefined };

function times(way: ">=" | "<=", bar?: number): Told {
  return (one, other) => {
    const ratio = other / one;
    const holds = bar === undefined ? undefined : way === ">=" ? ratio >= bar : ratio <= bar;
    return { said: `× ${ratio.toFixed(2)}`, holds };
  };
}

function plus(bar?: number): Told {
  return (one, other) => ({
    said: `+ ${(other - one).toFixed(2)} ms`,
    holds: bar === undefined ? undefined : other - one <= bar,
  });
}

async function tellTyping({ server, ready }: Contestant): Promise<void> {
  const { articles } = await ask<{ articles: number }>(server, "fill");
  const { p50, p99, n } = await typeQuestions(ready, "http://bench.example");
  console.log(
    `\nsuggestions over HTTP, ${articles} articles, ${n} keystrokes: p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`,
  );
}
