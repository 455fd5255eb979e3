import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Agent } from "./agent.ts";
import { axeAgainst } from "./axe.ts";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

describe.for(["light", "dark"] as const)("every page of the console, %s", (colorScheme) => {
  let agent: Agent;
  const found: string[] = [];
  const look = async (state: string) => void found.push(...(await against(agent.page, state)));

  test("has nothing against it", async () => {
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
    expect(found).toEqual([]);
  });

  test("has nothing against it, wherever a path leads", async () => {
    const { page } = await stage.agent({ colorScheme });
    const found: string[] = [];
    for (const path of PAGES) {
      await page.goto(`${stage.demo.server.url}/console${path}`, { waitUntil: "networkidle" });
      found.push(...(await against(page, path)));
    }
    await page.context().close();
    expect(found).toEqual([]);
  });

  test("has nothing against it before one comes in", async () => {
    const stranger = await stage.browser.newContext({ colorScheme });
    const door = await stranger.newPage();
    const found: string[] = [];
    for (const path of ["", "/setup?token=used", "/enter?token=used", "/invitation?token=used"]) {
      await door.goto(`${stage.demo.server.url}/console${path}`, { waitUntil: "networkidle" });
      found.push(...(await against(door, path || "sign-in")));
    }
    await stranger.close();
    expect(found).toEqual([]);
  });
});

describe("the help centre and the shop", () => {
  test("have nothing against them", async () => {
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
      found.push(...(await against(page, url)));
    }
    await context.close();
    expect(found).toEqual([]);
  });
});

/** Pages of the console that a path leads to. */
const PAGES = [
  "/inbox/all/gone",
  "/knowledge",
  "/knowledge/new",
  "/knowledge/gone",
  "/collections",
  "/collections/needed",
  "/settings/install",
  "/settings/appearance",
  "/settings/wording",
  "/settings/site",
  "/settings/hours",
  "/settings/mail",
  "/settings/replies",
  "/settings/people",
  "/settings/keys",
  "/settings/audit",
  "/settings/profile",
];

/** What axe has against a page in a state, one line each. */
async function against(page: Page, state: string): Promise<string[]> {
  return (await axeAgainst(page)).map((found) => `${state}: ${found}`);
}
