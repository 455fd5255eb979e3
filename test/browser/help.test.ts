import { readFileSync } from "node:fs";
import type { AxeResults } from "axe-core";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStage, type Stage } from "./stage.ts";

const AXE = readFileSync(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const ARTICLE = "/en/error-avrdude-when-uploading";

let stage: Stage;
let base: string;
beforeAll(async () => {
  stage = await openStage();
  const { server, siteKey } = stage.demo;
  base = `${server.url}/help/${siteKey}`;
}, 120_000);
afterAll(() => stage?.close());

async function reader(options: BrowserContextOptions): Promise<Page> {
  const context = await stage.browser.newContext({ locale: "en-GB", ...options });
  return context.newPage();
}

describe("The help centre", () => {
  test("is searched, read and judged without a script.", async () => {
    const page = await reader({ javaScriptEnabled: false });
    await page.goto(base);
    await page.getByRole("searchbox").fill("avrdude error");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "'Error: avrdude' when uploading" }).click();
    await page.getByRole("heading", { level: 1, name: "'Error: avrdude' when uploading" }).waitFor();
    await page.getByRole("button", { name: "Yes" }).click();
    await page.getByText("Thank you, that helps the next person.").waitFor();
    expect(await page.getByRole("button", { name: "Yes" }).isVisible()).toBe(false);
    expect(await page.getByText("Ask us", { exact: true }).isVisible()).toBe(false);
    await page.getByLabel("Language: English").click();
    await page.getByRole("link", { name: "简体中文" }).click();
    await page.getByRole("heading", { level: 1, name: "您好，请问有什么可以帮您？" }).waitFor();
    await page.context().close();
  });

  test("carries the widget under its own policy, and opens it for whoever asks.", async () => {
    const page = await reader({});
    const wrong: string[] = [];
    page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
    await page.goto(base + ARTICLE, { waitUntil: "networkidle" });
    await page.getByRole("button", { name: "Ask us" }).click();
    await page.getByRole("textbox").last().waitFor();
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  test.for([
    ["light", 1280],
    ["dark", 390],
    ["light", 320],
  ] as const)(
    "has nothing against it, %s, %i px wide, and nothing to scroll sideways",
    async ([colorScheme, width]) => {
      const page = await reader({ colorScheme, viewport: { width, height: 800 } });
      const found: string[] = [];
      for (const path of ["/en", "/zh-Hans", ARTICLE, "/en/c/hardware-support", "/en?q=board", "/en/nowhere"]) {
        await page.goto(base + path, { waitUntil: "networkidle" });
        await page.evaluate(AXE);
        const { violations } = await page.evaluate(() =>
          (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
        );
        found.push(...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${path} ${id} ${html}`)));
        const over = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (over > 0) found.push(`${path} is ${over} px too wide`);
      }
      expect(found).toEqual([]);
      await page.context().close();
    },
  );
});
