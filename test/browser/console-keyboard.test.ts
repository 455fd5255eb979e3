import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { en as say } from "../../console/sentences/en.ts";
import { openStage, type Stage } from "./stage.ts";

/* Somebody who writes with the keyboard alone is never thrown back to the beginning of the page. */

let stage: Stage;
let page: Page;
beforeAll(async () => {
  stage = await openStage();
  ({ page } = await stage.agent());
}, 120_000);
afterAll(() => stage?.close());

/** What has the keyboard: its name, or what stands in it; nothing has it where that is the whole page. */
const holder = () =>
  page.evaluate(() => {
    const at = document.activeElement;
    return !at || at === document.body ? "nothing" : (at.getAttribute("aria-label") ?? at.textContent ?? "").trim();
  });
const holds = (what: string | RegExp) => expect.poll(holder).toMatch(what);
const press = async (name: string) => {
  await page.getByRole("button", { name, exact: true }).first().focus();
  await page.keyboard.press("Enter");
};
const goes = (path: string) => page.goto(`${stage.demo.server.url}/console${path}`, { waitUntil: "networkidle" });

describe("an article", () => {
  test("is begun in its title, and Enter leads on to the text", async () => {
    await goes("/knowledge");
    await page.getByRole("link", { name: say.newArticle }).focus();
    await page.keyboard.press("Enter");
    await holds(say.titleField);
    await page.keyboard.type("Clean the camera");
    await page.keyboard.press("Enter");
    await holds(say.bodyField);
    await page.keyboard.type("Use a dry cloth.");
  });

  test("is published, changed and put back, and the keyboard stays beside it", async () => {
    await press(say.publish);
    await page.getByText(/^Saved \d/).waitFor();
    await holds("Clean the camera");
    await page.getByRole("textbox", { name: say.bodyField }).fill("Use a wet cloth.");
    await press(say.publishChanges);
    await page.locator(".revisions button").nth(1).waitFor();
    await holds("Clean the camera");
    await page.locator(".revisions button").nth(1).focus();
    await page.keyboard.press("Enter");
    await press(say.restore);
    await holds("Clean the camera");
    expect(await page.getByRole("textbox", { name: say.bodyField }).inputValue()).toBe("Use a dry cloth.");
  });

  test("is deleted only after one was asked, beginning with the way out", async () => {
    await press(say.deleteArticle);
    await holds(say.cancel);
    await page.keyboard.press("Enter");
    await holds(say.deleteArticle);
  });
});

test("a question that nobody answered is linked by Enter, and the next one is at hand", async () => {
  await goes("/knowledge");
  const open = page.locator(".unanswered-text[aria-expanded=true]");
  const first = (await open.textContent()) ?? "";
  await press(say.linkOne);
  await holds(say.searchArticles);
  await page.keyboard.press("Escape");
  await holds(say.linkOne);
  await page.keyboard.press("Enter");
  await page.keyboard.type("clean the camera");
  await page.locator(".finder-pick", { hasText: "Clean the camera" }).waitFor();
  await page.keyboard.press("ArrowDown");
  await holds("Clean the camera");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.getByText(say.linked).waitFor();
  await expect.poll(() => open.textContent()).not.toBe(first);
  await holds((await open.textContent()) ?? "");
});

test("an article is added to a collection by Enter, and Escape leads back", async () => {
  await goes("/collections");
  await page.getByRole("link", { name: say.newCollection }).focus();
  await page.keyboard.press("Enter");
  await page.locator("input:focus").waitFor();
  await page.keyboard.type("Cameras");
  await page.keyboard.press("Enter");
  await holds(say.addArticle);
  await page.keyboard.press("Enter");
  await page.keyboard.type("clean the camera");
  await page.locator(".finder-pick", { hasText: "Clean the camera" }).waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".course-title", { hasText: "Clean the camera" }).waitFor();
  await page.keyboard.press("Escape");
  await holds(say.addArticle);
});
