const HOUR_MS = 60 * 60_000;
const MORNING_HOUR = 9;
const MONDAY = 1;

export const SNOOZES = ["hour", "hours", "tomorrow", "monday", "week"] as const;
export type Snooze = (typeof SNOOZES)[number];

/** When a usual snooze ends, in the agent's own time zone. */
export function snoozeUntil(snooze: Snooze, now: Date): Date {
  switch (snooze) {
    case "hour":
      return new Date(now.getTime() + HOUR_MS);
    case "hours":
      return new Date(now.getTime() + 4 * HOUR_MS);
    case "tomorrow":
      return morning(now, 1);
    case "monday":
      return morning(now, (MONDAY - now.getDay() + 7) % 7 || 7);
    case "week":
      return morning(now, 7);
    default:
      return snooze satisfies never;
  }
}

/** By the calendar, so that a change to summer time does not make it eight or ten. */
function morning(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING_HOUR);
}
