import type { BrowserContext } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStage, type Stage } from "./stage.ts";
import { blockDatabases, blockStorage, fillStorage } from "./stores.ts";
import { createVisitor, type Visitor } from "./visitor.ts";

/* Whatever closes, fills up or is forbidden: what a visitor wrote arrives once. In a real browser, for it is the point. */

const LONG = { timeout: 15_000 };

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

/** Lets no socket through while `shut()`: neither a WebSocket nor long polling. */
async function blockSockets(context: BrowserContext, shut = () => true) {
  await context.route(/\/socket\.io\//, (route) => (shut() ? route.fulfill({ status: 403 }) : route.continue()));
  await context.routeWebSocket(/\/socket\.io\//, (socket) => {
    if (shut()) void socket.close();
    else socket.connectToServer();
  });
}

async function asksAPerson(visitor: Visitor, text: string) {
  await visitor.rings();
  await visitor.composer.fill(text);
  await visitor.sendsToAPerson();
}

/** What the agent has of the conversation that ends in `last`. */
async function atTheDesk(last: string): Promise<string[]> {
  const agent = await stage.agent();
  await agent.opens(last);
  await agent.sees(last);
  const texts = await agent.page.locator("main .bubble").allTextContents();
  await agent.page.context().close();
  return texts.map((text) => text.split(".")[0] ?? "");
}

describe("a page that closes", () => {
  test("D15 D2 sends what waits past the socket, and the next page does not send it again", async () => {
    const visitor = await stage.visitor("en", "/orders");
    const context = visitor.page.context();
    // Not by intercepting requests: those of a page that is gone would be lost with it.
    await context.addInitScript(() => {
      const { send } = WebSocket.prototype;
      WebSocket.prototype.send = function (data) {
        if (!("deaf" in window)) send.call(this, data);
      };
    });
    await visitor.page.reload();
    await asksAPerson(visitor, "Parting one.");
    await visitor.sent("Parting one.");
    // What tabs do together has come by now.
    await visitor.page.waitForFunction(() =>
      performance.getEntriesByType("resource").some(({ name }) => name.includes("outbox-tabs")),
    );
    await visitor.page.evaluate(() => Object.assign(window, { deaf: true }));
    for (const text of ["Parting two.", "Parting three."]) await visitor.writes(text);
    await visitor.bubble("Parting three.").waitFor();
    await visitor.page.goto("about:blank");
    const agent = await stage.agent();
    await agent.opens("Parting three.");
    const texts = await agent.page.locator("main .bubble").allTextContents();
    expect(texts.map((text) => text.split(".")[0])).toEqual(["Parting one", "Parting two", "Parting three"]);
    await agent.page.context().close();

    await visitor.goes("/orders");
    await visitor.rings();
    await visitor.page.locator(".resume").click();
    await visitor.sent("Parting three.");
    expect(await atTheDesk("Parting three.")).toEqual(["Parting one", "Parting two", "Parting three"]);
    await context.close();
  });
});

describe("two tabs", () => {
  test("D2 D15 one crashes in mid-send: the other sends, once", async () => {
    const visitor = await stage.visitor("en", "/orders");
    const { page } = visitor;
    const context = page.context();
    await asksAPerson(visitor, "Tabs one.");
    await visitor.sent("Tabs one.");
    const { createVisitor } = await import("./visitor.ts");
    const other = createVisitor(await context.newPage(), "en", stage.demo.shop.url);
    await other.goes("/delivery");
    await other.rings();
    await other.page.locator(".resume").click();
    await other.sent("Tabs one.");
    await other.page.waitForFunction(() =>
      performance.getEntriesByType("resource").some(({ name }) => name.includes("outbox-tabs")),
    );
    // The first tab's line is dead, and then so is the tab.
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", {
      offline: true,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: -1,
    });
    await visitor.writes("Tabs two.");
    await visitor.bubble("Tabs two.").waitFor();
    const crashed = page.waitForEvent("crash");
    void session.send("Page.crash").catch(() => {});
    await crashed;
    await other.sent("Tabs two.");
    expect(await atTheDesk("Tabs two.")).toEqual(["Tabs one", "Tabs two"]);
    await context.close();
  });

  test("D5 D8 one that never had a line writes and closes in a tunnel: the other shows it at once and sends it first", async () => {
    const visitor = await stage.visitor("en", "/orders");
    const context = visitor.page.context();
    const { createVisitor } = await import("./visitor.ts");
    const other = createVisitor(await context.newPage(), "en", stage.demo.shop.url);
    await other.goes("/delivery");
    await other.rings();
    await other.composer.fill("Tunnel two.");
    await visitor.page.bringToFront();
    await asksAPerson(visitor, "Tunnel one.");
    await visitor.sent("Tunnel one.");
    await context.setOffline(true);
    await other.page.bringToFront();
    await other.sendsToAPerson();
    await other.bubble("Tunnel two.").getByText(other.say("msg.waiting")).waitFor();
    await other.writes("Never mind.");
    await visitor.bubble("Never mind.").waitFor();
    // As a message is taken back whose file is on its way.
    await other.page.evaluate(() => {
      for (const [key, text] of Object.entries(localStorage))
        if (text.includes("Never mind.")) localStorage.removeItem(key);
    });
    await visitor.bubble("Never mind.").waitFor({ state: "detached" });
    await other.page.close();
    await visitor.bubble("Tunnel two.").getByText(visitor.say("msg.waiting")).waitFor();
    await visitor.writes("Tunnel three.");
    await visitor.bubble("Tunnel three.").getByText(visitor.say("msg.waiting")).waitFor();
    await context.setOffline(false);
    await visitor.sent("Tunnel three.");
    expect(await atTheDesk("Tunnel three.")).toEqual(["Tunnel one", "Tunnel two", "Tunnel three"]);
    await context.close();
  });
});

describe("where no socket gets through", () => {
  test("D8 a conversation goes by plain HTTP, and says calmly that it is slow", async () => {
    const visitor = await stage.visitor("en", "/orders");
    const context = visitor.page.context();
    let shut = true;
    await blockSockets(context, () => shut);
    await visitor.page.reload();
    await asksAPerson(visitor, "Plain one.");
    await visitor.sent("Plain one.");
    await visitor.sees(visitor.say("conn.slow"));
    const agent = await stage.agent();
    await agent.opens("Plain one.");
    await agent.answers("By plain post, then.");
    await visitor.sees("By plain post, then.");
    await visitor.writes("Plain two.");
    await visitor.sent("Plain two.");
    await agent.sees("Plain two.");
    await agent.page.context().close();

    // The next page is no slower for it: sockets are tried first.
    shut = false;
    await visitor.page.reload();
    await visitor.rings();
    await visitor.page.locator(".resume").click();
    await visitor.sent("Plain two.");
    await visitor.panel.getByText(visitor.say("conn.slow")).waitFor({ state: "hidden" });
    await context.close();
  });
});

describe("where the page keeps little", () => {
  test.each([
    ["blocked", blockStorage],
    ["full", fillStorage],
  ])("D15 words survive a reload in IndexedDB while localStorage is %s", async (how, limit) => {
    const visitor = await stage.visitor("en", "/orders");
    const context = visitor.page.context();
    await context.addInitScript(limit);
    let shut = true;
    await context.route(/\/(socket\.io|api\/widget\/.*\/(visitors|commands))/, (route) =>
      shut ? route.abort() : route.continue(),
    );
    await context.routeWebSocket(/\/socket\.io\//, (socket) => {
      if (shut) void socket.close();
      else socket.connectToServer();
    });
    await visitor.page.reload();
    await asksAPerson(visitor, `Kept while ${how}.`);
    await visitor.bubble("Kept while").waitFor();
    expect(await visitor.panel.getByText(visitor.say("conn.brief")).count()).toBe(0);
    await visitor.writes("Kept as well.");
    await visitor.types("and a draft");
    shut = false;
    await visitor.page.reload();
    await visitor.rings();
    expect(await visitor.composer.inputValue()).toBe("and a draft");
    // While something is typed, Home shows answers instead.
    await visitor.composer.fill("");
    await visitor.page.locator(".resume").click();
    await visitor.sent("Kept as well.");
    await context.close();
  });

  test("two tabs are one person also while localStorage is full, and a farewell in one is heard in the other", async () => {
    const visitor = await stage.visitor("en", "/orders");
    const context = visitor.page.context();
    await context.addInitScript(fillStorage);
    await visitor.page.reload();
    await visitor.rings();
    const { createVisitor } = await import("./visitor.ts");
    const other = createVisitor(await context.newPage(), "en", stage.demo.shop.url);
    await other.goes("/delivery");
    await asksAPerson(other, "Full one.");
    await other.sent("Full one.");
    await visitor.page.bringToFront();
    await visitor.composer.fill("Full two.");
    await visitor.sendsToAPerson();
    await visitor.sent("Full two.");
    expect(await atTheDesk("Full two.")).toEqual(["Full one", "Full two"]);
    await other.page.evaluate(() => (window as unknown as { Deskbell: (verb: string) => void }).Deskbell("logout"));
    await visitor.bubble("Full two.").waitFor({ state: "detached" });
    await context.close();
  });

  test("D9 a tab whose person becomes somebody else in another tab writes as them from then on", async () => {
    const visitor = await stage.visitor("en", "/orders");
    const { page } = visitor;
    const told: string[] = [];
    page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => void told.push(String(payload))));
    await page.reload();
    await asksAPerson(visitor, "As the first.");
    await visitor.sent("As the first.");
    // A first hello brought the token; from the next on, it is said who comes.
    await page.reload();
    await expect.poll(() => told.some((frame) => frame.includes('"token":"vt_')), LONG).toBe(true);
    const other = await page.context().newPage();
    await other.goto(page.url());
    const somebody = await other.evaluate(async () => {
      const key = Object.keys(localStorage).find((name) => name.endsWith(":token")) ?? "";
      const site = key.split(":")[1];
      const host = new URL(document.querySelector<HTMLScriptElement>('[src*="/widget.js"]')?.src ?? "").origin;
      const init = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
      const { token } = await (await fetch(`${host}/api/widget/${site}/visitors`, init)).json();
      localStorage.setItem(key, JSON.stringify(token));
      return token as string;
    });
    await expect.poll(() => told.some((frame) => frame.includes(somebody)), LONG).toBe(true);
    await page.context().close();
  });

  test("D9 a tab that slept while another started over goes on as whom the other became, and sends nothing twice", async () => {
    const visitor = await stage.visitor("en", "/orders");
    const context = visitor.page.context();
    await asksAPerson(visitor, "Before the end.");
    await visitor.sent("Before the end.");
    // A page that sleeps hears of nothing that other pages do.
    await context.addInitScript(() => {
      if (location.hash === "#sleeper") window.addEventListener("storage", (event) => event.stopImmediatePropagation());
    });
    const other = createVisitor(await context.newPage(), "en", stage.demo.shop.url);
    await other.goes("/orders#sleeper");
    await other.rings();
    await other.page.locator(".resume").click();
    await other.sees("Before the end.");

    const tokenNow = () =>
      visitor.page.evaluate(() => {
        const key = Object.keys(localStorage).find((name) => name.endsWith(":token"));
        return key && localStorage.getItem(key);
      });
    const first = await tokenNow();
    await visitor.page.evaluate(async () => {
      const key = Object.keys(localStorage).find((name) => name.endsWith(":token")) ?? "";
      const host = new URL(document.querySelector<HTMLScriptElement>('[src*="/widget.js"]')?.src ?? "").origin;
      const authorization = `Bearer ${JSON.parse(localStorage.getItem(key) ?? "")}`;
      await fetch(`${host}/api/widget/${key.split(":")[1]}/visitors`, { method: "DELETE", headers: { authorization } });
    });
    for (const one of [visitor, other]) await one.sees(one.say("conn.signedOut"));
    await visitor.writes("Kept back.");
    // Both know it, in the conversation that has ended.
    await other.page.bringToFront();
    await other.page.evaluate(() => window.dispatchEvent(new Event("focus")));
    await other.bubble("Kept back.").waitFor();

    await visitor.page.bringToFront();
    await visitor.presses("chat.new");
    await visitor.sent("Kept back.");
    const second = await tokenNow();
    expect(second).not.toBe(first);

    await other.page.bringToFront();
    await other.presses("chat.new");
    await other.writes("The same again.");
    await other.sent("The same again.");
    expect(await tokenNow()).toBe(second);
    expect(await other.panel.locator(".msg").allTextContents()).toEqual([
      expect.stringContaining("Kept back."),
      expect.stringContaining("The same again."),
    ]);
    expect(await atTheDesk("The same again.")).toEqual(["Kept back", "The same again"]);
    await context.close();
  });

  test("D15 where nothing keeps anything it works, and says that words last as long as the page", async () => {
    const visitor = await stage.visitor("en", "/orders");
    const context = visitor.page.context();
    await context.addInitScript(blockStorage);
    await context.addInitScript(blockDatabases);
    await visitor.page.reload();
    await visitor.rings();
    await visitor.types("Kept nowhere.");
    await visitor.sees(visitor.say("conn.brief"));
    await visitor.sendsToAPerson();
    await visitor.sent("Kept nowhere.");
    expect(await visitor.panel.getByText(visitor.say("conn.brief")).count()).toBe(0);
    await context.close();
  });
});
