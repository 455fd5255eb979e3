import * as reference from "@preact/signals";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import * as own from "./signals.ts";

type Library = Pick<typeof own, "signal" | "computed" | "effect">;

/** What two effects over three computed values over three signals log while those are written to, each for itself. */
function play(library: Library, writes: readonly (readonly [number, number])[]) {
  const log: Record<"parity" | "mixed" | "read", string[]> = { parity: [], mixed: [], read: [] };
  const [a, b, c] = [library.signal(0), library.signal(0), library.signal(0)];
  const sum = library.computed(() => a.value + b.value);
  const parity = library.computed(() => sum.value % 2);
  // Reads c only while the parity is odd.
  const mixed = library.computed(() => (parity.value ? c.value : -1));
  const ends = [
    library.effect(() => void log.parity.push(`${parity.value}`)),
    library.effect(() => {
      log.mixed.push(`${mixed.value} ${sum.peek()}`);
      return () => void log.mixed.push("undo");
    }),
  ];
  for (const [at, value] of writes) {
    const target = [a, b, c][at % 3];
    if (target) target.value = value;
    log.read.push(`${mixed.value} ${sum.value}`);
  }
  for (const end of ends) end();
  a.value = 100;
  return log;
}

describe("signals", () => {
  it("do what Preact's do, whatever is written in whatever order", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2), fc.nat(4)), { maxLength: 30 }), (writes) => {
        expect(play(own, writes)).toEqual(play(reference as Library, writes));
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it("compute nothing that nobody reads", () => {
    const compute = vi.fn(() => 1);
    own.computed(compute);
    expect(compute).not.toHaveBeenCalled();
  });

  it("say so when effects chase each other", () => {
    const one = own.signal(0);
    const chase = () => {
      one.value = one.value + 1;
    };
    expect(() => own.effect(chase)).toThrow(/Cannot settle/);
  });

  it("settle where an effect writes what another reads", () => {
    const [one, two] = [own.signal(0), own.signal(0)];
    const seen: number[] = [];
    own.effect(() => void seen.push(two.value));
    own.effect(() => {
      two.value = one.value * 2;
    });
    one.value = 2;
    expect(seen).toEqual([0, 4]);
  });

  it("go on after an effect that failed", () => {
    const one = own.signal(0);
    const seen: number[] = [];
    own.effect(() => {
      if (one.value === 1) throw new Error("no");
      seen.push(one.value);
    });
    expect(() => {
      one.value = 1;
    }).toThrow("no");
    one.value = 2;
    expect(seen).toEqual([0, 2]);
  });
});
