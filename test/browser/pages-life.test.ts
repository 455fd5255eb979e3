import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { countLeaks, heldBy } from "./leaks.ts";
import { ASSETS, BLANK, problemsOf, scripts } from "./pages.ts";
import { openStage, type Stage } from "./stage.ts";
import { createVisitor, type Visitor } from "./visitor.ts";

/* Coming, going and coming back: what the widget leaves, and when it loads. */

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

async function visitorIn(context: BrowserContext, path = BLANK): Promise<Visitor> {
  const visitor = createVisitor(await context.newPage(), "en", stage.demo.shop.url);
  await visitor.goes(path);
  return visitor;
}

async function asks(visitor: Visitor, question: string) {
  await visitor.composer.fill(question);
  await visitor.sendsToAPerson();
  await visitor.sent(question);
}

/** Everything of ours that the page's origin keeps. */
function stored(page: Page): Promise<string[]> {
  return page.evaluate(async () => [
    ...Object.keys(localStorage),
    ...Object.keys(sessionStorage),
    ...(await indexedDB.databases()).map(({ name }) => name ?? ""),
    ...(await caches.keys()),
    ...document.cookie.split(";").filter(Boolean),
  ]);
}

/** The visitor's token, as somebody else at this computer could have copied it. */
const copied = (page: Page) =>
  page.evaluate(
    (name) => JSON.parse(localStorage.getItem(name) ?? "") as string,
    `deskbell:${stage.demo.siteKey}:token`,
  );

/** What the server says to who comes with a token from the shop's pages. */
async function opens(token: string): Promise<number> {
  const { server, shop, siteKey } = stage.demo;
  const response = await fetch(`${server.url}/api/widget/${siteKey}/visitors`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: new URL(shop.url).origin },
    body: JSON.stringify({ token }),
  });
  return response.status;
}

/** What the browser's driver adds to a page for its own use is there before we count. */
async function driverIsIn(page: Page) {
  await page.locator("h1").click();
  await page.locator("h1").evaluate((heading) => heading.localName);
}

describe("destroy()", () => {
  test("leaves no node, listener, timer, observer or socket, from wherever, and init begins again", async () => {
    const context = await stage.browser.newContext({ viewport: { width: 1280, height: 800 } });
    await countLeaks(context);
    const visitor = await visitorIn(context);
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
    const visitor = await visitorIn(context, "/hosts/other.html");
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

describe("the app is fetched ahead", () => {
  test("when the page is idle, once, and executed from there at the click", async () => {
    const visitor = await stage.visitor("en", "/hosts/other.html");
    const asked = scripts(visitor.page);
    await visitor.goes(BLANK);
    await expect.poll(() => asked.filter((url) => /\/app-/.test(url)).length, { timeout: 15_000 }).toBe(1);
    // What talks to a person comes right behind it.
    await expect.poll(() => asked.filter((url) => /\/chat-/.test(url)).length).toBe(1);
    await visitor.rings();
    // What says when the team is back comes only where nobody is there.
    expect(asked.filter((url) => !/\/(away|en-courtesies)-/.test(url)).length).toBe(2);
    await visitor.page.context().close();
  });

  test.for(["hover", "focus"] as const)("on %s, also where data is to be saved", async (way) => {
    const context = await stage.browser.newContext();
    await context.addInitScript(() => {
      Object.defineProperty(navigator, "connection", { value: { saveData: true } });
    });
    const visitor = await visitorIn(context);
    const asked = scripts(visitor.page);
    await visitor.launcher.waitFor();
    const fetched = visitor.page.waitForRequest(/\/app-/);
    await visitor.launcher[way]();
    await fetched;
    expect(asked.filter((url) => !/\/chat-/.test(url)).length).toBe(1);
    await context.close();
  });

  test("and on coming near drawn, unseen, so that the click only shows it; nothing is kept or asked but who is there", async () => {
    const visitor = await stage.visitor("en", BLANK);
    const { page, launcher, panel } = visitor;
    const asked: string[] = [];
    page.on("request", (request) => void asked.push(request.url()));
    const home = visitor.widget.locator("dialog h1");
    await launcher.hover();
    await home.waitFor({ state: "attached" });
    expect(await visitor.widget.locator("dialog").evaluate((dialog) => getComputedStyle(dialog).visibility)).toBe(
      "hidden",
    );
    expect(await panel.count()).toBe(0);
    await visitor.widget.locator("dialog textarea").evaluate((field) => field.focus());
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe("body");
    expect(asked.filter((url) => !/\/assets\/|\/api\/widget\/\w+\?/.test(url))).toEqual([]);
    expect(await stored(page)).toEqual([]);
    await home.evaluate((drawn) => Object.assign(drawn, { marked: true }));
    const suggestions = page.waitForRequest(/\/suggest\?/);
    await visitor.rings();
    await suggestions;
    expect(await home.evaluate((drawn) => "marked" in drawn)).toBe(true);
    await page.context().close();
  });

  test("and whoever the page says they are, who only comes near has sent nothing of it and keeps nothing", async () => {
    const visitor = await stage.visitor("en", BLANK);
    const { page } = visitor;
    const sent: string[] = [];
    page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
    await page.evaluate(`
      Deskbell.identify({ token: () => "who.they.were" });
      Deskbell.identify({ token: () => "who.they.are" });
      Deskbell.update({ name: "Ada Example", email: "ada@example.org" });
    `);
    const come = page.waitForResponse(/\/calls-/);
    await visitor.launcher.hover();
    await come;
    await page.evaluate("new Promise((done) => setTimeout(done, 500))");
    expect(sent).toEqual([]);
    expect(await stored(page)).toEqual([]);
    const said = page.waitForRequest(/\/visitors$/);
    await visitor.rings();
    expect((await said).postData()).toContain("who.they.are");
    await expect.poll(() => stored(page)).toEqual([expect.stringMatching(/:contact$/)]);
    expect(sent.filter((url) => url.endsWith("/visitors"))).toHaveLength(1);
    await page.context().close();
  });

  test("not at all, while idle, where data is to be saved", async () => {
    const context = await stage.browser.newContext();
    await context.addInitScript(() => {
      Object.defineProperty(navigator, "connection", { value: { saveData: true } });
    });
    await context.clock.install();
    const visitor = await visitorIn(context);
    const asked = scripts(visitor.page);
    await visitor.launcher.waitFor();
    await context.clock.runFor(60_000);
    expect(asked).toEqual([]);
    await context.close();
  });
});

for (const [waits, comes] of [
  [true, "finds the conversation that waits"],
  [false, "fetches nothing ahead"],
] as const)
  test(`on a page that is never idle it ${comes}`, async () => {
    const context = await stage.browser.newContext();
    await context.clock.install();
    await context.addInitScript((waiting) => {
      // As a browser that finds no idle moment, by the clock.
      const requestIdleCallback = (act: () => void, { timeout }: IdleRequestOptions = {}) =>
        timeout && setTimeout(act, timeout);
      Object.assign(window, { requestIdleCallback });
      if (waiting) localStorage.setItem(waiting, "{}");
    }, waits && `deskbell:${stage.demo.siteKey}:token`);
    const visitor = await visitorIn(context);
    const asked = scripts(visitor.page);
    await visitor.launcher.waitFor();
    await context.clock.runFor(60_000);
    if (waits) await expect.poll(() => asked.some((url) => /\/app-/.test(url))).toBe(true);
    else expect(asked).toEqual([]);
    await context.close();
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
    const visitor = await visitorIn(context);
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

describe("what is stored", () => {
  test("is nothing before use, whatever is opened and read", async () => {
    const visitor = await stage.visitor("en", BLANK);
    await visitor.rings();
    await visitor.page.keyboard.press("Escape");
    expect(await stored(visitor.page)).toEqual([]);
    expect(await visitor.page.context().cookies()).toEqual([]);
    await visitor.page.context().close();
  });

  test("is nothing while consent is pending, all from consent(true) on, and nothing again after consent(false)", async () => {
    const visitor = await stage.visitor("en", "/hosts/other.html");
    const { page } = visitor;
    const { server, siteKey } = stage.demo;
    await page.addScriptTag({ url: `${server.url}/widget.js?site=${siteKey}&consent=pending` });
    await visitor.rings();
    await asks(visitor, "Without anything stored");
    expect(await stored(page)).toEqual([]);
    await page.evaluate("Deskbell.consent(true)");
    await expect.poll(() => stored(page)).not.toEqual([]);
    await page.evaluate("Deskbell.consent(false)");
    await expect.poll(() => stored(page)).toEqual([]);
    // In memory it goes on.
    await visitor.writes("Still here");
    await visitor.sent("Still here");
    expect(await stored(page)).toEqual([]);
    await page.context().close();
  });

  test.for([
    ["consent(false)", "Deskbell.consent(false)", ""],
    ["data-consent=denied", "0", "&consent=denied"],
    ["logout()", "Deskbell.logout()", ""],
  ] as const)("by an earlier visit is wiped by %s, without a click", async ([, call, query]) => {
    const visitor = await stage.visitor("en", BLANK);
    const { page } = visitor;
    await visitor.rings();
    await asks(visitor, "From an earlier visit");
    await visitor.goes("/hosts/other.html");
    expect(await stored(page)).not.toEqual([]);
    const { server, siteKey } = stage.demo;
    await page.addScriptTag({ url: `${server.url}/widget.js?site=${siteKey}${query}` });
    await page.evaluate(call);
    await expect.poll(() => stored(page), { timeout: 15_000 }).toEqual([]);
    await page.context().close();
  });
});

describe("logout()", () => {
  test("leaves nothing of the person, in no tab, not even what was still under way", async () => {
    const context = await stage.browser.newContext({ viewport: { width: 1280, height: 800 } });
    const visitor = await visitorIn(context);
    const other = await visitorIn(context);
    await visitor.rings();
    await asks(visitor, "My order number is 7731");
    await other.page.reload();
    await other.rings();
    await other.widget.getByText("My order number is 7731").first().waitFor();
    await visitor.types("and my address is");

    await visitor.page.evaluate(`
      Deskbell.identify({ token: () => new Promise((done) => setTimeout(() => done("late"), 50)) });
      Deskbell.identify({ name: "Ada Example", email: "ada@example.org" });
      Deskbell.logout();
    `);
    for (const one of [visitor, other]) {
      await one.widget.getByText("7731").first().waitFor({ state: "detached" });
      await one.panel.waitFor({ state: "hidden" });
      await one.rings();
      expect(await one.composer.inputValue()).toBe("");
      expect(await one.widget.getByText("7731").count()).toBe(0);
      await one.page.keyboard.press("Escape");
    }
    await expect.poll(() => stored(visitor.page)).toEqual([]);
    // Whoever comes next is somebody new.
    await visitor.rings();
    await asks(visitor, "I am somebody else");
    expect(await visitor.widget.getByText("7731").count()).toBe(0);
    const agent = await stage.agent();
    await agent.opens("I am somebody else");
    expect(await agent.thread.getByText("Ada Example").count()).toBe(0);
    await agent.page.context().close();
    await context.close();
  });

  test("before consent is asked for leaves nothing of an earlier visit either", async () => {
    const visitor = await stage.visitor("en", BLANK);
    const { page } = visitor;
    await visitor.rings();
    await asks(visitor, "From an earlier visit");
    const token = await copied(page);
    await visitor.goes("/hosts/other.html");
    const { server, siteKey } = stage.demo;
    await page.addScriptTag({ url: `${server.url}/widget.js?site=${siteKey}&consent=pending` });
    await page.evaluate("Deskbell.logout()");
    await expect.poll(() => stored(page), { timeout: 15_000 }).toEqual([]);
    await expect.poll(() => opens(token)).toBe(401);
    await page.context().close();
  });

  test("of somebody who never said who they are leaves a token that opens nothing any more", async () => {
    const context = await stage.browser.newContext({ viewport: { width: 1280, height: 800 } });
    const visitor = await visitorIn(context);
    await visitor.rings();
    await asks(visitor, "Nobody needs to know my name");
    const token = await copied(visitor.page);
    expect(await opens(token)).toBe(200);
    await visitor.page.evaluate("Deskbell.logout()");
    await expect.poll(() => opens(token)).toBe(401);
    await context.close();
  });
});
