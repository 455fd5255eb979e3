import { expect, it } from "vitest";
import { stemmerFor } from "./stems.ts";

it("little words that lean on the next one are taken off it in French and Italian", () => {
  expect(stemmerFor("fr")("l'argent")).toBe(stemmerFor("fr")("argent"));
  expect(stemmerFor("it")("dell'ordine")).toBe(stemmerFor("it")("ordine"));
  expect(stemmerFor("en")("it's")).not.toBe(stemmerFor("en")("s"));
});
