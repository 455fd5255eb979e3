import { setTimeout as sleep } from "node:timers/promises";
import { check, type Evidence, type Violation } from "./check.ts";
import { type Crowd, type CrowdOptions, createCrowd } from "./crowd.ts";
import { createHistory, type History } from "./history.ts";
import { readHeads, readLog, readTexts } from "./log.ts";
import { createRandom, type Random } from "./random.ts";
import { searchAll } from "./search.ts";
import { createServerProcess, type ServerOptions, type ServerProcess } from "./server-process.ts";
import { type Stage, setUp } from "./stage.ts";
import type { Watched } from "./visitor.ts";

/* One trial: people talk over a server that something happens to; then it stops happening, and everything is compared. */

/** D8: from the end of the faults until everybody sees everything. */
export const HEALS_WITHIN_MS = 15_000;
const LOOK_EVERY_MS = 150;
/** Longer than any trial needs beyond its time. */
const HANGS_AFTER_MS = 75_000;
const AGENTS = 3;

export interface Trial {
  /** A sentence: what is done and what holds all the same. */
  readonly title: string;
  readonly server?: () => ServerOptions | Promise<ServerOptions>;
  readonly crowd?: Partial<CrowdOptions>;
  /** How long the fault lasts at its worst, in milliseconds: a run ten times as long tries that once. */
  readonly wholeMs?: number;
  /** Why this machine cannot try it, if it cannot. */
  readonly skip?: () => string | undefined;
  /** The network between the people and the server; they connect to the address it returns. */
  readonly between?: (server: ServerProcess, random: Random) => Promise<{ url: string; close(): void }>;
  run(scene: Scene): Promise<void>;
  /** Lets go of what `server` made. */
  readonly done?: () => void;
}

/** What a trial works with while people talk. */
export interface Scene {
  readonly server: ServerProcess;
  readonly stage: Stage;
  readonly crowd: Crowd;
  readonly history: History;
  readonly random: Random;
  /** How long to go on, in milliseconds. */
  readonly forMs: number;
  /** Somebody besides the crowd, who is compared with the log as well. */
  watch(visitor: Watched): void;
  /** Says that the log was put back, so that places may have changed. */
  restored(): void;
  /** Something that should hold besides the rules, or a rule that only the trial can see. */
  expect(holds: boolean, says: string, rule?: string): void;
  /** A figure for the report. */
  tell(name: string, value: number | string): void;
}

export interface TrialResult {
  title: string;
  seed: number;
  violations: Violation[];
  kills: number;
  sends: number;
  firstAcksMs: number[];
  healedAfterMs: number;
  figures: [string, number | string][];
  history: History;
}

/** Runs a trial from a seed. Never rejects for what the product does wrong; that is in the result. */
export async function runTrial(trial: Trial, { seed, forMs }: { seed: number; forMs: number }): Promise<TrialResult> {
  const random = createRandom(seed);
  const history = createHistory();
  const server = await createServerProcess(await trial.server?.());
  const broken: Violation[] = [];
  const figures: [string, number | string][] = [];
  const expect = (holds: boolean, says: string, rule = "TRUST") => {
    if (!holds) broken.push({ rule, kind: "other", says });
  };
  let crowd: Crowd | undefined;
  let network: { url: string; close(): void } | undefined;
  const others: Watched[] = [];
  let restored = false;
  let kills = 0;
  const starts: { at: number; pid: number | undefined }[] = [];
  try {
    await server.start();
    const stage = await setUp(server.url, AGENTS);
    network = await trial.between?.(server, random);
    const url = () => network?.url ?? server.url;
    const options = { visitors: 8, rude: 1, pauseMs: 120, depth: 4, ...trial.crowd };
    crowd = createCrowd({ stage, url, history, random, options });
    const launch = server.launch;
    server.launch = () => {
      launch();
      starts.push({ at: history.now(), pid: server.pid });
      kills += 1;
    };
    crowd.begin();
    const scene: Scene = {
      server,
      stage,
      crowd,
      history,
      random,
      forMs,
      watch: (visitor) => void others.push(visitor),
      restored: () => {
        restored = true;
      },
      expect,
      tell: (name, value) => figures.push([name, value]),
    };
    const late = sleep(forMs + HANGS_AFTER_MS, "late", { ref: false });
    expect((await Promise.race([trial.run(scene), late])) !== "late", "the trial did not come to its end");
    const over = performance.now();
    await crowd.rest();
    const { agents } = crowd;
    const visitors = [...crowd.visitors, ...others];
    const healedAfterMs = await heal(server, { visitors, agents }, over);
    // Not where somebody is late: they would have longer than is promised.
    if (healedAfterMs < HEALS_WITHIN_MS) {
      await crowd.lookAnew();
      await heal(server, { visitors, agents }, performance.now());
    }
    for (const { code, signal, expected } of server.exits) {
      expect(expected, `the server ended by itself, with ${signal ?? code}: ${server.said.slice(-6).join("\n")}`);
    }
    const searches = server.running ? await searchAll(history, readLog(server.file), agents) : [];
    // What the search had to write is written, and nothing more is to come.
    const [log, texts] = [readLog(server.file), readTexts(server.file)];
    const violations = [...broken, ...check({ history, log, texts, searches, visitors, agents, restored })];
    const result: TrialResult = {
      title: trial.title,
      seed,
      violations,
      kills,
      sends: history.ops.filter(({ command }) => command.type === "post" || command.type === "note").length,
      firstAcksMs: firstAcks(history, starts),
      healedAfterMs,
      figures,
      history,
    };
    return result;
  } finally {
    crowd?.close();
    network?.close();
    await server.remove();
    trial.done?.();
  }
}

/** Waits until everybody sees everything, at most as long as is promised. Returns how long it took. */
async function heal(
  { file, running }: ServerProcess,
  { visitors, agents }: Pick<Evidence, "visitors" | "agents">,
  began: number,
): Promise<number> {
  const since = () => performance.now() - began;
  while (running && since() < HEALS_WITHIN_MS) {
    const settled =
      visitors.every(({ unsent, tabs }) => unsent.length === 0 && tabs.every(({ up }) => up)) &&
      agents.every(({ busy, connection }) => busy === 0 && connection.up);
    if (settled) {
      const heads = readHeads(file);
      const seen = heads.every(({ id, visitor, head }) => {
        const tabs = visitors.filter(({ ids }) => ids.has(visitor)).flatMap(({ tabs }) => tabs);
        const watching = agents.filter(({ open }) => open.has(id)).map(({ connection }) => connection);
        return (
          tabs.every(({ views }) => views.get(id)?.talk.length === head.talk) &&
          watching.every(
            ({ views }) => views.get(id)?.talk.length === head.talk && views.get(id)?.desk.length === head.desk,
          )
        );
      });
      if (seen) break;
    }
    await sleep(LOOK_EVERY_MS);
  }
  return since();
}

/** From each start of a process to the first thing acknowledged after it. */
function firstAcks({ ops }: History, starts: readonly { at: number }[]): number[] {
  const acknowledged = ops
    .flatMap(({ outcome, command, answeredAt }) =>
      outcome === "ok" && "id" in command && answeredAt ? [answeredAt] : [],
    )
    .sort((a, b) => a - b);
  return starts.flatMap(({ at }, index) => {
    const until = starts[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    const first = acknowledged.find((ack) => ack > at && ack < until);
    return first === undefined ? [] : [first - at];
  });
}
