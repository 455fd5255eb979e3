import { expect, it } from "vitest";
import { COMMON_WORDS } from "./common-words.ts";
import { createSuggestIndex } from "./index.ts";
import { createPrior } from "./prior.ts";
import { stemmerFor } from "./stems.ts";
import { bagOf } from "./tokens.ts";

it("a young German site does not take how people ask for what they ask", () => {
  const index = createSuggestIndex({ train: false });
  const titles = { lost: "Wie kann ich mein Fahrrad finden?", lamp: "Licht am Rad", seat: "Kindersitz" };
  for (const [id, title] of Object.entries(titles)) {
    index.put({ id, group: id, title, body: "", locale: "de-CH", audience: "public", questions: [] });
  }
  expect(index.rank({ q: "Wie kann ich mein Licht einstellen?", min: 0 }).ranked[0]?.id).toBe("lamp");
  index.close();
});

it("what is common in a language is so in sites that speak it only", () => {
  const [die] = bagOf("die", [stemmerFor("de")]).keys();
  const english = createPrior();
  english.hear("en");
  english.hear("constructor");
  const mixed = createPrior();
  mixed.hear("de-AT");
  const share = (prior: typeof english) => prior.shares.get(die ?? 0) ?? 0;
  expect(share(english)).toBeLessThan(0.01);
  expect(share(mixed)).toBeGreaterThan(0.2);
  mixed.hear("de");
  expect(share(mixed)).toBeLessThan(0.3);
});

it.each(Object.entries(COMMON_WORDS))("the common words of %s stand in one line each", (_, lines) => {
  const words = lines.flatMap((line) => line.split(" "));
  expect(words.filter((word, i) => words.indexOf(word) !== i)).toEqual([]);
  expect(words).not.toContain("");
});
