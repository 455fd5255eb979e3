import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isOpen, nextChange, type OpeningHours, openTime, WEEKDAYS } from "./opening-hours.ts";
import { wallTime } from "./zone.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const nine = [{ from: "09:00", to: "17:00" }];
const weekdays = { mon: nine, tue: nine, wed: nine, thu: nine, fri: nine };
const berlin: OpeningHours = { zone: "Europe/Berlin", week: weekdays };

describe("opening hours", () => {
  it("open and close by the team's own clock", () => {
    // Monday 4 May 2026 in Berlin, two hours ahead of UTC.
    expect(isOpen(berlin, Date.parse("2026-05-04T06:59:59.999Z"))).toBe(false);
    expect(isOpen(berlin, Date.parse("2026-05-04T07:00Z"))).toBe(true);
    expect(isOpen(berlin, Date.parse("2026-05-04T15:00Z"))).toBe(false);
  });

  it("say on Friday evening that the team is back on Monday at nine, also when the clocks change in between", () => {
    const back = (at: string) => new Date(nextChange(berlin, Date.parse(at)) ?? 0).toISOString();
    expect(back("2026-05-08T20:00Z")).toBe("2026-05-11T07:00:00.000Z");
    // Clocks go forward on 29 March and back on 25 October.
    expect(back("2026-03-27T20:00Z")).toBe("2026-03-30T07:00:00.000Z");
    expect(back("2026-10-23T20:00Z")).toBe("2026-10-26T08:00:00.000Z");
  });

  it("skip holidays, and those that last", () => {
    const hours: OpeningHours = {
      ...berlin,
      holidays: [
        { date: "2026-05-11", name: "A day off" },
        { date: "2026-05-12", until: "2026-05-13" },
      ],
    };
    expect(nextChange(hours, Date.parse("2026-05-08T20:00Z"))).toBe(Date.parse("2026-05-14T07:00Z"));
  });

  it("say nothing where nobody ever opens", () => {
    expect(nextChange({ zone: "UTC", week: {} }, 0)).toBeUndefined();
    const never: OpeningHours = {
      zone: "UTC",
      week: weekdays,
      holidays: [{ date: "2026-01-01", until: "2029-01-01" }],
    };
    expect(nextChange(never, Date.parse("2026-05-04T07:00Z"))).toBeUndefined();
  });

  it("run through midnight as one", () => {
    const night: OpeningHours = {
      zone: "UTC",
      week: { mon: [{ from: "22:00", to: "24:00" }], tue: [{ from: "00:00", to: "06:00" }] },
    };
    expect(nextChange(night, Date.parse("2026-05-04T23:00Z"))).toBe(Date.parse("2026-05-05T06:00Z"));
  });

  it("count open time only", () => {
    const [from, to] = [Date.parse("2026-05-08T14:00Z"), Date.parse("2026-05-11T07:30Z")];
    const open = openTime(berlin, from, to);
    expect(open(from, to)).toBe(1.5 * HOUR_MS);
    expect(open(to, from)).toBe(0);
    // Parts of it, which begin or end while the team is open, closed, or just opens.
    const at = (time: string) => Date.parse(`2026-05-${time}Z`);
    expect(open(at("08T14:30"), at("11T07:15"))).toBe(0.75 * HOUR_MS);
    expect(open(at("08T14:30"), at("08T14:40"))).toBe(HOUR_MS / 6);
    expect(open(at("09T10:00"), at("11T07:00"))).toBe(0);
    expect(open(at("09T10:00"), at("11T07:01"))).toBe(60_000);
  });

  // Half-hour zones, half-hour summer time, a change at midnight, a day that was left out, and both hemispheres.
  const ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Santiago"].concat(
    ["Asia/Beirut", "Pacific/Apia", "Africa/Casablanca", "UTC", "Asia/Shanghai"],
  );
  // Weeks in which the clocks of one of these changed.
  const CHANGES = [
    "2011-12-29",
    "2026-03-07",
    "2026-03-28",
    "2026-04-04",
    "2026-09-05",
    "2026-10-03",
    "2026-10-24",
  ].map((day) => Date.parse(day));
  const clock = fc.integer({ min: 0, max: 96 }).map((quarter) => quarter * 15);
  const span = fc
    .tuple(clock, clock)
    .filter(([a, b]) => a !== b)
    .map(([a, b]) => ({ from: clockOf(Math.min(a, b)), to: clockOf(Math.max(a, b)) }));
  const week = fc.record(Object.fromEntries(WEEKDAYS.map((day) => [day, fc.array(span, { maxLength: 2 })])));
  const start = fc
    .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -1440, max: 3 * 1440 }))
    .map(([day, minutes]) => day + minutes * MINUTE_MS);

  it("find what a walk minute by minute finds, whatever the clocks do", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), week, start, (zone, week, at) => {
        const hours = { zone, week } as OpeningHours;
        const found = nextChange(hours, at);
        const open = isOpen(hours, at);
        let walked = at + MINUTE_MS;
        // Two days are enough for every change of clocks to lie in some walk.
        while (walked < at + 48 * HOUR_MS && isOpen(hours, walked) === open) walked += MINUTE_MS;
        if (walked < at + 48 * HOUR_MS) expect(found).toBe(walked);
        else if (found !== undefined) expect(found).toBeGreaterThanOrEqual(walked);
      }),
      { numRuns: 150 },
    );
  });

  it("open exactly while the wall clock of the zone lies in a span", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), start, clock, (zone, at, minute) => {
        const text = new Intl.DateTimeFormat("sv-SE", {
          timeZone: zone,
          dateStyle: "short",
          timeStyle: "short",
        }).format(at);
        const wall = wallTime(at, zone);
        expect(`${wall.date} ${clockOf(wall.minute)}`).toBe(text);
        const from = clockOf(Math.min(minute, 1425));
        const every = [{ from, to: "24:00" }];
        const hours = { zone, week: Object.fromEntries(WEEKDAYS.map((day) => [day, every])) } as OpeningHours;
        expect(isOpen(hours, at)).toBe(text.slice(11) >= from);
      }),
      { numRuns: 500 },
    );
  });
});

function clockOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}
