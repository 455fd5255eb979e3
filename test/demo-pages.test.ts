import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PAGE_ARTICLES } from "../demo/seed/pages.ts";

const DEMO = join(import.meta.dirname, "../demo");

test("The demo's front pages offer something in each language, and no page an article that is not there", () => {
  const all = [...markdownIn("help-en/articles"), ...markdownIn("seed/articles-zh")].join("\n");
  for (const path of ["/", "/zh/"]) expect(PAGE_ARTICLES[path]?.length).toBeGreaterThan(0);
  const missing = Object.values(PAGE_ARTICLES)
    .flat()
    .filter((title) => !all.includes(title));
  expect(missing).toEqual([]);
});

/** The heads of the articles, where their titles stand. */
function markdownIn(folder: string): string[] {
  const files = readdirSync(join(DEMO, folder), { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => file.endsWith(".md"))
    .map((file) => readFileSync(join(DEMO, folder, file), "utf8").slice(0, 400));
}
