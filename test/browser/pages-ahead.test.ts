import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BLANK, scripts, stored, visitorIn } from "./pages.ts";
import { openStage, type Stage } from "./stage.ts";

/* When the app behind the launcher is fetched, and what a page notices of it. */

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

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
    const visitor = await visitorIn(stage, context);
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
    const visitor = await visitorIn(stage, context);
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
    const visitor = await visitorIn(stage, context);
    const asked = scripts(visitor.page);
    await visitor.launcher.waitFor();
    await context.clock.runFor(60_000);
    if (waits) await expect.poll(() => asked.some((url) => /\/app-/.test(url))).toBe(true);
    else expect(asked).toEqual([]);
    await context.close();
  });
