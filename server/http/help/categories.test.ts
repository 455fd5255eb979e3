import { expect, test } from "vitest";
import type { HelpEntry, HelpShelf } from "../../desk/articles/help-centre.ts";
import { categoriesIn } from "./categories.ts";

const namesOf = (...categories: (string | undefined)[]) => {
  const entries = categories.map((category, id) => ({ id: `${id}`, locale: "en", category }) as HelpEntry);
  return categoriesIn({ locales: ["en"], entries } as Partial<HelpShelf> as HelpShelf, "en").map(({ name }) => name);
};

test("a category written in several ways has one name, whichever article stands first", () => {
  const ways = ["boards & kits / UNO", "Boards & Kits", "Boards and kits", "Boards & kits"];
  expect(namesOf(...ways)).toEqual(["Boards & Kits", "Boards and kits"]);
  expect(namesOf(...ways.toReversed())).toEqual(["Boards & Kits", "Boards and kits"]);
});

test("categories stand by name, and what has none comes last", () => {
  expect(namesOf(undefined, "Shipping", "Boards")).toEqual(["Boards", "Shipping", undefined]);
});
