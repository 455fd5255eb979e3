import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStage, type Stage } from "./stage.ts";
import type { Visitor } from "./visitor.ts";

/** What the shop's difficult pages keep for us. */
declare global {
  interface Window {
    violations: string[];
    hostile: { keys: string[]; errors: string[]; removed: number };
  }
}

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

/** Asks a person from this page, and is answered in the console. */
async function isAnswered(visitor: Visitor, question: string) {
  await visitor.composer.fill(question);
  await visitor.sendsToAPerson();
  await visitor.sent(question);
  const agent = await stage.agent();
  await agent.opens(question);
  await agent.answers(`An answer to: ${question}`);
  await visitor.bubble(`An answer to: ${question}`).waitFor();
  await agent.page.context().close();
}

describe("before anybody does anything", () => {
  test("only the loader is fetched, nothing is stored and nothing is connected", async () => {
    const context = await stage.browser.newContext();
    const page = await context.newPage();
    const asked: string[] = [];
    const sockets: string[] = [];
    page.on("request", (request) => void asked.push(request.url()));
    page.on("websocket", (socket) => void sockets.push(socket.url()));
    await page.goto(stage.demo.shop.url, { waitUntil: "networkidle" });
    await page.locator("deskbell-widget button.launcher").waitFor();

    const deskbell = stage.demo.server.url;
    expect(asked.filter((url) => url.startsWith(deskbell))).toEqual([`${deskbell}/widget.js`]);
    expect(sockets).toEqual([]);
    expect(await stored(page)).toEqual([]);
    expect(await context.cookies()).toEqual([]);
    await context.close();
  });

  test("reading suggestions and an article opens no socket", async () => {
    const visitor = await stage.visitor("en", "/products/uno-r4-wifi");
    const sockets: string[] = [];
    visitor.page.on("websocket", (socket) => void sockets.push(socket.url()));
    visitor.page.on("request", (request) => {
      if (request.url().includes("/socket.io/")) sockets.push(request.url());
    });
    await visitor.rings();
    await visitor.types("how do I select a board");
    await visitor.answers.first().click();
    await visitor.sees(visitor.say("article.helpful"));
    expect(sockets).toEqual([]);
    await visitor.page.context().close();
  });
});

describe("a strict page", () => {
  test("allows one origin and no policy of Trusted Types, and the whole widget works without a violation", async () => {
    const visitor = await stage.visitor("en", "/strict.html");
    const problems = problemsOf(visitor.page);
    await visitor.rings();
    await visitor.types("my sketch does not upload");
    await visitor.answers.first().click();
    await visitor.sees(visitor.say("article.helpful"));
    await visitor.presses("back");
    await isAnswered(visitor, "Does it work on a strict page?");
    expect(await visitor.page.evaluate(() => window.violations)).toEqual([]);
    expect(problems).toEqual([]);
    await visitor.page.context().close();
  });
});

describe("a hostile page", () => {
  test("does everything wrong, and the widget comes back, keeps its looks and its keys, and is one", async () => {
    const visitor = await stage.visitor("en", "/hostile.html");
    const { page, widget, launcher } = visitor;
    await page.waitForFunction(() => window.hostile.removed === 1);
    await launcher.waitFor();
    expect(await page.locator("deskbell-widget").count()).toBe(1);
    const box = await launcher.boundingBox();
    expect([box?.width, box?.height]).toEqual([56, 56]);
    // On top of the page's wall, in its corner.
    expect(await isOnTop(page)).toBe(true);

    await visitor.rings();
    await visitor.types("jk? / my board");
    expect(await visitor.composer.inputValue()).toBe("jk? / my board");
    expect(await page.evaluate(() => window.hostile.keys)).toEqual([]);
    const style = await visitor.composer.evaluate((field) => {
      const { fontSize, textTransform, letterSpacing, direction, textAlign } = getComputedStyle(field);
      return { fontSize, textTransform, letterSpacing, direction, textAlign };
    });
    expect(style).toEqual({
      fontSize: "16px",
      textTransform: "none",
      letterSpacing: "normal",
      direction: "ltr",
      textAlign: "start",
    });
    await visitor.composer.fill("");
    await isAnswered(visitor, "Does it work on a hostile page?");
    expect(await widget.count()).toBe(1);
    await page.context().close();
  });

  test("is left as it was: its own errors and names are its own", async () => {
    const visitor = await stage.visitor("en", "/hostile.html");
    const { page } = visitor;
    await page.waitForFunction(() => window.hostile.removed === 1);
    await visitor.rings();
    await visitor.types("wifi");
    await visitor.answers.first().waitFor();
    const left = await page.evaluate(() => ({
      errors: window.hostile.errors,
      preact: (window as unknown as { Preact: unknown }).Preact,
      bodyStyle: document.body.getAttribute("style"),
      htmlStyle: document.documentElement.getAttribute("style"),
    }));
    expect(left).toEqual({ errors: [], preact: "junk", bodyStyle: null, htmlStyle: null });
    await page.context().close();
  });
});

describe("a page that throws the widget out", () => {
  test("gets all of it back, with its styles and what was typed", async () => {
    const visitor = await stage.visitor("en", "/contact");
    await visitor.rings();
    await visitor.types("half a sentence");
    await visitor.widget.evaluate((host) => host.remove());
    await visitor.panel.waitFor();
    expect(await visitor.composer.inputValue()).toBe("half a sentence");
    await visitor.page.context().close();
  });
});

/** What went wrong in a page, as it goes wrong. */
function problemsOf(page: Page): string[] {
  const problems: string[] = [];
  page.on("pageerror", (error) => void problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  return problems;
}

function stored(page: Page): Promise<string[]> {
  return page.evaluate(async () => [
    ...Object.keys(localStorage),
    ...Object.keys(sessionStorage),
    ...(await indexedDB.databases()).map(({ name }) => name ?? ""),
    ...(await caches.keys()),
  ]);
}

function isOnTop(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const host = document.querySelector("deskbell-widget");
    const { left, top, width, height } =
      host?.shadowRoot?.querySelector("button")?.getBoundingClientRect() ?? new DOMRect();
    return document.elementFromPoint(left + width / 2, top + height / 2) === host;
  });
}
