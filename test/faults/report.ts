import type { Kind, Violation } from "./check.ts";
import { type History, nameOf, type Op } from "./history.ts";
import type { TrialResult } from "./trial.ts";

/* What a run says: one line of figures, and where something broke the first break explained by what led to it. */

const STEPS = 12;

/** The figures of one trial, in one line. */
export function figuresOf({ figures, firstAcksMs, healedAfterMs }: TrialResult): string {
  const rows: [string, number | string][] = [...figures];
  if (firstAcksMs.length > 0)
    rows.push(["first acknowledgement after, worst ms", Math.round(Math.max(...firstAcksMs))]);
  rows.push(["healed after ms", Math.round(healedAfterMs)]);
  return rows.map(([name, value]) => `${name} ${value}`).join(", ");
}

/** The figures of several trials as one line each. */
export function summary(results: readonly TrialResult[]): string {
  const count = (kind: Kind) =>
    results.flatMap(({ violations }) => violations).filter((one) => one.kind === kind).length;
  const acks = results.flatMap(({ firstAcksMs }) => firstAcksMs);
  const sum = (of: (result: TrialResult) => number) => results.reduce((total, result) => total + of(result), 0);
  const rows: [string, number | string][] = [
    ["kills", sum(({ kills }) => kills)],
    ["sends", sum(({ sends }) => sends)],
    ["lost", count("lost")],
    ["doubled", count("doubled")],
    ["holes", count("holes")],
    ["foreign", count("foreign")],
    ["out of order", count("order")],
    ["unseen within 15 s", count("unseen")],
    ["other", count("other")],
    ["first acknowledgement after restart, p99", acks.length === 0 ? "-" : `${Math.round(percentile(acks, 0.99))} ms`],
    ["healed after, worst", `${Math.round(Math.max(0, ...results.map(({ healedAfterMs }) => healedAfterMs)))} ms`],
  ];
  return rows.map(([name, value]) => `${name}: ${value}`).join("\n");
}

export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
}

/** The first violation, and the newest steps of whatever it is about. */
export function explain({ title, seed, violations, history }: TrialResult): string {
  const [first] = violations;
  if (!first) return `${title}: every rule held.`;
  const lines = [
    title,
    `  seed ${seed}: ${violations.length} violation${violations.length === 1 ? "" : "s"}, the first:`,
    `  ${first.rule} ${first.says}`,
    ...leadUp(history, first).map((line) => `    ${line}`),
    ...violations.slice(1, 5).map(({ rule, says }) => `  also ${rule} ${says}`),
  ];
  return lines.join("\n");
}

function leadUp({ ops }: History, { about }: Violation): string[] {
  if (about === undefined) return [];
  const mine = ops.filter(
    ({ command }) =>
      ("id" in command && command.id === about) || ("conversation" in command && command.conversation === about),
  );
  return mine.slice(-STEPS).map(toLine);
}

function toLine({ person, command, asked, answered, outcome, event, fault, at }: Op): string {
  const what = "text" in command ? `${command.type} "${command.text?.slice(0, 30)}"` : command.type;
  const answer = event
    ? `${event.stream} ${event.seq} ${nameOf(event)}`
    : (fault && `${fault.code}: ${fault.message}`) || "";
  return `${Math.round(at)} ms: ${person} asks ${what} (${asked}) → ${outcome}${answered ? ` (${answered})` : ""} ${answer}`.trim();
}
