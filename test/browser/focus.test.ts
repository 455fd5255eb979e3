import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPostbox, type Postbox } from "../support/postbox.ts";
import type { Agent } from "./agent.ts";
import { BLANK } from "./pages.ts";
import { openStage, type Stage } from "./stage.ts";
import type { Visitor } from "./visitor.ts";

/* By keyboard alone: what was pressed may go, and the focus goes on beside it; who is elsewhere stays there. */

let box: Postbox;
let stage: Stage;
let agent: Agent;
beforeAll(async () => {
  box = await openPostbox();
  stage = await openStage({ SMTP_URL: `${box.url}?from=help@shop.example` });
  agent = await stage.agent();
}, 120_000);
afterAll(async () => {
  await stage?.close();
  await box?.close();
});

async function presses(thing: Locator) {
  await thing.focus();
  await thing.press("Enter");
}

const button = ({ panel, say }: Visitor, sentence: Parameters<Visitor["say"]>[0]) =>
  panel.getByRole("button", { name: say(sentence), exact: true });

/** What has the focus: its own text, or its name. Nothing where it is lost. */
function focused({ page }: Visitor): Promise<string | undefined> {
  return page.evaluate(() => {
    const there = document.querySelector("deskbell-widget")?.shadowRoot?.activeElement;
    return (there?.getAttribute("aria-label") ?? there?.getAttribute("name") ?? there?.textContent)?.trim();
  });
}

async function asks(visitor: Visitor, question: string) {
  await visitor.composer.fill(question);
  await visitor.composer.press("Enter");
  await visitor.bubble(question).getByText(visitor.say("msg.sent")).waitFor();
}

describe("the focus is not lost with what was pressed", () => {
  test("in an article, in the line, and while an address is asked", async () => {
    const visitor = await stage.visitor("en", "/products/uno-r4-wifi");
    const { page, panel, say } = visitor;
    const has = (text: string) => expect.poll(() => focused(visitor)).toBe(text);
    await presses(visitor.launcher);
    await presses(panel.locator(".row").first());
    await visitor.sees(say("article.helpful"));
    await presses(button(visitor, "yes"));
    await has(say("article.thanks"));
    await presses(button(visitor, "back"));

    await asks(visitor, "My parcel has not moved for a week.");
    await presses(button(visitor, "queue.leave"));
    await has("email");
    await page.keyboard.type("vera@example.com");
    await page.keyboard.press("Enter");
    await has(say("away.noted"));
    const before = (await box.until(0, "vera@example.com")).length;
    await presses(button(visitor, "menu"));
    await presses(panel.getByRole("menuitem", { name: say("transcript") }));
    await visitor.sees(say("transcript.why"));
    await has("given");
    await page.keyboard.press("Enter");
    const code = /^\d{6}$/m.exec((await box.until(before + 1, "vera@example.com"))[before]?.text ?? "")?.[0] ?? "";
    await visitor.sees(say("transcript.code"));
    await has("given");
    await page.keyboard.type(code);
    await page.keyboard.press("Enter");
    await has(say("transcript.sent").replace("{email}", "vera@example.com"));
    await page.keyboard.press("Escape");
    await has(say("menu"));
    await page.context().close();
  });

  test("in the rating, wherever it is left", async () => {
    const visitor = await stage.visitor("en", BLANK);
    const { page, panel, say } = visitor;
    const has = (text: string) => expect.poll(() => focused(visitor)).toBe(text);
    await visitor.rings();
    await asks(visitor, "Is the case included?");
    await agent.opens("Is the case included?");
    await agent.answers("It is.");
    await visitor.bubble("It is.").waitFor();
    await agent.resolves();
    await visitor.sees(say("resolved.ask"));
    await presses(button(visitor, "resolved.yes"));
    await has(say("rate.ask"));
    await panel.getByRole("radio").first().press("ArrowDown");
    await has(say("rate.2"));
    await presses(button(visitor, "rate.next"));
    await has(say("rate.reasons"));
    await presses(button(visitor, "rate.change"));
    await has(say("rate.ask"));
    await presses(button(visitor, "rate.skip"));
    await has(say("rate.thanksTitle"));
    await page.context().close();
  });

  test("where nothing comes in its place", async () => {
    const visitor = await stage.visitor("en", BLANK);
    const { page, say } = visitor;
    await visitor.rings();
    await asks(visitor, "Do you repair old ones?");
    await presses(button(visitor, "menu"));
    await presses(visitor.panel.getByRole("menuitem", { name: say("chat.solved") }));
    await presses(button(visitor, "rate.skip"));
    await visitor.panel.getByText(say("rate.ask")).waitFor({ state: "detached" });
    expect(await focused(visitor)).toBe(say("chat.label"));
    await page.context().close();
  });
});

test("who writes goes on writing where the window becomes too low for a panel, and high again", async () => {
  const visitor = await stage.visitor("en", BLANK, { viewport: { width: 800, height: 900 } });
  const { page, composer, panel } = visitor;
  await visitor.rings();
  await composer.click();
  await page.keyboard.type("one");
  for (const [height, word] of [
    [450, " two"],
    [900, " three"],
  ] as const) {
    await page.setViewportSize({ width: 800, height });
    await expect.poll(() => panel.evaluate((dialog) => dialog.matches(":modal"))).toBe(height < 480);
    await page.keyboard.type(word);
  }
  expect(await composer.inputValue()).toBe("one two three");
  await page.context().close();
});

describe("who is elsewhere on the page", () => {
  test("goes on writing there while the page closes the panel", async () => {
    const visitor = await stage.visitor("en", BLANK);
    const { page } = visitor;
    await page.evaluate("document.body.insertAdjacentHTML('afterbegin', '<input id=own>')");
    await visitor.rings();
    const own = page.locator("#own");
    await own.click();
    await page.keyboard.type("one ");
    await page.evaluate("Deskbell.close()");
    await visitor.panel.waitFor({ state: "hidden" });
    await page.keyboard.type("two");
    expect(await own.inputValue()).toBe("one two");
    await page.context().close();
  });
});
