import { momentsNear, type WallTime, wallTime } from "./zone.ts";

/*
 * When a team answers, by the wall clocks of its own zone, whatever these do: a moment is asked what the clock says then,
 * a wall time is never turned into "the" moment.
 */

/** Monday first. */
export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** `09:00` to `17:00`; the end of a day is `24:00`. */
export interface Span {
  from: string;
  to: string;
}

/** Closed from `date` to `until`, both included. */
export interface Holiday {
  date: string;
  until?: string | undefined;
  name?: string | undefined;
}

export interface OpeningHours {
  zone: string;
  /** A day that is not named is closed. */
  week: { readonly [day in Weekday]?: readonly Span[] | undefined };
  holidays?: readonly Holiday[] | undefined;
}

const DAY_MINUTES = 24 * 60;
const DAY_MS = DAY_MINUTES * 60_000;
/** A team that opens no sooner than this does not say when it is back. */
const LOOK_AHEAD_DAYS = 400;

/** Whether the team answers at a moment. */
export function isOpen(hours: OpeningHours, at: number): boolean {
  const now = wallTime(at, hours.zone);
  return spansOf(hours, now).some(([from, to]) => now.minute >= from && now.minute < to);
}

/** The first moment after `at` at which the team opens, or closes where it is open; none within a year and a month. */
export function nextChange(hours: OpeningHours, at: number): number | undefined {
  if (WEEKDAYS.every((day) => !hours.week[day]?.length)) return undefined;
  const open = isOpen(hours, at);
  const today = Date.parse(`${wallTime(at, hours.zone).date}T00:00:00Z`);
  let first: number | undefined;
  for (let [ahead, last] = [-1, LOOK_AHEAD_DAYS]; ahead <= last; ahead++) {
    for (const moment of edgesOf(hours, today + ahead * DAY_MS)) {
      if (moment <= at || moment >= (first ?? Number.POSITIVE_INFINITY) || isOpen(hours, moment) === open) continue;
      // A zone that leaves out a day brings a later date's edge before an earlier one's.
      if (first === undefined) last = Math.min(last, ahead + 2);
      first = moment;
    }
  }
  return first;
}

/**
 * How much of the time between two moments the team was open, ms, for many such times between `first` and `last`: wall
 * clocks are asked once for all of them, because each look at one takes as long as a thousand subtractions.
 */
export function openTime(hours: OpeningHours, first: number, last: number): (from: number, to: number) => number {
  const spans: { from: number; to: number; before: number }[] = [];
  let total = 0;
  for (let at = first; at < last; ) {
    const to = Math.min(nextChange(hours, at) ?? last, last);
    if (isOpen(hours, at)) {
      spans.push({ from: at, to, before: total });
      total += to - at;
    }
    at = to;
  }
  const until = (at: number) => {
    const span = spans.findLast(({ from }) => from < at);
    return span ? span.before + Math.min(at, span.to) - span.from : 0;
  };
  return (from, to) => Math.max(0, until(to) - until(from));
}

/** From when to when a team that is closed opens, until a moment. */
export function openingsUntil(hours: OpeningHours, at: number, until: number): [from: number, to: number][] {
  const found: [number, number][] = [];
  for (let from = nextChange(hours, at); from !== undefined && from < until; ) {
    const to = nextChange(hours, from);
    if (to === undefined) break;
    found.push([from, to]);
    from = nextChange(hours, to);
  }
  return found;
}

function edgesOf(hours: OpeningHours, day: number): number[] {
  const date = new Date(day).toISOString().slice(0, 10);
  const weekday = (new Date(day).getUTCDay() + 6) % 7;
  const minutes = new Set([0, DAY_MINUTES, ...spansOf(hours, { date, weekday }).flat()]);
  return [...minutes].flatMap((minute) => momentsNear(date, minute, hours.zone));
}

function spansOf({ week, holidays = [] }: OpeningHours, { date, weekday }: Pick<WallTime, "date" | "weekday">) {
  if (holidays.some((holiday) => date >= holiday.date && date <= (holiday.until ?? holiday.date))) return [];
  const day = WEEKDAYS[weekday];
  return ((day && week[day]) ?? []).map(({ from, to }) => [minutesOf(from), minutesOf(to)] as const);
}

function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}
