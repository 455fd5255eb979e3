import { BREAKAGES, type Breakage } from "./breakages.ts";
import { explain } from "./report.ts";
import { rewriteOnLoad } from "./rewrite.ts";
import type { ServerOptions } from "./server-process.ts";
import type { Trial, TrialResult } from "./trial.ts";

/* The checker's own proof: the product is broken on purpose, and the trial that should notice must turn red. */

/** Which fault shows which breakage. */
const SHOWN_BY: Record<Breakage, { trial: string; forMs: number }> = {
  "acknowledge-before-commit": { trial: "killed-at-random", forMs: 8_000 },
  "no-unique-id": { trial: "killed-before-answer", forMs: 6_000 },
  "free-running-sequence": { trial: "killed-at-random", forMs: 1_000 },
  "fetch-then-subscribe": { trial: "killed-at-random", forMs: 15_000 },
  "lost-pushes": { trial: "killed-at-random", forMs: 5_000 },
  "outbox-in-memory": { trial: "killed-at-random", forMs: 8_000 },
  "synchronous-normal": { trial: "power-cut", forMs: 6_000 },
  "restore-without-epoch": { trial: "restored-backup", forMs: 1_000 },
};
export const FOUND_WITHIN_MS = 120_000;
export const ALL_BREAKAGES = Object.keys(BREAKAGES) as Breakage[];

export interface Proof {
  breakage: Breakage;
  found: boolean;
  tookMs: number;
  says: string;
}

/** Tries one breakage. One at a time in a process: some are made in the people's own. */
export async function prove(breakage: Breakage, seed: number): Promise<Proof> {
  const { trial: name, forMs } = SHOWN_BY[breakage];
  const began = performance.now();
  if (breakage === "outbox-in-memory") rewriteOnLoad(BREAKAGES[breakage]);
  // Loaded only now, so that what is rewritten is what is loaded.
  const [{ runTrial }, { TRIALS }] = await Promise.all([import("./trial.ts"), import("./trials/all.ts")]);
  const whole = TRIALS[name];
  if (!whole) throw new Error(`No such trial: ${name}`);
  const result: TrialResult = await runTrial(breakage === "outbox-in-memory" ? whole : brokenBy(breakage, whole), {
    seed,
    forMs,
  });
  const tookMs = performance.now() - began;
  return { breakage, found: result.violations.length > 0, tookMs, says: explain(result) };
}

function brokenBy(breakage: Breakage, trial: Trial): Trial {
  return {
    ...trial,
    async server(): Promise<ServerOptions> {
      const { env, nodeArgs = [], ...rest } = (await trial.server?.()) ?? {};
      const hook = new URL("./breakages.ts", import.meta.url).href;
      return { ...rest, env: { ...env, FAULTS_BREAKAGE: breakage }, nodeArgs: [...nodeArgs, "--import", hook] };
    },
  };
}
