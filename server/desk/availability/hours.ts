import * as v from "valibot";
import { isZone } from "../../../ui/zone.ts";

const SPANS_LIMIT = 6;
const HOLIDAYS_LIMIT = 200;
const NAME_LENGTH = 60;

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

function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
