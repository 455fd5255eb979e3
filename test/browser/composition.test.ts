import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BLANK } from "./pages.ts";
import { openStage, type Stage } from "./stage.ts";
import type { Visitor } from "./visitor.ts";

/* Words that come by an input method: the keys that compose them are its own, not the widget's. */

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

/** The browser's own composition, as an input method drives it: letters that grow, then a word in their place. */
async function inputMethod({ page }: Visitor) {
  const browser = await page.context().newCDPSession(page);
  const press = (key: string) =>
    browser.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key, windowsVirtualKeyCode: 229 });
  return {
    async composes(letters: string) {
      for (let at = 1; at <= letters.length; at++) {
        const text = letters.slice(0, at);
        await press("Process");
        await browser.send("Input.imeSetComposition", { text, selectionStart: at, selectionEnd: at });
      }
    },
    press,
    confirms: (word: string) => browser.send("Input.insertText", { text: word }),
  };
}

/** Keys as browsers report them during a composition, and as Safari does right after it. */
function composingKeys(into: Locator, keys: string[]) {
  return into.evaluate((element, keys) => {
    for (const key of keys)
      for (const how of [{ isComposing: true }, { keyCode: 229 }])
        element.dispatchEvent(
          new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true, ...how }),
        );
  }, keys);
}

const KEYS = ["Enter", "Escape", "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight"];

describe("a word that is being composed", () => {
  test("is searched for and sent only once it is a word, on Home and in a chat", async () => {
    const visitor = await stage.visitor("zh-Hans", "/zh/");
    const { page, composer, panel } = visitor;
    const asked: string[] = [];
    page.on("request", (request) => {
      const q = new URL(request.url()).searchParams.get("q");
      if (q) asked.push(q);
    });
    await visitor.rings();
    const method = await inputMethod(visitor);
    await composer.click();
    await method.composes("tuikuan");
    expect(await composer.inputValue()).toBe("tuikuan");
    await method.press("Enter");
    await method.press("Escape");
    await method.press("ArrowDown");
    expect(await composer.inputValue()).toBe("tuikuan");
    expect(await panel.isVisible()).toBe(true);
    await method.confirms("退款");
    await expect.poll(() => asked).toEqual(["退款"]);
    await composer.press("Enter");
    await visitor.sent("退款");

    await composer.click();
    await method.composes("xiexie");
    await method.press("Enter");
    await method.confirms("谢谢");
    expect(await composer.inputValue()).toBe("谢谢");
    expect(await panel.locator(".msg").count()).toBe(1);
    await composer.press("Enter");
    await visitor.bubble("谢谢").waitFor();
    await page.context().close();
  });

  test("keeps its keys from the panel, the menu, the emoji and the rating", async () => {
    const visitor = await stage.visitor("en", BLANK);
    const { page, composer, panel, say } = visitor;
    await visitor.rings();
    await composer.fill("Is there a discount for schools?");
    await composingKeys(composer, KEYS);
    expect(await panel.isVisible()).toBe(true);
    expect(await composer.inputValue()).toBe("Is there a discount for schools?");
    await visitor.sendsToAPerson();
    await visitor.sent("discount");

    await visitor.presses("composer.emoji");
    const emoji = panel.locator(".emoji-grid button").first();
    await emoji.waitFor();
    await composingKeys(emoji, KEYS);
    expect(await emoji.evaluate((first) => first.matches(":focus"))).toBe(true);
    await page.keyboard.press("Escape");

    await visitor.presses("menu");
    const solved = panel.getByRole("menuitem", { name: say("chat.solved") });
    await solved.waitFor();
    await composingKeys(solved, KEYS);
    expect(await solved.evaluate((item) => item.matches(":focus"))).toBe(true);
    await solved.click();

    const radios = panel.getByRole("radio");
    await radios.first().waitFor();
    await composingKeys(radios.first(), KEYS);
    expect(await panel.getByRole("radio", { checked: true }).count()).toBe(0);
    expect(await panel.isVisible()).toBe(true);
    await page.context().close();
  });
});
