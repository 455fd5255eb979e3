import { expect, test } from "vitest";
import { startEffort } from "../../test/support/effort.ts";
import { cleanName } from "./name.ts";

test("a file's name ends in what it is, and in no dots or spaces", () => {
  expect(cleanName(" ..C:\\Temp\\..bill  of may.pdf. . ", ["pdf"])).toBe("bill of may.pdf");
  expect(cleanName("photo.jpg", ["html"])).toBe("photo.jpg.html");
  expect(cleanName("...", [])).toBe("file");
});

test("a name of any length costs no more than its length", () => {
  const effort = startEffort();
  expect(cleanName(`a${".".repeat(60_000)}b.txt`, ["txt"])).toBe(`a${".".repeat(115)}.txt`);
  expect(effort()).toBeLessThan(1_000);
});
