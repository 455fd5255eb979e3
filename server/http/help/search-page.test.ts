import { expect, test } from "vitest";
import type { Suggestion } from "../../desk/articles/suggestions.ts";
import type { Frame } from "./layout.ts";
import { searchPage } from "./search-page.ts";
import { helpSay } from "./sentences.ts";

const frame = { place: { base: "", site: { name: "Shop" } }, locale: "en", locales: ["en"], say: helpSay("en") };
const found = async (...offered: Partial<Suggestion>[]) => {
  const about = { slug: "boards", title: "Boards", excerpt: "", locale: "en" };
  const whole = offered.map((one, at) => ({ id: `${at}`, ...about, ...one }) as Suggestion);
  const { content } = searchPage(frame as unknown as Frame, "zzqx", whole);
  return String(await content).match(/href="\/en\/boards/g)?.length ?? 0;
};

test("a search finds nothing where no article has one of its words or any chance to answer", async () => {
  expect(await found({ score: 0.00009 }, { score: 0.00002 })).toBe(0);
  expect(await found()).toBe(0);
});

test("it finds all that are offered where the best is likely enough, or one has a word of it", async () => {
  expect(await found({ score: 0.0002 }, { score: 0.00002 })).toBe(2);
  expect(await found({ score: 0.00002 }, { score: 0.00001, marks: [[0, 6]] })).toBe(2);
});
