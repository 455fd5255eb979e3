const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** "3 days ago", in full words. What a clock a little ahead of ours has just written is not told as yet to come. */
export function relative(at: string, locale: string, now: number): string {
  const passed = Math.max(0, now - Date.parse(at));
  const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  if (passed < HOUR_MS) return words.format(-Math.floor(passed / MINUTE_MS), "minute");
  if (passed < DAY_MS) return words.format(-Math.floor(passed / HOUR_MS), "hour");
  if (passed < 60 * DAY_MS) return words.format(-Math.floor(passed / DAY_MS), "day");
  if (passed < 700 * DAY_MS) return words.format(-Math.floor(passed / (30 * DAY_MS)), "month");
  return words.format(-Math.floor(passed / (365 * DAY_MS)), "year");
}
