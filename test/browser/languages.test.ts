import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LOCALES, type Locale } from "../../ui/locale.ts";
import { en } from "../../ui/locales/en.ts";
import { en as courtesies } from "../../ui/locales/en-courtesies.ts";
import { en as files } from "../../ui/locales/en-files.ts";
import { en as happened } from "../../ui/locales/en-happened.ts";
import { en as more } from "../../ui/locales/en-more.ts";
import type { Table } from "../../ui/sentences.ts";
import { speak, wrongIn } from "./language-audit.ts";
import { type Look, openTour, TALK, type Tour } from "./states.ts";

const english: Table = { ...en, ...more, ...happened, ...courtesies, ...files };
const tables = new Map<Locale, Table>([["en", english]]);
for (const locale of LOCALES) {
  if (locale === "en") continue;
  const { sentences } = (await import(`../../ui/locales/${locale.toLowerCase()}.ts`)) as { sentences: Table };
  tables.set(locale, sentences);
}
/** Beside a page, where the panel is 384 px wide, and the smallest phone. */
const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 320, height: 640 };

let tour: Tour;
beforeAll(async () => {
  tour = await openTour();
}, 120_000);
afterAll(() => tour?.close());

describe("the widget in sixteen languages, in every state, on a shop's page and on a small phone", () => {
  test("says everything in that language, cuts nothing, runs the right way", async () => {
    const visitor = await tour.stage.visitor("en", "/products/uno-r4-wifi", { viewport: WIDE });
    const { page } = visitor;
    const found: string[] = [];
    let states = 0;
    const look: Look = async (state, again) => {
      states += 1;
      for (const viewport of [NARROW, WIDE]) {
        await page.setViewportSize(viewport);
        for (const [locale, table] of tables) {
          await speak(page, locale);
          await again?.();
          const where = `${state}, ${locale}, ${viewport.width} px`;
          for (const wrong of await wrongIn(page, locale, table, english)) found.push(`${where}: ${wrong}`);
        }
        await speak(page, "en");
      }
    };
    // What was found on the way is told as well where the way ends too early.
    await tour.lead(visitor, TALK, look).catch((error) => found.push(`after ${states} states: ${error}`));
    await page.context().close();
    expect([...new Set(found)]).toEqual([]);
    expect(states).toBeGreaterThan(15);
  }, 400_000);
});
