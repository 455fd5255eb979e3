import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { Hours } from "./hours.ts";

const nine = [{ from: "09:00", to: "17:00" }];
const berlin = { zone: "Europe/Berlin", week: { mon: nine, tue: nine } };

describe("hours that are set", () => {
  it("refuse a zone, a date or a time that does not exist", () => {
    const fits = (hours: unknown) => v.is(Hours, hours);
    expect(fits(berlin)).toBe(true);
    expect(fits({ ...berlin, zone: "Europe/Atlantis" })).toBe(false);
    expect(fits({ ...berlin, holidays: [{ date: "2026-02-30" }] })).toBe(false);
    expect(fits({ ...berlin, week: { mon: [{ from: "17:00", to: "09:00" }] } })).toBe(false);
    expect(fits({ ...berlin, week: { mon: [{ from: "09:00", to: "25:00" }] } })).toBe(false);
  });
});
