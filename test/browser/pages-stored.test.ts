import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asks, BLANK, stored, visitorIn } from "./pages.ts";
import { openStage, type Stage } from "./stage.ts";

/* What the widget keeps on a page, and that it goes with consent and with whoever signs out. */

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

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
    const visitor = await visitorIn(stage, context);
    const other = await visitorIn(stage, context);
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
    const visitor = await visitorIn(stage, context);
    await visitor.rings();
    await asks(visitor, "Nobody needs to know my name");
    const token = await copied(visitor.page);
    expect(await opens(token)).toBe(200);
    await visitor.page.evaluate("Deskbell.logout()");
    await expect.poll(() => opens(token)).toBe(401);
    await context.close();
  });
});
