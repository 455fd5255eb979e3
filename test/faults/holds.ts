import { describe, expect, it } from "vitest";
import { explain } from "./report.ts";
import { runTrial } from "./trial.ts";
import { TRIALS } from "./trials/all.ts";

/** Chosen anew each time and printed where something broke; `FAULTS_SEED` plays one again. */
const seed = Number(process.env.FAULTS_SEED ?? Math.floor(Math.random() * 2 ** 31));
const WITHIN_MS = 120_000;

/** Tries faults for so many milliseconds each, beside each other: most of the time they wait. */
export function holds(about: string, trials: Readonly<Record<string, number>>): void {
  describe(about, { concurrent: true }, () => {
    for (const [name, forMs] of Object.entries(trials)) {
      const trial = TRIALS[name];
      if (!trial) throw new Error(`No such trial: ${name}`);
      const cannot = trial.skip?.();
      it.skipIf(cannot !== undefined)(
        cannot ? `${trial.title} (${cannot})` : trial.title,
        { timeout: WITHIN_MS },
        async () => {
          const result = await runTrial(trial, { seed, forMs });
          expect(result.violations.length, explain(result)).toBe(0);
        },
      );
    }
  });
}
