/*
 * Wall clocks, told by the zone database that Node brings (Intl). A wall time that a change of clocks leaves out never
 * comes, one that it repeats comes twice: so nothing here turns a wall time into "the" moment; moments are asked what the
 * clock says then.
 */

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** What the clock on the wall says. */
export interface WallTime {
  /** `YYYY-MM-DD`. */
  date: string;
  /** 0 is Monday. */
  weekday: number;
  /** Since midnight, by the hands of the clock. */
  minute: number;
}

/** Whether Intl knows a zone, like `Europe/Berlin`. */
export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** What the clocks of a zone say at a moment. */
export function wallTime(at: number, zone: string): WallTime {
  const shifted = new Date(at + offsetAt(at, zone));
  return {
    date: shifted.toISOString().slice(0, 10),
    weekday: (shifted.getUTCDay() + 6) % 7,
    minute: shifted.getUTCHours() * 60 + shifted.getUTCMinutes(),
  };
}

/**
 * Every moment at which the wall clock of a zone can come to a minute of a date: the time itself under each offset that
 * the zone has around then, and the changes of clocks themselves, which may jump over it.
 */
export function momentsNear(date: string, minute: number, zone: string): number[] {
  const wall = Date.parse(`${date}T00:00:00Z`) + minute * MINUTE_MS;
  const [from, to] = [wall - DAY_MS - DAY_MS / 2, wall + DAY_MS + DAY_MS / 2];
  const [before, after] = [offsetAt(from, zone), offsetAt(to, zone)];
  if (before === after) return [wall - before];
  return [wall - before, wall - after, changeBetween(from, to, zone)];
}

/** The first minute of the new offset. */
function changeBetween(from: number, to: number, zone: string): number {
  const old = offsetAt(from, zone);
  let [low, high] = [Math.floor(from / MINUTE_MS), Math.ceil(to / MINUTE_MS)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * MINUTE_MS, zone) === old) low = middle;
    else high = middle;
  }
  return high * MINUTE_MS;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far a zone's clocks are ahead of UTC, ms. */
function offsetAt(at: number, zone: string): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(zone, format);
  }
  const read = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = read;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}
