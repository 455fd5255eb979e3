import { readFileSync } from "node:fs";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { knowledgeEn as say } from "../../console/sentences/knowledge-en.ts";
import { openStage, type Stage } from "./stage.ts";

const AXE = readFileSync(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8");

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

describe.for(["light", "dark"] as const)("every state of the knowledge pages, %s", (colorScheme) => {
  test("has nothing serious against it", async () => {
    const { page, ...agent } = await stage.agent({ colorScheme });
    const origin = stage.demo.server.url;
    const call = async <T>(method: string, path: string, data?: object): Promise<T> => {
      const answer = await page.request.fetch(origin + path, { method, headers: { origin }, ...(data && { data }) });
      return (await answer.json()) as T;
    };
    const { items } = await call<{ items: { id: string }[] }>("GET", "/api/sites");
    const site = `/api/sites/${items[0]?.id}`;
    const text = { title: "Opening hours", body: "Open from 9 to 17.", locale: "en", state: "published" };
    const article = await call<{ id: string; group: string; updatedAt: string }>("POST", `${site}/articles`, text);
    const chinese = { ...text, title: "营业时间", locale: "zh-Hans", group: article.group };
    const { id: translation } = await call<{ id: string }>("POST", `${site}/articles`, chinese);
    const collection = await call<{ id: string }>("POST", `${site}/collections`, {
      name: "First week",
      articles: [article.id, translation],
    });
    const draft = { ...text, body: "Mine.", slug: "", category: "", visibility: "public", pages: "", questions: "" };
    await call("PUT", `${site}/drafts/${article.id}`, { text: draft, base: article.updatedAt });
    await call("PUT", `/api/articles/${article.id}`, { ...text, body: "Open from 10 to 17." });

    const found: string[] = [];
    const look = async (state: string) => void found.push(...(await serious(page, state)));
    const go = (path: string) => page.goto(`${origin}/console${path}`, { waitUntil: "networkidle" });

    await go("/knowledge");
    await page.getByRole("button", { name: "Translation behind" }).click();
    await page.getByRole("link", { name: "营业时间", exact: true }).first().waitFor();
    await look("behind");
    await page.getByRole("button", { name: "Link one" }).click();
    await look("link one");
    await go(`/knowledge/${article.id}`);
    await page.getByRole("region", { name: say.differences }).waitFor();
    await look("two texts");
    await page.getByRole("button", { name: say.takeTheirs }).click();
    await page.getByRole("button", { name: say.bringBack }).waitFor();
    await look("thrown away");
    await go(`/knowledge/${translation}`);
    await page.getByRole("region", { name: say.whatChanged }).waitFor();
    await look("what changed");
    await go("/collections");
    await look("collections");
    await go(`/collections/${collection.id}`);
    await page.locator(".course-title").first().click();
    await page.getByRole("button", { name: say.readNext }).click();
    await page.getByRole("button", { name: say.addArticle }).click();
    await page.getByText(say.readOf(1, 2)).waitFor();
    await look("course");
    await go("/settings/site");
    await page.getByLabel(say.helpHost).fill("help.example.com");
    await page.getByText(say.helpHostHow).click();
    await look("help host");
    await go("/inbox/all");
    await agent.opens("Luca Ferri");
    await page.locator("#writing").fill("#wifi");
    await page.locator(".pick").first().waitFor();
    await look("picker");
    await page.keyboard.press("Tab");
    await page.locator(".picker-preview").waitFor();
    await look("preview");
    await page.context().close();
    expect(found).toEqual([]);
  });
});

/** What axe calls serious or critical, one line each. */
async function serious(page: Page, state: string): Promise<string[]> {
  // By the debugger's own door: a page's policy does not concern it.
  await page.evaluate(AXE);
  const { violations } = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as AxeResults;
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${state}: ${id} ${html.slice(0, 160)}`));
}
