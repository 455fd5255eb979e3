import { isOpen, nextChange, type OpeningHours, type Span, WEEKDAYS, type Weekday } from "../../ui/opening-hours.ts";
import { clock } from "../../ui/when.ts";

const DAY: Span = { from: "09:00", to: "17:00" };
const DAY_MS = 24 * 3_600_000;

/** What a team begins with that had none: working days, in the zone of whoever sets them. */
export function firstHours(zone: string): OpeningHours {
  return { zone, week: { mon: [DAY], tue: [DAY], wed: [DAY], thu: [DAY], fri: [DAY] } };
}

/** The same week with other hours on one day. */
export function withDay(hours: OpeningHours, day: Weekday, spans: readonly Span[]): OpeningHours {
  return { ...hours, week: { ...hours.week, [day]: spans } };
}

/** One more span on a day: after the last one, where there is room. */
export function oneMore(spans: readonly Span[]): readonly Span[] {
  const last = spans.at(-1);
  if (!last) return [DAY];
  const hour = Math.min(Number(last.to.slice(0, 2)) + 1, 23);
  const from = `${String(hour).padStart(2, "0")}:00`;
  return from <= last.to
    ? spans
    : [...spans, { from, to: hour < 22 ? `${String(hour + 2).padStart(2, "0")}:00` : "24:00" }];
}

export function mondayToFriday(hours: OpeningHours): OpeningHours {
  const { mon = [] } = hours.week;
  return WEEKDAYS.slice(0, 5).reduce((changed, day) => withDay(changed, day, mon), hours);
}

/** What a visitor would read now: nothing while the team is open, else when it is back, as people say it. */
export function backFrom(hours: OpeningHours, now: number, locale: string): { open: boolean; when?: string } {
  if (isOpen(hours, now)) return { open: true };
  const at = nextChange(hours, now);
  if (at === undefined) return { open: false };
  const then = new Date(at);
  const time = clock(then.toISOString(), locale);
  if (then.toDateString() === new Date(now).toDateString()) return { open: false, when: time };
  const soon = at - now < 6 * DAY_MS;
  const day = then.toLocaleDateString(locale, soon ? { weekday: "long" } : { day: "numeric", month: "long" });
  return { open: false, when: `${day} ${time}` };
}
