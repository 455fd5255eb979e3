import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startEffort } from "../../../test/support/effort.ts";
import { createTypedSearches } from "./searches-typed.ts";

const CROWD = 20_000;
const SITE = 1;

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

/** A crowd of people, each with a question of their own; returns what was searched for, and what of it was `anew`. */
function open(crowd = CROWD) {
  const found: (string | undefined)[] = [];
  const anew: (string | undefined)[] = [];
  const searches = createTypedSearches(
    (now, was) => {
      found.push(now?.q);
      if (!was) anew.push(now?.q);
    },
    () => 1,
  );
  const type = (who: string, q: string) => searches.type({ who, site: SITE, q, locale: "en" });
  for (let person = 0; person < crowd; person++) type(`${person}`, `How do I charge number ${person}`);
  return { searches, found, anew, type };
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
  const effort = startEffort();
  searches.sent(SITE, `How do I charge number 77 ${"or any other of them ".repeat(450)}`);
  expect(effort()).toBeLessThan(1_000);
  vi.advanceTimersByTime(5_000);
  expect(found).not.toContain("How do I charge number 77");
  expect(found).toContain("How do I charge number 7");
});

test("of one person's searches the last twenty are told apart, so that what they come back to counts once", () => {
  const { anew, type } = open(0);
  const things = "parcel invoice password battery warranty discount lamp cable refund courier size colour login";
  const more = "newsletter returns voucher manual sensor basket receipt keyboard";
  const search = (q: string) => {
    type("a", q);
    vi.advanceTimersByTime(5_000);
  };
  const all = `${things} ${more}`.split(" ");
  for (const thing of all) search(thing);
  expect(anew).toEqual(all);
  search("invoice");
  expect(anew).toHaveLength(21);
  search("parcel");
  expect(anew.slice(21)).toEqual(["parcel"]);
});

test("of as many people as are told apart each counts once, and beyond them all are forgotten", () => {
  const { anew, type } = open();
  const search = (who: string, q: string) => {
    type(who, q);
    vi.advanceTimersByTime(5_000);
  };
  const again = (who: string) => search(who, `How do I charge number ${who}`);
  for (const who of ["0", "1"]) again(who);
  expect(anew).toHaveLength(CROWD);
  search("one too many", "Where is my parcel?");
  again("1");
  expect(anew.slice(CROWD)).toEqual(["Where is my parcel?", "How do I charge number 1"]);
});

test("what somebody means is told by the beginning of a long text, whatever follows it", () => {
  const { anew, type } = open(0);
  const begun =
    "My parcel has not come although the courier says that it was left with a neighbour whom I do not know. ";
  for (const end of ["Rain, snow and a long holiday. ", "Please answer in English, at noon. "]) {
    type("a", begun.repeat(4).slice(0, 300) + end.repeat(40));
    vi.advanceTimersByTime(5_000);
  }
  expect(anew).toHaveLength(1);
});
