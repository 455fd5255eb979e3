import { afterAll, beforeAll, expect, test } from "vitest";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

test("an owner sees the widget change while choosing, and visitors see it once it is saved", async () => {
  const agent = await stage.agent();
  const { page, say } = agent;
  await page.goto(new URL("/console/settings/appearance", page.url()).href);
  const preview = page.frameLocator(`iframe[title="${say.previewTitle}"]`);
  const panel = preview.locator("deskbell-widget").getByRole("dialog");
  await panel.getByText("How can we help?").waitFor();

  await page.getByRole("button", { name: "#b5532a" }).click();
  await page.getByText(say.corners.left, { exact: true }).click();
  await page.getByRole("textbox", { name: say.greeting }).fill("Ask the workshop");
  await panel.getByText("Ask the workshop").waitFor();
  const surface = preview.locator("deskbell-widget .ui");
  await expect.poll(() => surface.getAttribute("data-side")).toBe("left");
  await expect.poll(() => surface.evaluate((node) => node.style.getPropertyValue("--db-brand-fill"))).toBe("#b5532a");

  // Nothing of it is on the site yet.
  const before = await stage.visitor("en", "/");
  await before.rings();
  await before.panel.getByText("How can we help?").waitFor();

  await page.getByRole("button", { name: say.save }).click();
  await agent.sees(say.saved);
  const after = await stage.visitor("en", "/");
  await after.rings();
  await after.panel.getByText("Ask the workshop").waitFor();
  await expect.poll(() => after.widget.locator(".ui").getAttribute("data-side")).toBe("left");
  for (const part of [after.launcher, after.panel]) {
    const box = await part.boundingBox();
    expect(box && box.x + box.width / 2).toBeLessThan(640);
  }

  // What the tag must say before anything is fetched.
  await page.goto(new URL("/console/settings/install", page.url()).href);
  await agent.sees('data-position="left"'.split("=")[0] ?? "");
});
