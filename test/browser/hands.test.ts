import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Look, openTour, TALK, type Tour } from "./states.ts";

/* Fingers, and pages zoomed to 400%: every state is there for both. */

const PHONE = { width: 390, height: 760 };
/** What is left of 1280 × 1024. */
const ZOOMED = { width: 320, height: 256 };

let tour: Tour;
beforeAll(async () => {
  tour = await openTour();
}, 120_000);
afterAll(() => tour?.close());

describe("the widget under a finger, and zoomed to 400%", () => {
  test("has targets of 44 px, fields of 16 px, and its composer in sight, and nothing scrolls sideways", async () => {
    const visitor = await tour.stage.visitor("en", "/products/uno-r4-wifi", {
      viewport: PHONE,
      hasTouch: true,
      isMobile: true,
    });
    const { page } = visitor;
    const found: string[] = [];
    const look: Look = async (state, again) => {
      for (const viewport of [PHONE, ZOOMED]) {
        await page.setViewportSize(viewport);
        await again?.();
        // The panel follows the window in the next frame.
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
        for (const wrong of await wrongIn(page)) found.push(`${state}, ${viewport.width} px: ${wrong}`);
      }
      await page.setViewportSize(PHONE);
    };
    await tour.lead(visitor, TALK, look).catch((error) => found.push(`ended early: ${error}`));
    await page.context().close();
    expect(found).toEqual([]);
  }, 240_000);
});

function wrongIn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wrong: string[] = [];
    const root = document.querySelector("deskbell-widget")?.shadowRoot;
    const shown = root?.querySelector("dialog.viewer[open]") ?? root?.querySelector("dialog.panel[open]") ?? root;
    for (const thing of shown?.querySelectorAll<HTMLElement>("*") ?? []) {
      const { width, height, bottom } = thing.getBoundingClientRect();
      if (!width || !thing.checkVisibility() || thing.matches(".sr, svg *")) continue;
      const name = thing.ariaLabel || thing.textContent || thing.className;
      const style = getComputedStyle(thing);
      if (style.overflowX !== "visible" && !thing.matches(".clip") && thing.scrollWidth > thing.clientWidth + 1)
        wrong.push(`${thing.className} scrolls sideways`);
      if (thing.matches(".panel-foot") && bottom > innerHeight + 1) wrong.push("the composer is out of sight");
      if (thing.matches("input, textarea") && Number.parseFloat(style.fontSize) < 16) wrong.push(`small text: ${name}`);
      // A link in a line of text is as high as the line.
      if (!thing.matches("button, a, input, textarea") || thing.closest(".prose a, .bubble")) continue;
      // What is tapped may reach beyond what is drawn.
      const { content, top: above, bottom: below } = getComputedStyle(thing, "::after");
      const beyond = content === "none" ? 0 : -Number.parseFloat(above) - Number.parseFloat(below);
      if (width < 44 || height + beyond < 44) wrong.push(`a target of ${width} × ${height + beyond} px: ${name}`);
    }
    return wrong;
  });
}
