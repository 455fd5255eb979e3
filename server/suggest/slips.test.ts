import { expect, test } from "vitest";
import { slipsBetween } from "./slips.ts";

test("slips are the characters changed, added and left out", () => {
  expect(slipsBetween("what currencies do you take", "what currencies do you take")).toBe(0);
  expect(slipsBetween("what curencies do yuo take", "what currencies do you take")).toBe(3);
  expect(slipsBetween("hwhat currencies do you tak", "what currencies do you take")).toBe(2);
});

test("beyond one in eight it is another text", () => {
  const text = "abcdefghijklmnopqrstuvwx";
  expect(slipsBetween(text, `123${text.slice(3)}`)).toBe(3);
  expect(slipsBetween(text, `1234${text.slice(4)}`)).toBe(Number.POSITIVE_INFINITY);
});

test("of short texts a letter makes another meaning", () => {
  expect(slipsBetween("change my pin", "change my bin")).toBe(Number.POSITIVE_INFINITY);
});

test("from fifteen letters on, of the shorter text, one may be wrong", () => {
  expect(slipsBetween("change my pincode", "change my pincodes")).toBe(1);
  expect(slipsBetween("change my ticket", "change my tickt")).toBe(1);
  expect(slipsBetween("change my tickt", "change my ticket")).toBe(1);
  expect(slipsBetween("change my tickt", "change my tickr")).toBe(1);
  expect(slipsBetween("change my tick", "change my ticks")).toBe(Number.POSITIVE_INFINITY);
  expect(slipsBetween("change my ticks", "change my tick")).toBe(Number.POSITIVE_INFINITY);
});

test("of long texts too, one after another, and of a short one after them", () => {
  const long = (length: number) => Array.from({ length }, (_, at) => "abcdefg hijk"[(at * at) % 12]).join("");
  for (const length of [1_023, 1_024, 3_000, 7_000]) {
    const text = long(length);
    expect(slipsBetween(text, `${text.slice(0, 500)}${text.slice(501)}`)).toBe(1);
    expect(slipsBetween(`x${text}`, `${text}yz`)).toBe(3);
  }
  expect(slipsBetween("what curencies do yuo take", "what currencies do you take")).toBe(3);
});

test("agrees with the whole table", () => {
  const letters = "ab ";
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  for (let round = 0; round < 300; round++) {
    const one = Array.from({ length: 32 + Math.floor(next() * 4) }, () => letters[Math.floor(next() * 3)]).join("");
    const other = [...one].flatMap((char) => (next() < 0.9 ? [char] : next() < 0.5 ? [] : [char, "a"])).join("");
    const whole = distance(one, other);
    const most = Math.floor(Math.min(one.length, other.length) / 8);
    expect(slipsBetween(one, other), `${one}|${other}`).toBe(whole <= most ? whole : Number.POSITIVE_INFINITY);
  }
});

function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, j) => j);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const changed = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
