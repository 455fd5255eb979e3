import type { Page } from "playwright-core";
import { barFaces } from "./bar-font.ts";

/*
 * Makes a page look the same on every machine and at every hour, so that pictures of the widget can be compared: every
 * letter is a bar, it is always the same time, nothing is behind the panel, and no cursor blinks. Emoji are the system's
 * own, and the article offered to who waits comes when it comes: both are left out.
 */

/** Before the page is loaded: the time it shows stands still. */
export async function stopTime(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const then = new Date(2026, 2, 16, 10, 5);
    for (const name of ["toLocaleTimeString", "toLocaleDateString", "toLocaleString"] as const) {
      const real = Date.prototype[name] as (...how: unknown[]) => string;
      Date.prototype[name] = (...how: unknown[]) => real.apply(then, how);
    }
    const { formatToParts } = Intl.DateTimeFormat.prototype;
    Object.defineProperty(Intl.DateTimeFormat.prototype, "format", {
      value(this: Intl.DateTimeFormat) {
        return Array.from(formatToParts.call(this, then), ({ value }) => value).join("");
      },
    });
    // Under a minute or above, it was a moment ago.
    const { format } = Intl.RelativeTimeFormat.prototype;
    Intl.RelativeTimeFormat.prototype.format = function (value: number, unit: Intl.RelativeTimeFormatUnit) {
      return /^(second|minute)/.test(unit) ? format.call(this, -5, "minute") : format.call(this, value, unit);
    };
    const number = Object.getOwnPropertyDescriptor(Intl.NumberFormat.prototype, "format")?.get;
    Object.defineProperty(Intl.NumberFormat.prototype, "format", {
      get(this: Intl.NumberFormat) {
        const { unit, locale } = this.resolvedOptions();
        if (unit === "minute") return () => new Intl.RelativeTimeFormat(locale).format(-5, "minute");
        return number?.call(this);
      },
    });
  });
}

/** Once the widget is there; again after the page was loaded anew. */
export async function still(page: Page): Promise<void> {
  await page.evaluate(async (faces) => {
    const root = document.querySelector("deskbell-widget")?.shadowRoot;
    if (!root) throw new Error("There is no widget");
    const kept = window as unknown as { still?: CSSStyleSheet };
    if (!kept.still) {
      for (const { weight, file } of faces) {
        const bytes = Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0));
        document.fonts.add(await new FontFace("Bars", bytes, { weight: `${weight}` }).load());
      }
      kept.still = new CSSStyleSheet();
      kept.still.replaceSync(
        "* { font-family: Bars !important; text-rendering: geometricPrecision !important; caret-color: transparent !important } .emoji-grid button { color: transparent !important } .offer { display: none !important }",
      );
      const page = new CSSStyleSheet();
      page.replaceSync(
        "html, body { background: #c9d2d6 !important } body > :not(deskbell-widget) { visibility: hidden !important }",
      );
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, page];
    }
    if (!root.adoptedStyleSheets.includes(kept.still))
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, kept.still];
    await document.fonts.ready;
    // A thread is looked at from its end, wherever a click has scrolled it.
    const thread = root.querySelector("section.panel-body");
    if (thread) thread.scrollTop = thread.scrollHeight;
    // Drawn, and drawn again by what measures itself.
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  }, barFaces());
}
