import { afterEach, describe, expect, it, vi } from "vitest";
import { fault } from "../../protocol/faults.ts";
import { type Counter, createCounter } from "../test/counter.ts";

let counter: Counter;
afterEach(() => {
  vi.useRealTimers();
  counter.app.dispose();
});

describe("who is asked for patience at the door", () => {
  const WAIT_MS = 60_000;

  it.each(["limited", "unavailable"] as const)(
    "by %s knocks no sooner, whatever wakes, and then by itself",
    async (code) => {
      vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
      counter = createCounter();
      counter.desk.session.start();
      counter.pair.cut();
      counter.pair.refuse(fault(code, "", { afterMs: WAIT_MS }));
      const before = counter.auths.length;
      counter.desk.wake();
      await vi.advanceTimersByTimeAsync(WAIT_MS - 1);
      counter.desk.wake();
      expect(counter.auths).toHaveLength(before);
      await vi.advanceTimersByTimeAsync(10_000);
      expect(counter.auths).toHaveLength(before + 1);
    },
  );
});
