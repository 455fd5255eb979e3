/*
 * Times as people read them, in their language. Everything takes the moment as an ISO string and `now` in ms.
 */

export { relative } from "./relative.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** "10:38" */
export function clock(at: string, locale: string): string {
  return new Date(at).toLocaleTimeString(locale, { hour: "numeric", minute: "2-digit" });
}

/** "Today", "Yesterday", "12 March", with the year where it is another. */
export function day(at: string, locale: string, now: number): string {
  const then = new Date(at);
  const days = Math.round((midnight(new Date(now)) - midnight(then)) / DAY_MS);
  if (days === 0 || days === 1) {
    const word = new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(-days, "day");
    return word[0]?.toLocaleUpperCase(locale) + word.slice(1);
  }
  const sameYear = then.getFullYear() === new Date(now).getFullYear();
  return then.toLocaleDateString(locale, { day: "numeric", month: "long", ...(!sameYear && { year: "numeric" }) });
}

/** The same as it stands inside a sentence: "today", "yesterday", "12 March". */
export function dayInSentence(at: string, locale: string, now: number): string {
  const said = day(at, locale, now);
  const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const capital = (word: string) => word.toLocaleUpperCase(locale);
  return [0, -1].map((days) => words.format(days, "day")).find((word) => capital(word) === capital(said)) ?? said;
}

/** Whether two moments lie on the same day here. */
export function sameDay(one: string, other: string): boolean {
  return midnight(new Date(one)) === midnight(new Date(other));
}

/** "2 hr", "5 min", "3 days": how long ago, short; under a minute "now". */
export function ago(at: string, locale: string, now: number): string {
  const passed = Math.max(0, now - Date.parse(at));
  if (passed < MINUTE_MS) return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(0, "second");
  return span(passed, locale);
}

/** A length of time in its largest unit, short: "5 min", "2 hr", "3 days". */
export function span(ms: number, locale: string): string {
  const [value, unit] =
    ms < HOUR_MS
      ? ([Math.round(ms / MINUTE_MS), "minute"] as const)
      : ms < DAY_MS
        ? ([Math.floor(ms / HOUR_MS), "hour"] as const)
        : ([Math.floor(ms / DAY_MS), "day"] as const);
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).format(value);
}

function midnight(of: Date): number {
  return new Date(of.getFullYear(), of.getMonth(), of.getDate()).getTime();
}
