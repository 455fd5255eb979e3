import { describe, expect, it } from "vitest";
import { backFrom, firstHours, mondayToFriday, oneMore, withDay } from "./settings-hours.ts";

describe("hours in the settings", () => {
  it("say what a visitor would read now", () => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const hours = firstHours(zone);
    const friday = new Date(2026, 4, 8, 20).getTime();
    const said = backFrom(hours, friday, "en");
    expect(said.open).toBe(false);
    expect(said.when?.replace(/\s/g, " ")).toBe("Monday 9:00 AM");
    expect(backFrom(hours, new Date(2026, 4, 8, 10).getTime(), "en")).toEqual({ open: true });
    expect(backFrom(hours, new Date(2026, 4, 8, 7).getTime(), "en").when?.replace(/\s/g, " ")).toBe("9:00 AM");
    expect(backFrom({ zone, week: {} }, friday, "en")).toEqual({ open: false });
  });

  it("grow by an afternoon, never past the day", () => {
    expect(oneMore([])).toEqual([{ from: "09:00", to: "17:00" }]);
    expect(oneMore([{ from: "09:00", to: "12:00" }])[1]).toEqual({ from: "13:00", to: "15:00" });
    const full = [{ from: "09:00", to: "24:00" }];
    expect(oneMore(full)).toBe(full);
  });

  it("go from Monday to Friday, and leave the weekend alone", () => {
    const sat = [{ from: "10:00", to: "12:00" }];
    const mon = [{ from: "08:00", to: "10:00" }];
    const { week } = mondayToFriday(withDay(withDay(firstHours("UTC"), "mon", mon), "sat", sat));
    expect([week.tue, week.fri, week.sat, week.sun]).toEqual([mon, mon, sat, undefined]);
  });
});
