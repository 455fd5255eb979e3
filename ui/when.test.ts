import { describe, expect, it } from "vitest";
import { day, dayInSentence, relative } from "./when.ts";

const NOON = new Date(2026, 4, 4, 12).getTime();
const at = (ms: number) => new Date(NOON + ms).toISOString();
const DAY_MS = 24 * 60 * 60_000;

describe("how long ago", () => {
  it("is told in whole units, in the reader's language", () => {
    expect(relative(at(-3 * 60_000), "en", NOON)).toBe("3 minutes ago");
    expect(relative(at(-2 * DAY_MS), "zh-Hans", NOON)).toBe("前天");
  });

  it("is never yet to come, when a clock is a little ahead of ours", () => {
    expect(relative(at(4_000), "en", NOON)).toBe("this minute");
  });
});

describe("a day", () => {
  it("begins a line with a capital, and stands in a sentence without", () => {
    expect([day(at(0), "en", NOON), dayInSentence(at(0), "en", NOON)]).toEqual(["Today", "today"]);
    expect([day(at(-DAY_MS), "en", NOON), dayInSentence(at(-DAY_MS), "en", NOON)]).toEqual(["Yesterday", "yesterday"]);
  });

  it("is a date beyond yesterday, with the year where it is another", () => {
    expect(dayInSentence(at(-3 * DAY_MS), "en-GB", NOON)).toBe("1 May");
    expect(dayInSentence(at(-300 * DAY_MS), "en-GB", NOON)).toBe("8 July 2025");
  });
});
