import * as v from "valibot";
import { isZone, momentsNear, type WallTime, wallTime } from "./zone.ts";

/** Monday first. */
export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

const SPANS_LIMIT = 6;
const HOLIDAYS_LIMIT = 200;
const NAME_LENGTH = 60;
const DAY_MINUTES = 24 * 60;
/** A team that opens no sooner than this does not say when it is back. */
const LOOK_AHEAD_DAYS = 400;
const DAY_MS = DAY_MINUTES * 60_000;

const Clock = v.pipe(v.string(), v.regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "expected a time like 09:30"));
const Span = v.pipe(
  v.object({ from: Clock, to: Clock }),
  v.check(({ from, to }) => from < to, "expected an end after the beginning"),
);
const Spans = v.optional(v.pipe(v.array(Span), v.maxLength(SPANS_LIMIT)));
const Day = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}$/, "expected a date like 2026-12-25"),
  v.check(isDay, "expected a date that exists"),
);

/** When a team answers, by the wall clocks of its own zone. A day that is not named is closed. */
export const Hours = v.object({
  zone: v.pipe(v.string(), v.maxLength(60), v.check(isZone, "expected a time zone like Europe/Berlin")),
  week: v.object({ mon: Spans, tue: Spans, wed: Spans, thu: Spans, fri: Spans, sat: Spans, sun: Spans }),
  /** Closed from `date` to `until`, both included. */
  holidays: v.optional(
    v.pipe(
      v.array(
        v.pipe(
          v.object({
            date: Day,
            until: v.optional(Day),
            name: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(NAME_LENGTH))),
          }),
          v.check(({ date, until }) => until === undefined || until >= date, "expected an end after the beginning"),
        ),
      ),
      v.maxLength(HOLIDAYS_LIMIT),
    ),
  ),
});
export type Hours = v.InferOutput<typeof Hours>;

/** Whether the team answers at a moment. */
export function isOpen(hours: Hours, at: number): boolean {
  const now = wallTime(at, hours.zone);
  return spansOf(hours, now).some(([from, to]) => now.minute >= from && now.minute < to);
}

/** The first moment after `at` at which the team opens, or closes where it is open; none within a year and a month. */
export function nextChange(hours: Hours, at: number): number | undefined {
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

/** How much of the time between two moments the team was open, ms. */
export function openBetween(hours: Hours, from: number, to: number): number {
  let total = 0;
  let at = from;
  while (at < to) {
    const change = Math.min(nextChange(hours, at) ?? to, to);
    if (isOpen(hours, at)) total += change - at;
    at = change;
  }
  return total;
}

/** From when to when a team that is closed opens, until a moment. */
export function openingsUntil(hours: Hours, at: number, until: number): [from: number, to: number][] {
  const found: [number, number][] = [];
  for (let from = nextChange(hours, at); from !== undefined && from < until; ) {
    const to = nextChange(hours, from);
    if (to === undefined) break;
    found.push([from, to]);
    from = nextChange(hours, to);
  }
  return found;
}

function edgesOf(hours: Hours, day: number): number[] {
  const date = new Date(day).toISOString().slice(0, 10);
  const weekday = (new Date(day).getUTCDay() + 6) % 7;
  const minutes = new Set([0, DAY_MINUTES, ...spansOf(hours, { date, weekday }).flat()]);
  return [...minutes].flatMap((minute) => momentsNear(date, minute, hours.zone));
}

function spansOf({ week, holidays = [] }: Hours, { date, weekday }: Pick<WallTime, "date" | "weekday">) {
  if (holidays.some((holiday) => date >= holiday.date && date <= (holiday.until ?? holiday.date))) return [];
  const day = WEEKDAYS[weekday];
  return ((day && week[day]) ?? []).map(({ from, to }) => [minutesOf(from), minutesOf(to)] as const);
}

function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}

function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
