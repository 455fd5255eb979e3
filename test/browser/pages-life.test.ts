import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { countLeaks, heldBy } from "./leaks.ts";
import { ASSETS, asks, BLANK, problemsOf, visitorIn } from "./pages.ts";
import { openStage, type Stage } from "./stage.ts";

/* Going and coming back: what a widget leaves that is destroyed, and what a page finds that was left. */

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

/** What the browser's driver adds to a page for its own use is there before we count. */
async function driverIsIn(page: Page) {
  await page.locator("h1").click();
  await page.locator("h1").evaluate((heading) => heading.localName);
}

describe("destroy()", () => {
  test("leaves no node, listener, timer, observer or socket, from wherever, and init begins again", async () => {
    const context = await stage.browser.newContext({ viewport: { width: 1280, height: 800 } });
    await countLeaks(context);
    const visitor = await visitorIn(stage, context);
    const { page } = visitor;
    const problems = problemsOf(page);
    await visitor.goes("/hosts/other.html");
    await driverIsIn(page);
    const before = await heldBy(page);
    const { server, siteKey } = stage.demo;
    await page.addScriptTag({ url: `${server.url}/widget.js` });
    const held = () => heldBy(page);

    for (const stay of ["closed", "open", "chat"]) {
      await page.evaluate(`Deskbell.init({ site: "${siteKey}" })`);
      await visitor.launcher.waitFor();
      if (stay !== "closed") await visitor.rings();
      if (stay === "chat") await asks(visitor, "Before it is destroyed");
      await page.evaluate("Deskbell.destroy()");
      expect(await visitor.widget.count()).toBe(0);
      await expect.poll(held, { timeout: 15_000, message: stay }).toEqual(before);
    }
    expect(await page.title()).toBe("Another page");
    expect(problems).toEqual([]);
    await context.close();
  });

  test("while the app is still coming leaves nothing either", async () => {
    const context = await stage.browser.newContext();
    await countLeaks(context);
    const visitor = await visitorIn(stage, context, "/hosts/other.html");
    const { page } = visitor;
    await driverIsIn(page);
    const before = await heldBy(page);
    const { server, siteKey } = stage.demo;
    const waiting = Promise.withResolvers<void>();
    await context.route(ASSETS, async (route) => {
      await waiting.promise;
      await route.continue();
    });
    await page.addScriptTag({ url: `${server.url}/widget.js?site=${siteKey}` });
    await visitor.launcher.click();
    await page.evaluate("Deskbell.destroy()");
    const come = page.waitForResponse((response) => /\/app-/.test(response.url()));
    waiting.resolve();
    await come;
    await expect.poll(() => heldBy(page), { timeout: 15_000 }).toEqual(before);
    expect(await visitor.widget.count()).toBe(0);
    await context.close();
  });

  test("and a tag that comes later begin again", async () => {
    const visitor = await stage.visitor("en", BLANK);
    const { server, siteKey } = stage.demo;
    await visitor.launcher.waitFor();
    await visitor.page.evaluate("Deskbell.destroy()");
    expect(await visitor.widget.count()).toBe(0);
    await visitor.page.addScriptTag({ url: `${server.url}/widget.js?site=${siteKey}` });
    await visitor.rings();
    await visitor.page.context().close();
  });
});

test("destroyed between two of its idle moments, it does nothing at the next", async () => {
  const visitor = await stage.visitor("en", "/hosts/other.html");
  const { page } = visitor;
  await page.addInitScript(() => {
    const idle: (() => void)[] = [];
    Object.assign(window, { idle, requestIdleCallback: (act: () => void) => idle.push(act) });
  });
  await visitor.goes(BLANK);
  type Idle = { idle: (() => void)[]; Deskbell: { destroy(): void } };
  await page.waitForFunction(() => (window as unknown as Idle).idle[0]);
  const asked = await page.evaluate(async () => {
    const { idle, Deskbell } = window as unknown as Idle;
    Deskbell.destroy();
    for (const act of idle.splice(0)) act();
    // Longer than it waits before it fetches ahead.
    await new Promise((done) => setTimeout(done, 2_500));
    return idle.length;
  });
  expect(asked).toBe(0);
  await page.context().close();
});

/** Goes elsewhere and back: whether the page is the one that was left. */
async function comesBackTo(page: Page, elsewhere: string): Promise<boolean> {
  await page.evaluate(() => Object.assign(window, { left: true }));
  await page.goto(elsewhere);
  await page.goBack({ waitUntil: "commit" });
  return page.evaluate(() => "left" in window);
}

describe("the back-forward cache", () => {
  let browser: Browser;
  beforeAll(async () => {
    // Playwright switches that cache off; what else it needs is as elsewhere.
    browser = await launchBrowser({ ignoreDefaultArgs: ["--disable-back-forward-cache"] });
  });
  afterAll(() => browser?.close());

  test("keeps a page with an open conversation, and the line is there again after the way back", async ({ skip }) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const plain = await context.newPage();
    await plain.goto(stage.demo.server.url);
    const { url } = stage.demo.shop;
    if (!(await comesBackTo(plain, `${url}/hosts/other.html`))) skip("This browser keeps no page at all");
    const visitor = await visitorIn(stage, context);
    const { page } = visitor;
    await visitor.rings();
    await asks(visitor, "Before going away");
    expect(await comesBackTo(page, `${url}/hosts/other.html`)).toBe(true);
    await visitor.bubble("Before going away").waitFor();
    await visitor.writes("And after coming back");
    await visitor.sent("And after coming back");
    await context.close();
  });

  test("finds no line that would forbid it, and there is one again after the way back", async () => {
    const visitor = await stage.visitor("en", BLANK);
    const { page } = visitor;
    const opens = page.waitForEvent("websocket");
    await visitor.rings();
    await asks(visitor, "Before going away");
    const line = await opens;
    const goes = (name: "pagehide" | "pageshow") =>
      page.evaluate((type) => dispatchEvent(new PageTransitionEvent(type, { persisted: true })), name);
    const closes = line.waitForEvent("close");
    await goes("pagehide");
    await closes;
    await goes("pageshow");
    await visitor.writes("And after coming back");
    await visitor.sent("And after coming back");
    await page.context().close();
  });
});
