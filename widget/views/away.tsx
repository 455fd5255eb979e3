import { en } from "../../ui/locales/en-courtesies.ts";
import { clock } from "../../ui/when.ts";
import { useApp } from "../context.ts";
import awayCss from "../styles/away.css?inline";

export const css = awayCss;
export const sentences = en;

const DAY_MS = 24 * 3_600_000;

/** Nobody is there: when they are back, and their hours, both by the visitor's own clock. */
export function View() {
  const { say, locale, availability, site } = useApp();
  const { backAt, openings = [] } = { ...availability.value, openings: site.config.value?.openings };
  const when = backAt && backWhen(backAt, locale.value, Date.now());
  const zone = new Intl.DateTimeFormat(locale.value, { timeZoneName: "shortGeneric" })
    .formatToParts()
    .find(({ type }) => type === "timeZoneName")?.value;
  return (
    <span class="away">
      <span class="strong">{when ? say("status.back", { when }) : say("status.away")}</span>
      <span>{say(site.config.value?.mail ? "away.body" : "away.here")}</span>
      {openings.length > 0 && (
        <span class="away-hours small">
          {weekOf(openings, locale.value).map(({ days, hours }) => (
            <span class="away-line" key={days}>
              <span>{days}</span>
              <span class="num">{hours}</span>
            </span>
          ))}
          <span class="away-line muted">
            <span>{say("away.zone", { zone: zone ?? "" })}</span>
            <span>{say("away.now", { time: clock(new Date().toISOString(), locale.value) })}</span>
          </span>
        </span>
      )}
    </span>
  );
}

/** "Monday at 9:00", "tomorrow, 9:00", "9:00" today, with the date where it is further off. */
export function backWhen(at: string, locale: string, now: number): string {
  const then = new Date(at);
  const time = { hour: "numeric", minute: "2-digit" } as const;
  const days = Math.round((midnight(then) - midnight(new Date(now))) / DAY_MS);
  if (days === 0) return clock(at, locale);
  if (days === 1) {
    const word = new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(1, "day");
    return `${word}, ${clock(at, locale)}`;
  }
  if (days < 7) return then.toLocaleString(locale, { weekday: "long", ...time });
  return then.toLocaleString(locale, { day: "numeric", month: "long", ...time });
}

/** The coming openings by day of the visitor's week, days of the same hours together. */
export function weekOf(openings: readonly (readonly [string, string])[], locale: string) {
  const days = new Map<string, { at: Date; hours: string[] }>();
  for (const [from, to] of openings) {
    const at = new Date(from);
    const key = at.toDateString();
    const day = days.get(key) ?? { at, hours: [] };
    // Not `formatRange`: it adds the dates where a day of the team ends after midnight here.
    day.hours.push(`${clock(from, locale)} – ${clock(to, locale)}`);
    days.set(key, day);
  }
  const lines: { first: Date; last: Date; hours: string }[] = [];
  for (const { at, hours } of days.values()) {
    const before = lines.at(-1);
    const follows = before && midnight(at) - midnight(before.last) < 1.5 * DAY_MS;
    if (follows && before.hours === hours.join(", ")) before.last = at;
    else lines.push({ first: at, last: at, hours: hours.join(", ") });
  }
  const name = new Intl.DateTimeFormat(locale, { weekday: "long" });
  return lines.map(({ first, last, hours }) => ({
    days: first === last ? name.format(first) : `${name.format(first)} – ${name.format(last)}`,
    hours,
  }));
}

function midnight(of: Date): number {
  return new Date(of.getFullYear(), of.getMonth(), of.getDate()).getTime();
}
