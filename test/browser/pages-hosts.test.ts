import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asks } from "./pages.ts";
import { openStage, type Stage } from "./stage.ts";
import { createVisitor } from "./visitor.ts";

/* Pages of many kinds, each a real one of the shop (`demo/shop/hosts`): the widget works there and changes nothing. */

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

async function inCorner(page: Page) {
  const box = await page.locator("deskbell-widget button.launcher").boundingBox();
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  return box && { size: [box.width, box.height], inset: [width - box.x - box.width, height - box.y - box.height] };
}

describe("a page", () => {
  test("in quirks mode, with a base, a huge root, every style reset and a rule against us by name", async () => {
    const visitor = await stage.visitor("en", "/hosts/quirks.html");
    await visitor.launcher.waitFor();
    expect(await visitor.page.evaluate(() => document.compatMode)).toBe("BackCompat");
    expect(await inCorner(visitor.page)).toEqual({ size: [56, 56], inset: [20, 20] });
    await visitor.rings();
    const panel = await visitor.panel.boundingBox();
    expect(panel?.width).toBe(384);
    expect(await visitor.composer.evaluate((field) => getComputedStyle(field).fontSize)).toBe("16px");
    await asks(visitor, "Does it work in quirks mode?");
    await visitor.page.context().close();
  });

  test("that patches prototypes, wraps fetch and sockets, takes every key and every focus", async () => {
    const visitor = await stage.visitor("en", "/hosts/patched.html");
    await visitor.rings();
    await visitor.types("jk?/ where is it");
    expect(await visitor.composer.inputValue()).toBe("jk?/ where is it");
    await visitor.composer.fill("");
    await asks(visitor, "Does it work on a patched page?");
    const patched = await visitor.page.evaluate(() => (window as unknown as { patched: object }).patched);
    expect(patched).toMatchObject({ errors: [], keys: [], stolen: 0 });
    await visitor.page.context().close();
  });

  test("whose storage is blocked: a whole conversation, and no error of the page", async () => {
    const visitor = await stage.visitor("en", "/hosts/sealed.html");
    await visitor.rings();
    await asks(visitor, "Does it work without storage?");
    const agent = await stage.agent();
    await agent.opens("Does it work without storage?");
    await agent.answers("It does.");
    await visitor.sees("It does.");
    expect(await visitor.page.evaluate(() => (window as unknown as { sealed: object }).sealed)).toEqual({ errors: [] });
    await agent.page.context().close();
    await visitor.page.context().close();
  });

  test("in a frame without an address, by a tag without attributes", async () => {
    const { page } = await stage.visitor("en", "/hosts/srcdoc.html");
    const frame = page.frameLocator("#frame");
    await frame.locator("deskbell-widget button.launcher").click();
    const panel = frame.locator("deskbell-widget").getByRole("dialog");
    await panel.getByRole("textbox").fill("Does it work in srcdoc?");
    await panel.getByRole("button", { name: "Ask a person" }).or(panel.locator("button[type=submit]")).first().click();
    await panel.locator(".msg", { hasText: "Does it work in srcdoc?" }).getByText("Sent").waitFor();
    await page.context().close();
  });

  test("that counts in its own title keeps its count, with ours before it while something waits", async () => {
    const visitor = await stage.visitor("en", "/hosts/blank.html");
    const { page } = visitor;
    const title = () => expect.poll(() => page.title());
    await page.evaluate("document.title = '(3) Orders'");
    await visitor.rings();
    await asks(visitor, "Does it leave my title alone?");
    await title().toBe("(3) Orders");
    await visitor.presses("close");
    const agent = await stage.agent();
    await agent.opens("Does it leave my title alone?");
    await agent.answers("It does.");
    await title().toBe("(1) (3) Orders");
    await page.evaluate("Deskbell.destroy()");
    await title().toBe("(3) Orders");
    await page.context().close();
    await agent.page.context().close();
  });

  test("that is printed shows nothing of the widget", async () => {
    const visitor = await stage.visitor("en", "/hosts/blank.html");
    await visitor.rings();
    await visitor.page.emulateMedia({ media: "print" });
    await visitor.launcher.waitFor({ state: "hidden" });
    await visitor.panel.waitFor({ state: "hidden" });
    await visitor.page.emulateMedia({ media: "screen" });
    await visitor.panel.waitFor();
    await visitor.page.context().close();
  });

  test("gets one global name, one element at its end and nothing else", async () => {
    const visitor = await stage.visitor("en", "/hosts/other.html");
    const names = () => visitor.page.evaluate(() => Object.getOwnPropertyNames(window));
    const before = await names();
    await visitor.goes("/hosts/blank.html");
    await visitor.rings();
    await asks(visitor, "What is left in the window?");
    expect((await names()).filter((name) => !before.includes(name))).toEqual(["Deskbell"]);
    const added = await visitor.page.evaluate(() => ({
      last: document.body.lastElementChild?.localName,
      body: document.body.childElementCount,
      style: [document.documentElement, document.body].map((element) => element.getAttribute("style")),
      sheets: document.adoptedStyleSheets.length + document.styleSheets.length,
    }));
    expect(added).toEqual({ last: "deskbell-widget", body: 3, style: [null, null], sheets: 0 });
    await visitor.page.context().close();
  });
});

describe("a page that goes elsewhere without loading", () => {
  test.for([
    ["Turbo", "/hosts/turbo-one.html", "Turbo, page"],
    ["Astro's view transitions", "/hosts/swap-one.html", "Swapped, page"],
  ] as const)("by %s keeps the open panel, what was typed, and the conversation", async ([, path, title]) => {
    const visitor = await stage.visitor("en", path);
    const { page } = visitor;
    const asked: string[] = [];
    page.on("request", (request) => void asked.push(new URL(request.url()).pathname));
    await page.evaluate(() => Object.assign(window, { same: true }));
    await visitor.rings();
    await visitor.types("half a question");
    for (const n of [2, 1, 2]) {
      await page.locator("#there").click();
      await page.getByRole("heading", { name: `${title} ${n}` }).waitFor();
      await visitor.panel.waitFor();
      expect(await visitor.composer.inputValue()).toBe("half a question");
    }
    await asks(visitor, `Written on ${title} 2`);
    await page.goBack();
    await page.getByRole("heading", { name: `${title} 1` }).waitFor();
    await visitor.bubble(`Written on ${title} 2`).waitFor();
    await visitor.writes("And once more");
    await visitor.sent("And once more");
    expect(await page.evaluate(() => (window as unknown as { same?: boolean }).same)).toBe(true);
    expect(await visitor.widget.count()).toBe(1);
    expect(asked.filter((name) => /\/app-/.test(name)).length).toBeLessThanOrEqual(1);
    await page.context().close();
  });

  test("by its own router is offered what fits the new address", async () => {
    const visitor = await stage.visitor("en", "/hosts/router.html");
    const { page } = visitor;
    await visitor.rings();
    const refreshed = page.waitForRequest((request) => {
      const url = new URL(request.url());
      return (
        url.pathname.endsWith("/suggest") && url.searchParams.get("url")?.endsWith("/products/uno-r4-wifi") === true
      );
    });
    await page.evaluate(() => (window as unknown as { goTo(path: string): void }).goTo("/products/uno-r4-wifi"));
    await refreshed;
    await visitor.panel.waitFor();
    expect(await visitor.widget.count()).toBe(1);
    await page.context().close();
  });
});

describe("two tags, or a tag that a manager wrote", () => {
  test("the same tag twice is one widget, and the query can say all that attributes say", async () => {
    const { page } = await stage.visitor("en", "/hosts/other.html");
    const { server, siteKey } = stage.demo;
    const tag = (query: string) => page.addScriptTag({ url: `${server.url}/widget.js?${query}` });
    await tag(`site=${siteKey}&position=left&offset=30,70&lang=zh-CN&theme=dark`);
    await tag(`site=${siteKey}`);
    const visitor = createVisitor(page, "zh-Hans", stage.demo.shop.url);
    await visitor.launcher.waitFor();
    const box = await visitor.launcher.boundingBox();
    expect([box?.x, 800 - (box?.y ?? 0) - (box?.height ?? 0)]).toEqual([30, 70]);
    await visitor.rings();
    expect(await page.locator("deskbell-widget").count()).toBe(1);
    expect(await page.locator("deskbell-widget .ui").getAttribute("data-theme")).toBe("dark");
    await page.context().close();
  });
});
