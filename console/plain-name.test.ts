import { expect, test } from "vitest";
import { plainName } from "./plain-name.ts";

test("a name beside our own words turns nothing round, and piles up no marks", () => {
  expect(plainName(" Ana \u202Eevil\u2069 ")).toBe("Ana evil");
  expect(plainName(`e${"\u0301".repeat(99)}`)).toBe(`e${"\u0301".repeat(4)}`);
  expect(plainName("陈雨桐 👩\u200D🔧")).toBe("陈雨桐 👩\u200D🔧");
});

test("of which nothing would be seen is none", () => {
  for (const name of [undefined, "", " ", "\u202E", "\u200B\u200D"]) expect(plainName(name)).toBeUndefined();
});
