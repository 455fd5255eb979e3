import { openTime } from "../../../ui/opening-hours.ts";
import type { FirstReply } from "../../store/hours.ts";
import type { Hours } from "./hours.ts";

/*
 * What a visitor may be promised, as ranges, out of what really happened: the middle 60% of first replies, in the time
 * that the team was open. Nothing where there were fewer than five.
 */

const FEWEST = 5;
const [LOW, HIGH] = [0.2, 0.8];
const MINUTE_MS = 60_000;
/** Nobody is told "17 to 43 minutes". */
const STEPS = [1, 2, 3, 4, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480];
const LONG_STEP = 480;

/** In minutes. */
export interface Range {
  from: number;
  to: number;
}

/** How long each place in the line took, in milliseconds, from what was fast to what was slow. It grows with every place. */
export interface Pace {
  low: number;
  high: number;
}

interface Wait {
  asked: number;
  replied: number;
  ms: number;
}

/**
 * How long a first reply usually takes. Who still waits counts as soon as they have waited longer than that: a team that
 * stopped answering must not look like one that answers fast.
 */
export function typicalReply(seen: readonly FirstReply[], hours: Hours | undefined, now: number): Range | undefined {
  const replied = waitsOf(seen, hours).map(({ ms }) => ms);
  if (replied.length < FEWEST) return undefined;
  const usual = quantile(replied, HIGH);
  const left = seen.filter(({ replied, waiting }) => replied === null && waiting);
  const open = openMillis(
    hours,
    left.map(({ asked }) => ({ asked, replied: now })),
  );
  const still = left.map(({ asked }) => open(asked, now)).filter((ms) => ms > usual);
  return toRange(middleOf([...replied, ...still]));
}

/**
 * How fast the line moves: the wait of everybody who came, shared among those who stood before them and themselves. All
 * that a place in the line takes of it is worked out here, once, for there are many places.
 */
export function paceOf(seen: readonly FirstReply[], hours: Hours | undefined): Pace | undefined {
  const waits = waitsOf(seen, hours);
  if (waits.length < FEWEST) return undefined;
  // Who asked before somebody and was answered after: all who asked before, but for those who were answered by then.
  const waited = waits.filter(({ asked, replied }) => asked < replied);
  const asked = inOrder(waited.map((one) => one.asked));
  const replied = inOrder(waited.map((one) => one.replied));
  return middleOf(waits.map(({ asked: at, ms }) => ms / (1 + below(asked, at) - below(replied, at + 1))));
}

/** How long it may take from now with so many ahead; nothing where that time is over already. */
export function waitRange({ low, high }: Pace, ahead: number, waited: number): Range | undefined {
  const range = toRange({ low: low * (ahead + 1), high: high * (ahead + 1) });
  return waited > range.to * MINUTE_MS ? undefined : range;
}

function waitsOf(seen: readonly FirstReply[], hours: Hours | undefined): Wait[] {
  const answered = seen.flatMap(({ asked, replied }) =>
    replied === null || replied < asked ? [] : [{ asked, replied }],
  );
  const open = openMillis(hours, answered);
  return answered.flatMap(({ asked, replied }) => {
    const ms = open(asked, replied);
    // Asked and answered while the team was closed: that says nothing of the hours in which it is open.
    return hours && ms === 0 ? [] : [{ asked, replied, ms }];
  });
}

/** How long a team was open between two moments, of those that lie in these waits. */
function openMillis(
  hours: Hours | undefined,
  waits: readonly Omit<Wait, "ms">[],
): (from: number, to: number) => number {
  if (!hours) return (from, to) => to - from;
  const first = waits.reduce((least, { asked }) => Math.min(least, asked), Number.POSITIVE_INFINITY);
  const last = waits.reduce((most, { replied }) => Math.max(most, replied), Number.NEGATIVE_INFINITY);
  return openTime(hours, first, last);
}

function middleOf(ms: readonly number[]): Pace {
  return { low: quantile(ms, LOW), high: quantile(ms, HIGH) };
}

function toRange(ms: Pace): Range {
  const [low, high] = [ms.low / MINUTE_MS, ms.high / MINUTE_MS];
  const from = STEPS.findLast((step) => step <= low) ?? 1;
  const to = STEPS.find((step) => step >= high) ?? Math.ceil(high / LONG_STEP) * LONG_STEP;
  return { from: Math.min(from, to), to };
}

/** The smallest value that so many are not above. */
function quantile(values: readonly number[], share: number): number {
  const sorted = inOrder(values);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

function inOrder(values: readonly number[]): Float64Array {
  return Float64Array.from(values).sort();
}

/** How many of the sorted are smaller. */
function below(sorted: Float64Array, than: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] ?? 0) < than) from = middle + 1;
    else to = middle;
  }
  return from;
}
