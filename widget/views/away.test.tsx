import { describe, expect, it } from "vitest";
import { backWhen, weekOf } from "./away.tsx";

const at = (day: number, hour: number) => new Date(2026, 4, day, hour).toISOString();
/** Monday, noon, here. */
const now = new Date(2026, 4, 4, 12).getTime();
/** Intl sets narrow spaces. */
const plain = (text: string) => text.replace(/\s/g, " ");

describe("when the team is back", () => {
  it("is said as people say it", () => {
    expect(plain(backWhen(at(4, 15), "en", now))).toBe("3:00 PM");
    expect(plain(backWhen(at(5, 9), "en", now))).toBe("tomorrow, 9:00 AM");
    expect(plain(backWhen(at(8, 9), "en", now))).toMatch(/^Friday( at)? 9:00 AM$/);
    expect(plain(backWhen(at(20, 9), "en", now))).toMatch(/^May 20(,| at) 9:00 AM$/);
    expect(backWhen(at(5, 9), "zh-Hans", now)).toMatch(/^明天/);
  });

  it("stands beside the hours, days of the same hours together", () => {
    const days = [5, 6, 7].map((day) => [at(day, 9), at(day, 17)] as const);
    const broken = [
      [at(9, 9), at(9, 12)],
      [at(9, 13), at(9, 14)],
    ] as const;
    const lines = weekOf([...days, ...broken], "en").map(({ days, hours }) => plain(`${days}: ${hours}`));
    expect(lines).toEqual(["Tuesday – Thursday: 9:00 AM – 5:00 PM", "Saturday: 9:00 AM – 12:00 PM, 1:00 PM – 2:00 PM"]);
  });

  it("ends after midnight here without a date, where the team's day does", () => {
    expect(plain(weekOf([[at(5, 18), at(6, 2)]], "en")[0]?.hours ?? "")).toBe("6:00 PM – 2:00 AM");
  });
});
