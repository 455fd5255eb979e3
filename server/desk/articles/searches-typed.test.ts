import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createTypedSearches } from "./searches-typed.ts";

const CROWD = 20_000;
const SITE = 1;

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

/** A crowd of people, each with a question of their own; returns what was searched for. */
function open() {
  const found: (string | undefined)[] = [];
  const searches = createTypedSearches(
    (now) => void found.push(now?.q),
    () => 1,
  );
  const type = (who: string, q: string) => searches.type({ who, site: SITE, q, locale: "en" });
  for (let person = 0; person < CROWD; person++) type(`${person}`, `How do I charge number ${person}`);
  return { searches, found, type };
}

test("whoever types on while as many are typing as are told apart is heard to the end, and leaves room", () => {
  const { found, type } = open();
  for (const who of ["one too many", "two too many"]) type(who, "Where is my parcel?");
  type("0", "How do I charge number 0 in the rain?");
  vi.advanceTimersByTime(5_000);
  expect(found).toContain("How do I charge number 0 in the rain?");
  expect(found).toHaveLength(CROWD);
  type("later", "Where is my parcel?");
  vi.advanceTimersByTime(5_000);
  expect(found.at(-1)).toBe("Where is my parcel?");
});

test("a long message costs no more because many are typing, and is the search of whoever had typed most of it", () => {
  const { searches, found } = open();
  const began = performance.now();
  searches.sent(SITE, `How do I charge number 77 ${"or any other of them ".repeat(450)}`);
  expect(performance.now() - began).toBeLessThan(1_000);
  vi.advanceTimersByTime(5_000);
  expect(found).not.toContain("How do I charge number 77");
  expect(found).toContain("How do I charge number 7");
});
