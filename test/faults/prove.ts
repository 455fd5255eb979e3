import { BREAKAGES, type Breakage } from "./breakages.ts";
import type { Violation } from "./check.ts";
import { explain } from "./report.ts";
import { rewriteOnLoad } from "./rewrite.ts";
import type { ServerOptions } from "./server-process.ts";
import type { Trial, TrialResult } from "./trial.ts";

/*
 * The checker's own proof: the product is broken on purpose, and the trial that should notice must turn red, by the rule
 * that was broken. The same trial with the same seed and nothing broken must stay clean, or it proves nothing.
 */

/** Which fault shows which breakage, for how long, and which of the rules it breaks. */
const SHOWN_BY: Record<Breakage, { trial: string; forMs: number; rules: readonly string[] }> = {
  "acknowledge-before-commit": { trial: "killed-at-random", forMs: 8_000, rules: ["D1"] },
  "no-unique-id": { trial: "killed-before-answer", forMs: 6_000, rules: ["D2"] },
  "free-running-sequence": { trial: "killed-at-random", forMs: 1_000, rules: ["D3"] },
  "fetch-then-subscribe": { trial: "killed-at-random", forMs: 15_000, rules: ["D16"] },
  "lost-pushes": { trial: "killed-at-random", forMs: 5_000, rules: ["D16"] },
  "outbox-in-memory": { trial: "widget-line", forMs: 4_000, rules: ["D15"] },
  "synchronous-normal": { trial: "power-cut", forMs: 6_000, rules: ["D1"] },
  "edit-stored-otherwise": { trial: "changed-words", forMs: 12_000, rules: ["D1"] },
  "edit-of-anybodys": { trial: "changed-words", forMs: 20_000, rules: ["D9"] },
  "redacted-in-edits": { trial: "changed-words", forMs: 20_000, rules: ["D9"] },
  "redacted-in-search": { trial: "changed-words", forMs: 12_000, rules: ["D9"] },
  "redacted-in-rows": { trial: "changed-words", forMs: 12_000, rules: ["D11"] },
  "marks-go-back": { trial: "changed-words", forMs: 20_000, rules: ["D10"] },
  "notes-to-visitors": { trial: "changed-words", forMs: 12_000, rules: ["D12"] },
  "note-in-greeting": { trial: "changed-words", forMs: 12_000, rules: ["D12"] },
  "typing-told-to-all": { trial: "changed-words", forMs: 12_000, rules: ["D12"] },
  "head-before-events": { trial: "changed-words", forMs: 12_000, rules: ["D7"] },
  "restore-without-epoch": { trial: "restored-backup", forMs: 1_000, rules: ["D1", "D10"] },
};
export const FOUND_WITHIN_MS = 120_000;
export const ALL_BREAKAGES = Object.keys(BREAKAGES) as Breakage[];

export interface Proof {
  held: boolean;
  tookMs: number;
  says: string;
}

/** Tries one breakage: it held what it should where a rule that it breaks was seen broken. */
export async function prove(breakage: Breakage, seed: number): Promise<Proof> {
  const { trial, forMs, rules } = SHOWN_BY[breakage];
  const inPage = BREAKAGES[breakage].some(({ file }) => file.startsWith("/widget/"));
  if (inPage) rewriteOnLoad(BREAKAGES[breakage]);
  return tried(trial, { seed, forMs }, inPage ? undefined : breakage, (result) => {
    const violations = shown(result.violations, rules);
    return {
      held: violations.length > 0,
      says: explain({ ...result, violations: violations.length > 0 ? violations : result.violations }),
    };
  });
}

/** Tries the same with nothing broken, as long as the longest of all breakages that this trial shows. */
export async function control(breakage: Breakage, seed: number): Promise<Proof> {
  const { trial } = SHOWN_BY[breakage];
  const forMs = Math.max(...Object.values(SHOWN_BY).map((one) => (one.trial === trial ? one.forMs : 0)));
  return tried(trial, { seed, forMs }, undefined, (result) => ({
    held: result.violations.length === 0,
    says: explain(result),
  }));
}

/** One breakage for each trial: its control is everybody's. */
export const CONTROLS = ALL_BREAKAGES.filter(
  (breakage, index) => ALL_BREAKAGES.findIndex((one) => SHOWN_BY[one].trial === SHOWN_BY[breakage].trial) === index,
);

/** What counts as seeing one of these rules broken: that something else went wrong, or came late, does not. */
export function shown(violations: readonly Violation[], rules: readonly string[]): Violation[] {
  return violations.filter(({ rule }) => rules.includes(rule));
}

/** One at a time in a process, and loaded only now, so that what is rewritten is what is loaded. */
async function tried(
  name: string,
  how: { seed: number; forMs: number },
  breakage: Breakage | undefined,
  judge: (result: TrialResult) => Omit<Proof, "tookMs">,
): Promise<Proof> {
  const began = performance.now();
  const [{ runTrial }, { TRIALS }] = await Promise.all([import("./trial.ts"), import("./trials/all.ts")]);
  const trial = TRIALS[name];
  if (!trial) throw new Error(`No such trial: ${name}`);
  const result = await runTrial(breakage ? brokenBy(breakage, trial) : trial, how);
  return { ...judge(result), tookMs: performance.now() - began };
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
