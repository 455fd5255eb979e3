import { expect, it } from "vitest";
import { givenName, initials } from "./initials.ts";

it.each([
  ["Mara Lindqvist", "ML"],
  ["mara", "M"],
  ["林佳穎", "佳穎"],
  ["李文浩", "文浩"],
  ["  Ana  Maria de Souza ", "AS"],
  ["", ""],
])("%j has the initials %j", (name, letters) => {
  expect(initials(name)).toBe(letters);
});

it("A Han name is said whole, another by its first word", () => {
  expect([givenName("林佳穎"), givenName("Mara Lindqvist")]).toEqual(["林佳穎", "Mara"]);
});
