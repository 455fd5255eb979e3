import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axeAgainst } from "./axe.ts";
import { collectFirstSteps, FIRST_STEPS } from "./help-shelves.ts";
import { picture } from "./picture.ts";
import { openStage, type Stage } from "./stage.ts";
import type { Language } from "./visitor.ts";

/* The help centre as readers see it. With `DESKBELL_SCREENSHOTS=1` what they see is kept for the docs. */

interface Seen {
  language: Language;
  shop: string;
  greeting: string;
  q: string;
  article: string;
  slug: string;
}

const BOTH: Seen[] = [
  {
    language: "en",
    shop: "/products/uno-r4-wifi",
    greeting: "How can we help?",
    q: "my board is not detected by the IDE",
    article: "If your board is not detected by Arduino IDE",
    slug: "if-your-board-is-not-detected-by-arduino-ide",
  },
  {
    language: "zh-Hans",
    shop: "/zh/",
    greeting: "您好，请问有什么可以帮您？",
    q: "电脑识别不到开发板",
    article: "电脑识别不到开发板",
    slug: "电脑识别不到开发板",
  },
];
const DESK: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const WAYS = [
  ["light", { ...DESK, colorScheme: "light" }],
  ["dark", { ...DESK, colorScheme: "dark" }],
  ["phone", { ...PHONE, colorScheme: "light" }],
  ["phone-dark", { ...PHONE, colorScheme: "dark" }],
] as const satisfies [string, BrowserContextOptions][];

let stage: Stage;
let base: string;
beforeAll(async () => {
  stage = await openStage();
  await collectFirstSteps(stage);
  base = `${stage.demo.server.url}/help/${stage.demo.siteKey}`;
}, 120_000);
afterAll(() => stage?.close());

describe.for(BOTH)("the help centre in $language", ({ language, shop, greeting, q, article, slug }) => {
  test.for(WAYS)("shows what it is, %s", async ([way, options]) => {
    const context = await stage.browser.newContext({ locale: language, reducedMotion: "reduce", ...options });
    const page = await context.newPage();
    const see = async (name: string, path: string, heading: string) => {
      await page.goto(base + path, { waitUntil: "networkidle" });
      await page.getByRole("heading", { level: 1, name: heading }).waitFor();
      expect(await tooWide(page)).toBe(0);
      await picture(page, `help-${language}-${name}-${way}`);
    };
    await see("home", `/${language}`, greeting);
    await see("article", `/${language}/${encodeURIComponent(slug)}`, article);
    if (way === "light") {
      await see("search", `/${language}?q=${encodeURIComponent(q)}`, q);
      await see("collection", FIRST_STEPS[language].path, FIRST_STEPS[language].name);
      expect(await page.locator(".steps-list li a > span:first-child").allTextContents()).toEqual(
        FIRST_STEPS[language].titles,
      );
    }
    await context.close();
  });

  test("stands in the widget too, with the owner's first steps", async () => {
    const visitor = await stage.visitor(language, shop);
    const steps = visitor.panel.locator(".steps .row-title");
    await visitor.rings();
    await steps.first().waitFor();
    expect(await steps.allTextContents()).toEqual(FIRST_STEPS[language].titles);
    expect(await axeAgainst(visitor.page, "deskbell-widget")).toEqual([]);
    await visitor.panel.locator(".steps").scrollIntoViewIfNeeded();
    await picture(visitor.page, `help-${language}-widget-steps`);
    await visitor.types(q);
    await visitor.answers.filter({ hasText: article }).first().click();
    await visitor.panel.getByRole("heading", { name: article }).waitFor();
    await visitor.sees(visitor.say("article.helpful"));
    await picture(visitor.page, `help-${language}-widget-article`);
    await visitor.page.context().close();
  });
});

function tooWide(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
