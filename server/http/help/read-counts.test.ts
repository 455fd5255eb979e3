import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createReadCounts } from "./read-counts.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("Readings are added up and written seldom; one that cannot be written costs a figure", async () => {
  const written: (readonly [string, number])[][] = [];
  const read = createReadCounts(async (reads) => {
    written.push([...reads]);
    throw new Error("The disk is full");
  });
  for (const article of ["a", "b", "a", "a"]) read(article);
  await vi.advanceTimersByTimeAsync(4_900);
  expect(written).toEqual([]);
  await vi.advanceTimersByTimeAsync(100);
  read("c");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(written).toEqual([
    [
      ["a", 3],
      ["b", 1],
    ],
    [["c", 1]],
  ]);
});
