import { randomUUID } from "node:crypto";
import type { Page, WebSocketRoute } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Agent, createAgent } from "./agent.ts";
import { openStage, type Stage } from "./stage.ts";
import { blockDatabases, blockStorage, blockWebSockets, fillStorage } from "./stores.ts";
import type { Visitor } from "./visitor.ts";

/* What an agent wrote is kept as well as what a visitor wrote (D15). */

let stage: Stage;
/** Where the conversation is, in whatever list. */
let address: string;
let visitor: Visitor;
beforeAll(async () => {
  stage = await openStage();
  visitor = await stage.visitor("en", "/orders");
  await visitor.rings();
  await visitor.composer.fill("Where is my order?");
  await visitor.sendsToAPerson();
  await visitor.sent("Where is my order?");
  const agent = await stage.agent();
  await agent.opens("Where is my order?");
  address = agent.page.url();
  await agent.page.context().close();
}, 120_000);
afterAll(() => stage?.close());

const field = (agent: Agent) => agent.writer.getByRole("textbox").or(agent.writer.getByRole("combobox")).first();

/** An agent in a browser that keeps little, whose line can be cut. */
async function comes(...limits: (() => unknown)[]) {
  const agent = await stage.agent();
  const context = agent.page.context();
  for (const limit of limits) await context.addInitScript(limit);
  let shut = false;
  const lines = new Set<WebSocketRoute>();
  await context.route(/\/socket\.io\//, (route) => (shut ? route.abort() : route.continue()));
  await context.routeWebSocket(/\/socket\.io\//, (line) => {
    if (shut) return void line.close();
    line.connectToServer();
    lines.add(line);
  });
  await agent.page.goto(address);
  await agent.writer.waitFor();
  return {
    agent,
    context,
    async cut() {
      shut = true;
      for (const line of lines) await line.close();
      await agent.sees(agent.say.offline);
    },
    mend() {
      shut = false;
    },
  };
}

/** A colleague for every site, who may come in by a password. */
async function adds(page: Page, name: string) {
  const colleague = { email: `${randomUUID()}@larkfield.test`, password: "a password of their own" };
  const { origin } = new URL(page.url());
  const data = { ...colleague, name, role: "owner" };
  const added = await page.request.post(`${origin}/api/agents`, { data, headers: { origin } });
  expect(added.status(), await added.text()).toBe(201);
  return colleague;
}

async function signsOut({ page, say }: Agent) {
  await page.locator(".rail-face").click();
  await page.getByRole("button", { name: say.signOut, exact: true }).click();
  await page.getByRole("heading", { name: say.signInTitle }).waitFor();
}

describe("an agent's browser", () => {
  test.each([
    ["blocked", blockStorage],
    ["full", fillStorage],
  ])("D15 keeps words in IndexedDB through a reload while localStorage is %s", async (how, limit) => {
    const { agent, context, cut, mend } = await comes(limit);
    await cut();
    await agent.answers(`On its way, kept while ${how}.`);
    await agent.thread.getByText(`kept while ${how}`).waitFor();
    await field(agent).fill("and a draft");
    expect(await agent.page.getByText(agent.say.brief).count()).toBe(0);
    mend();
    await agent.page.reload();
    await agent.thread
      .locator("li", { hasText: `kept while ${how}` })
      .getByText(new RegExp(`${agent.say.sent}|${agent.say.seen}`))
      .waitFor();
    expect(await field(agent).inputValue()).toBe("and a draft");
    await field(agent).fill("");
    await context.close();
  });

  test("D9 keeps what one wrote offline for them alone while a colleague works there, and sends it once they are back", async () => {
    const { agent, context, cut, mend } = await comes();
    const { page, say } = agent;
    const noor = await adds(page, "Noor");
    await cut();
    await agent.answers("Words of the first.");
    await agent.thread.getByText("Words of the first.").waitFor();
    await field(agent).fill("A thought of the first");
    await signsOut(agent);
    await agent.sees(say.unsent);
    mend();

    await page.getByLabel(say.email).fill(noor.email);
    await page.locator("input[name=password], input[type=password]").fill(noor.password);
    await page.getByRole("button", { name: say.signIn, exact: true }).click();
    await page.locator(".rail").waitFor();
    // Within the page, as by the browser's own way back.
    await page.evaluate((path) => {
      history.pushState(null, "", path);
      dispatchEvent(new PopStateEvent("popstate"));
    }, new URL(address).pathname);
    await agent.thread.getByText("Where is my order?").first().waitFor();
    expect(await field(agent).inputValue()).toBe("");
    await agent.notes("Words of Noor.");
    await agent.thread.locator("li", { hasText: "Words of Noor." }).waitFor();
    expect(await agent.thread.getByText("of the first").count()).toBe(0);
    await signsOut(agent);

    await agent.comesIn(await stage.demo.signInUrl());
    await page.goto(address);
    await agent.thread
      .locator("li", { hasText: "Words of the first." })
      .getByText(new RegExp(`${say.sent}|${say.seen}`))
      .waitFor();
    expect(await field(agent).inputValue()).toBe("A thought of the first");
    await visitor.sees("Words of the first.");
    expect(await visitor.panel.getByText("Words of the first.").count()).toBe(1);
    await field(agent).fill("");
    await context.close();
  });

  test("D2 D5 D15 of two tabs one crashes in mid-send: the other shows what it wrote and sends it, once, and nobody else does", async () => {
    const { agent, context } = await comes();
    const { page } = agent;
    const other = createAgent(await context.newPage());
    await other.page.goto(address);
    await other.writer.waitFor();
    await page.bringToFront();
    await agent.answers("Tabs one.");
    await other.thread.locator("li", { hasText: "Tabs one." }).waitFor();
    // The first tab's line is dead, then a colleague writes, and then so is the tab.
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    const offline = { offline: true, latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
    await session.send("Network.emulateNetworkConditions", offline);
    for (const text of ["Tabs two.", "Tabs three."]) {
      await agent.answers(text);
      await agent.thread.getByText(text).waitFor();
    }
    const crashed = page.waitForEvent("crash");
    void session.send("Page.crash").catch(() => {});
    await crashed;
    const sent = new RegExp(`${agent.say.sent}|${agent.say.seen}`);
    await other.thread.locator("li", { hasText: "Tabs three." }).getByText(sent).waitFor();
    expect(
      await other.page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes(".outbox."))),
    ).toEqual([]);
    await visitor.sees("Tabs three.");
    const said = await visitor.panel.locator(".bubble").allTextContents();
    expect(said.filter((text) => text.includes("Tabs")).map((text) => text.split(".")[0])).toEqual([
      "Tabs one",
      "Tabs two",
      "Tabs three",
    ]);
    await context.close();
  });

  test("shows nobody's console in other pages once they signed out in one, though the line is down", async () => {
    const { agent, context, cut } = await comes();
    const other = await context.newPage();
    await other.goto(address);
    await other.locator(".writer").waitFor();
    await cut();
    await signsOut(agent);
    await other.getByRole("heading", { name: agent.say.signInTitle }).waitFor();
    await context.close();
  });

  test("D8 that no WebSocket gets through to sends and hears by long polling", async () => {
    const { agent, context } = await comes(blockWebSockets);
    await agent.answers("By the long way.");
    const sent = new RegExp(`${agent.say.sent}|${agent.say.seen}`);
    await agent.thread.locator("li", { hasText: "By the long way." }).getByText(sent).waitFor();
    await visitor.sees("By the long way.");
    await context.close();
  });

  test("D15 that keeps nothing says so while there are words to lose", async () => {
    const { agent, context } = await comes(blockStorage, blockDatabases);
    expect(await agent.page.getByText(agent.say.brief).count()).toBe(0);
    await field(agent).fill("Half a sentence");
    await agent.sees(agent.say.brief);
    await field(agent).fill("");
    await agent.page.getByText(agent.say.brief).waitFor({ state: "hidden" });
    await context.close();
  });
});
