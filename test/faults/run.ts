/**
 * `npm run faults -- --minutes 10 --seed 7`: every fault in turn, until the time is over, on fresh servers.
 * `--only NAME` tries one fault, `--prove` breaks the product on purpose in eighteen ways and wants each found by the rule
 * that it breaks, and nothing found where nothing is broken; `--breakage NAME` and `--control NAME` try one of these.
 */
import { spawn } from "node:child_process";
import { parseArgs } from "node:util";
import type { Breakage } from "./breakages.ts";
import { ALL_BREAKAGES, CONTROLS, control, FOUND_WITHIN_MS, prove } from "./prove.ts";
import { createRandom } from "./random.ts";
import { explain, figuresOf, summary } from "./report.ts";
import type { TrialResult } from "./trial.ts";

const SHORT_MS = 6_000;
const LONG_MS = 25_000;

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    seed: { type: "string" },
    only: { type: "string" },
    prove: { type: "boolean", default: false },
    breakage: { type: "string" },
    control: { type: "string" },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
console.log(`Seed ${seed}`);

if (values.breakage) process.exitCode = (await proveOne(values.breakage as Breakage)) ? 0 : 1;
else if (values.control) process.exitCode = (await controlOne(values.control as Breakage)) ? 0 : 1;
else if (values.prove) process.exitCode = (await proveAll()) ? 0 : 1;
else process.exitCode = (await tryAll(Number(values.minutes) * 60_000)) ? 0 : 1;

// Lines that nobody listens to any more keep no process.
process.exit();

async function tryAll(forMs: number): Promise<boolean> {
  // Not loaded for a proof, which changes some of it first.
  const [{ runTrial }, { TRIALS }] = await Promise.all([import("./trial.ts"), import("./trials/all.ts")]);
  const end = performance.now() + forMs;
  const random = createRandom(seed);
  const results: TrialResult[] = [];
  const names = values.only ? values.only.split(",") : Object.keys(TRIALS);
  // Half of the time goes to starting, healing and checking.
  const each = Math.min(LONG_MS, Math.max(SHORT_MS, forMs / 2 / names.length));
  for (let round = 0; round === 0 || performance.now() < end; round++) {
    for (const name of round === 0 ? names : random.shuffled(names)) {
      if (round > 0 && performance.now() > end) break;
      const trial = TRIALS[name];
      if (!trial) throw new Error(`No such fault: ${name}. There are ${Object.keys(TRIALS).join(", ")}.`);
      const cannot = trial.skip?.();
      if (cannot !== undefined) {
        console.log(`skipped  ${trial.title}: ${cannot}`);
        continue;
      }
      const { wholeMs = 0 } = trial;
      const whole = round === 0 && forMs >= 10 * wholeMs ? wholeMs : 0;
      const result = await runTrial(trial, { seed: seed + round, forMs: Math.max(each, whole) });
      const held = result.violations.length === 0;
      console.log(`${held ? "held    " : "BROKEN  "} ${trial.title} (${figuresOf(result)})`);
      if (!held) {
        console.log(
          `${explain(result)}\n  again: npm run faults -- --only ${name} --seed ${seed + round} --minutes ${forMs / 60_000}`,
        );
      }
      // Its history is told; a long run would not hold them all.
      result.history.ops.length = 0;
      result.history.heard.clear();
      results.push(result);
    }
  }
  console.log(`\n${summary(results)}`);
  return results.every(({ violations }) => violations.length === 0);
}

/** Each in a process of its own, for some are made in the people's. */
async function proveAll(): Promise<boolean> {
  let [found, clean] = [0, 0];
  for (const breakage of CONTROLS) if (await alone("--control", breakage)) clean += 1;
  for (const breakage of ALL_BREAKAGES) if (await alone("--breakage", breakage)) found += 1;
  console.log(`\n${found} of ${ALL_BREAKAGES.length} breakages found, ${clean} of ${CONTROLS.length} controls clean`);
  return found === ALL_BREAKAGES.length && clean === CONTROLS.length;
}

async function alone(what: "--breakage" | "--control", breakage: Breakage): Promise<boolean> {
  const args = [import.meta.filename, what, breakage, "--seed", String(seed)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"] });
  return (await new Promise((resolve) => child.once("close", resolve))) === 0;
}

async function proveOne(breakage: Breakage): Promise<boolean> {
  const { held, tookMs, says } = await prove(breakage, seed);
  console.log(`${held ? "found    " : "NOT FOUND"} ${breakage}, ${(tookMs / 1000).toFixed(1)} s\n${says}\n`);
  return held && tookMs < FOUND_WITHIN_MS;
}

async function controlOne(breakage: Breakage): Promise<boolean> {
  const { held, tookMs, says } = await control(breakage, seed);
  console.log(`${held ? "clean    " : "NOT CLEAN"} without ${breakage}, ${(tookMs / 1000).toFixed(1)} s\n${says}\n`);
  return held;
}
