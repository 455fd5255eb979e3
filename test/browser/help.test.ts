import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axeAgainst } from "./axe.ts";
import { auditPage } from "./help-audit.ts";
import { collectFirstSteps, FIRST_STEPS, writeWide } from "./help-shelves.ts";
import { openStage, type Stage } from "./stage.ts";
import { createVisitor } from "./visitor.ts";

const ARTICLE = "/en/error-avrdude-when-uploading";

let stage: Stage;
let base: string;
/** The path of an article that holds what may widen a page. */
let wide: string;
beforeAll(async () => {
  stage = await openStage();
  const { server, siteKey } = stage.demo;
  base = `${server.url}/help/${siteKey}`;
  await collectFirstSteps(stage);
  wide = await writeWide(stage);
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

  test("does not offer ten articles for what only has some letters in common with them, but for a slip of the pen.", async () => {
    const page = await reader({ javaScriptEnabled: false });
    await page.goto(`${base}/en?q=zzzzqqq`);
    await page.getByRole("heading", { name: "No article answers this yet" }).waitFor();
    expect(await page.locator(".help-hits li").count()).toBe(0);
    await page.goto(`${base}/en?q=uplod`);
    expect(await page.locator(".help-hits li").count()).toBeGreaterThan(3);
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

  test("prints an article as ink on paper, in the dark too, without what only a screen can use.", async () => {
    const page = await reader({ colorScheme: "dark" });
    await page.goto(base + ARTICLE, { waitUntil: "networkidle" });
    await page.locator("deskbell-widget").waitFor({ state: "attached" });
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const shown = (selector: string) =>
      page.locator(selector).evaluateAll((all) => all.some((one) => one.checkVisibility()));
    for (const selector of ["deskbell-widget", ".help-nav", ".help-side", ".help-ask", ".help-person", ".help-foot"])
      expect([selector, (await page.locator(selector).count()) > 0, await shown(selector)]).toEqual([
        selector,
        true,
        false,
      ]);
    expect(await shown("article h1")).toBe(true);
    const ink = await page.locator("article").evaluate((article) => getComputedStyle(article).color);
    expect(Math.max(...(ink.match(/\d+/g) ?? []).map(Number))).toBeLessThan(64);
    await page.context().close();
  });

  test("counts whoever reads here after a search, and asks here, as one person who asked.", async () => {
    const { desk } = stage.demo.server.app;
    const counted = async () => {
      const rows = await desk.store.read((db) => db.sql.selectFrom("reading").select(["q", "outcome"]).execute());
      return rows.filter(({ q, outcome }) => q?.startsWith("upload with avrdude") || outcome === "asked");
    };
    const page = await reader({});
    await page.goto(`${base}/en?q=upload%20with%20avrdude`);
    await page.getByRole("link", { name: "'Error: avrdude' when uploading" }).click();
    await expect.poll(counted, { timeout: 40_000 }).toEqual([{ q: "upload with avrdude", outcome: null }]);
    await page.getByRole("button", { name: "Ask us" }).click();
    const visitor = createVisitor(page, "en", base);
    await visitor.composer.fill("None of that helps with my upload");
    await visitor.sendsToAPerson();
    await expect.poll(counted).toEqual([{ q: null, outcome: "asked" }]);
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
      for (const path of [
        "/en",
        "/zh-Hans",
        ARTICLE,
        wide,
        "/en/c/hardware-support",
        FIRST_STEPS.en.path,
        "/en?q=board",
        "/en/nowhere",
      ]) {
        await page.goto(base + path, { waitUntil: "networkidle" });
        found.push(...(await axeAgainst(page)).map((what) => `${path} ${what}`));
        const over = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (over > 0) found.push(`${path} is ${over} px too wide`);
      }
      expect(found).toEqual([]);
      await page.context().close();
    },
  );

  test.for(["en", "zh-Hans"] as const)(
    "is what search engines ask for, in %s: words, addresses, data, and links that lead on",
    async (locale) => {
      const page = await reader({});
      const { links: all } = await visit(page, `/${locale}`, true);
      const category = all.find((url) => url.includes(`/${locale}/c/`)) ?? "";
      const articles = all.filter((url) => new RegExp(`/${locale}/(?!c/|collections/|feed)[^/?]+$`).test(url));
      const wrong: string[] = [];
      const links = new Set<string>();
      for (const [path, kept] of [
        [`/${locale}`, true],
        [category.slice(base.length), true],
        [FIRST_STEPS[locale].path, true],
        ...articles.slice(0, 3).map((url) => [url.slice(base.length), true] as const),
        [`/${locale}?q=board`, false],
        [`/${locale}/nowhere`, false],
      ] as const) {
        const audited = await visit(page, path, kept);
        wrong.push(...audited.wrong.map((what) => `${path}: ${what}`));
        for (const url of audited.links) links.add(url);
        // A translation that does not name this page in return counts for nothing.
        for (const { lang, href } of audited.alternates.filter(({ lang }) => lang !== "x-default" && lang !== locale)) {
          const other = await (await page.request.get(href)).text();
          if (!other.includes(`href="${audited.canonical}"`)) wrong.push(`${path}: ${lang} does not name it`);
        }
      }
      for (const url of links) {
        const status = (await page.request.get(url)).status();
        if (status !== 200) wrong.push(`${url} answers ${status}`);
      }
      expect(wrong).toEqual([]);
      expect(links.size).toBeGreaterThan(10);
      await page.context().close();
    },
  );

  test("tells search engines of every page, once, with its translations", async () => {
    const page = await reader({});
    const map = await (await page.request.get(`${base}/sitemap.xml`)).text();
    const addresses = Array.from(map.matchAll(/<loc>([^<]+)<\/loc>/g), ([, url = ""]) => url);
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(addresses.length).toBeGreaterThan(420);
    for (const url of [addresses[0], addresses[3], addresses.at(-1)])
      expect([url, (await page.request.get(url ?? "")).status()]).toEqual([url, 200]);
    const robots = await (await page.request.get(`${base}/robots.txt`)).text();
    expect(robots).toContain(`Sitemap: ${base}/sitemap.xml`);
    await page.context().close();
  });
});

async function visit(page: Page, path: string, kept: boolean) {
  await page.goto(base + path);
  return auditPage(page, { kept });
}
