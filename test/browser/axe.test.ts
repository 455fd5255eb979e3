import { readFileSync } from "node:fs";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Agent } from "./agent.ts";
import { openStage, type Stage } from "./stage.ts";
import type { Language } from "./visitor.ts";

const AXE = readFileSync(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8");

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

describe.for<[Language, "light" | "dark", number]>([
  ["en", "light", 1280],
  ["zh-Hans", "dark", 390],
])("every state of the widget, in %s, %s, %i px wide", ([language, colorScheme, width]) => {
  test("has nothing serious against it", async () => {
    const found: string[] = [];
    const viewport = { width, height: 800 };
    const path = language === "en" ? "/products/uno-r4-wifi" : "/zh/";
    const visitor = await stage.visitor(language, path, { colorScheme, viewport });
    const { page, say } = visitor;
    const look = async (state: string) => void found.push(...(await serious(page, state, "deskbell-widget")));
    const question = language === "en" ? "Which screws fit the board?" : "开发板用什么螺丝？";

    await visitor.launcher.waitFor();
    await look("launcher");
    await visitor.rings();
    await visitor.sees(say("suggest.title"));
    await look("home");
    await visitor.types(language === "en" ? "my board is not detected" : "开发板识别不到");
    await visitor.answers.first().waitFor();
    await look("typing");
    await visitor.answers.first().click();
    await visitor.sees(say("article.helpful"));
    await look("article");
    await visitor.presses("back");
    await visitor.composer.fill("qqqq zzzz xxxx vvvv");
    await visitor.sees(say("search.none"));
    await look("nothing found");
    await visitor.composer.fill(question);
    await visitor.sendsToAPerson();
    await visitor.bubble(question).getByText(say("msg.sent")).waitFor();
    await look("waiting");

    const agent = await stage.agent();
    await agent.opens(question);
    await agent.answers("M3, 10 mm.");
    await visitor.bubble("M3, 10 mm.").waitFor();
    await look("answered");
    await page.context().setOffline(true);
    await visitor.sees(say("conn.offline"));
    await look("offline");
    await page.context().setOffline(false);
    await agent.resolves();
    await visitor.sees(say("resolved.ask"));
    await look("solved?");
    await visitor.presses("resolved.yes");
    await visitor.sees(say("rate.ask"));
    await look("rating");
    await visitor.panel.getByRole("radio").nth(3).click();
    await visitor.presses("rate.next");
    await visitor.sees(say("rate.reasons"));
    await look("reasons");
    await visitor.presses("rate.send");
    await visitor.sees(say("rate.thanksTitle"));
    await look("thanks");
    await agent.page.context().close();
    await page.context().close();
    expect(found).toEqual([]);
  });
});

describe.for(["light", "dark"] as const)("every page of the console, %s", (colorScheme) => {
  let agent: Agent;
  const found: string[] = [];
  const look = async (state: string) => void found.push(...(await serious(agent.page, state)));

  test("has nothing serious against it", async () => {
    const { server } = stage.demo;
    agent = await stage.agent({ colorScheme });
    const { page, say } = agent;
    await look("inbox");
    await agent.opens("Amelia Okafor");
    await agent.sees("the invoice comes with 30 days");
    await look("thread");
    await agent.writer.getByRole("tab", { name: say.note }).click();
    await look("note");
    for (const [name, menu] of [
      [say.assign, "assign"],
      [say.tag, "tag"],
      [say.snooze, "snooze"],
    ] as const) {
      await page.getByRole("button", { name, exact: true }).first().click();
      await look(menu);
      await page.keyboard.press("Escape");
    }
    await page.keyboard.press("Control+k");
    await page.getByPlaceholder(say.paletteHint).waitFor();
    await look("palette");
    await page.keyboard.press("Escape");
    for (const path of PAGES) {
      await page.goto(`${server.url}/console${path}`, { waitUntil: "networkidle" });
      await look(path);
    }
    await page.goto(`${server.url}/console/knowledge`);
    await page
      .getByText("If your board is not detected by Arduino IDE")
      .first()
      .or(page.getByRole("row").nth(1))
      .first()
      .click();
    await page.waitForLoadState("networkidle");
    await look("editor");
    await page.context().close();

    const stranger = await stage.browser.newContext({ colorScheme });
    const door = await stranger.newPage();
    await door.goto(`${server.url}/console`, { waitUntil: "networkidle" });
    found.push(...(await serious(door, "sign-in")));
    await stranger.close();
    expect(found).toEqual([]);
  });
});

describe("the help centre and the shop", () => {
  test("have nothing serious against them", async () => {
    const { server, shop, siteKey } = stage.demo;
    const context = await stage.browser.newContext();
    const page = await context.newPage();
    const found: string[] = [];
    for (const url of [
      shop.url,
      `${shop.url}/products`,
      `${shop.url}/products/pip-robot`,
      `${shop.url}/orders`,
      `${shop.url}/delivery`,
      `${shop.url}/cart`,
      `${shop.url}/contact`,
      `${shop.url}/zh/`,
      `${server.url}/help/${siteKey}`,
    ]) {
      const answer = await page.goto(url, { waitUntil: "networkidle" });
      expect(`${url} ${answer?.status()}`).toBe(`${url} 200`);
      found.push(...(await serious(page, url)));
    }
    await context.close();
    expect(found).toEqual([]);
  });
});

/** Pages of the console that a path leads to. */
const PAGES = [
  "/knowledge",
  "/settings/install",
  "/settings/wording",
  "/settings/site",
  "/settings/replies",
  "/settings/people",
  "/settings/keys",
  "/settings/profile",
];

/** What axe calls serious or critical, one line each. */
async function serious(page: Page, state: string, within?: string): Promise<string[]> {
  // By the debugger's own door: a page's policy does not concern it.
  await page.evaluate(AXE);
  const results = await page.evaluate(
    async (selector) =>
      (await (window as unknown as { axe: { run(context: unknown): Promise<AxeResults> } }).axe.run(
        selector ?? document,
      )) as AxeResults,
    within,
  );
  return results.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, any }) => `${state}: ${id} ${target.flat().join(" ")} ${any[0]?.message ?? ""}`),
    );
}
