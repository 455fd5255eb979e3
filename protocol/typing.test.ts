import { describe, expect, test } from "vitest";
import { NOT_TYPING, typed } from "./typing.ts";
import { TYPING_EVERY_MS, TYPING_GONE_AFTER_MS } from "./typing-times.ts";

describe("The typing machine", () => {
  test("says so at the first key, and at most once in three seconds", () => {
    let state = NOT_TYPING;
    const said: number[] = [];
    for (let now = 0; now <= 10_000; now += 100) {
      const [next, on] = typed(state, true, now);
      state = next;
      if (on) said.push(now);
    }
    expect(said).toEqual([0, 3_000, 6_000, 9_000]);
  });

  test("takes it back once when the text is sent, emptied or left, and says nothing where nothing was said", () => {
    const [typing] = typed(NOT_TYPING, true, 0);
    const [ended, on] = typed(typing, false, 100);
    expect(on).toBe(false);
    expect(typed(ended, false, 200)[1]).toBeUndefined();
    expect(typed(NOT_TYPING, false, 0)[1]).toBeUndefined();
  });

  test("says so at once when typing begins again after it ended", () => {
    const [typing] = typed(NOT_TYPING, true, 0);
    const [ended] = typed(typing, false, 100);
    expect(typed(ended, true, 200)[1]).toBe(true);
  });

  test("says so again well before the other side forgets it", () => {
    expect(TYPING_GONE_AFTER_MS).toBeGreaterThan(TYPING_EVERY_MS + 1_000);
  });
});
