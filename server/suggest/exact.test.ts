import { expect, test } from "vitest";
import { createExact, keyOf } from "./exact.ts";

const all = () => true;
const key = (n: number) => `question number ${n}`;

test("equal questions are those of the same letters and digits", () => {
  expect(keyOf("  where is my parcel?! ")).toBe("where is my parcel");
  expect(keyOf("where – is my… parcel")).toBe("where is my parcel");
  expect(keyOf("c++ or c#?")).toBe("c++ or c#");
  expect(keyOf("怎么退货？")).toBe("怎么退货");
  expect(keyOf("?!")).toBe("");
});

test("what is asked again weighs more, for the article that answers it, and there it was known before", () => {
  const exact = createExact();
  expect(exact.add(1, key(1), 0.5)).toBe(false);
  expect(exact.add(2, key(1), 0.75)).toBe(false);
  expect(exact.find(key(1), all)).toEqual({ slot: 2, weight: 0.75 });
  expect(exact.add(1, key(1), 0.5)).toBe(true);
  expect(exact.find(key(1), all)).toEqual({ slot: 1, weight: 1 });
  expect(exact.find(key(1), (slot) => slot !== 1)).toEqual({ slot: 2, weight: 0.75 });
  expect(exact.find(key(2), all)).toBeUndefined();
});

test("what weighs nothing, or less, belongs to nobody", () => {
  const exact = createExact();
  exact.add(1, key(1), 0.5);
  exact.add(1, key(1), -0.5);
  exact.add(2, key(1), -0.5);
  expect(exact.find(key(1), all)).toBeUndefined();
  expect(exact.add(1, "", 1)).toBe(false);
  expect(exact.find("", all)).toBeUndefined();
});

test("ten thousand questions are each found, while half of the articles go and others come", () => {
  const exact = createExact();
  const known = new Map<number, number>();
  const add = (n: number) => {
    expect(exact.add(n % 50, key(n), 1)).toBe(false);
    known.set(n, n % 50);
  };
  const expectKnown = () => {
    for (let n = 0; n < 10_000; n++) {
      const slot = known.get(n);
      expect(exact.find(key(n), all)).toEqual(slot === undefined ? undefined : { slot, weight: 1 });
    }
  };
  for (let n = 0; n < 5_000; n++) add(n);
  for (let slot = 0; slot < 50; slot += 2) exact.remove(slot);
  for (const [n, slot] of known) if (slot % 2 === 0) known.delete(n);
  expectKnown();
  for (let n = 5_000; n < 10_000; n++) add(n);
  expectKnown();
});
