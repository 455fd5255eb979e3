import type { Locator } from "playwright-core";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ConversationId, EventId } from "../../protocol/index.ts";
import type { AgentActor } from "../../server/desk/actors.ts";
import { NEWEST } from "../../server/desk/conversations/reading.ts";
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
  await visitor.sent(question);
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

describe("the focus is not lost in a conversation", () => {
  test("with an article that is put away, and with the news below, which it follows", async () => {
    const visitor = await stage.visitor("en", "/contact");
    const { page, panel, say } = visitor;
    // Sure of one that they have not been shown; what is offered when is another test's.
    const article = { id: v7(), slug: "cases", title: "Cases", excerpt: "", locale: "en", score: 1 };
    const headers = { "access-control-allow-origin": "*" };
    await page.route(/\/suggest\?.*limit=3/, (route) => route.fulfill({ headers, json: { suggestions: [article] } }));
    await visitor.rings();
    await asks(visitor, "Is there a case for it?");
    const away = panel.getByRole("button", { name: say("offer.away") });
    await away.waitFor();
    await presses(away);
    await away.waitFor({ state: "detached" });
    expect(await focused(visitor)).toBe(say("chat.label"));

    await agent.opens("Is there a case for it?");
    for (let line = 1; line <= 12; line++) await visitor.writes(`And for number ${line}?`);
    await visitor.sent("And for number 12?");
    const thread = panel.locator(".panel-body");
    await thread.evaluate((body) => body.scrollTo(0, 0));
    await agent.answers("For each of them.");
    const news = button(visitor, "msg.new");
    await news.waitFor();
    await presses(news);
    await news.waitFor({ state: "detached" });
    expect(await focused(visitor)).toBe(say("chat.label"));
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "hidden" });
    await page.context().close();
  });

  test("with the way to older messages", async () => {
    const visitor = await stage.visitor("en", BLANK);
    const { page, panel, say } = visitor;
    await visitor.rings();
    await asks(visitor, "Message 0.");
    await agent.opens("Message 0.");
    await agent.thread.locator("h1", { hasText: "Message 0." }).waitFor();
    const conversation = agent.page.url().split("/").at(-1) as ConversationId;
    const { desk } = stage.demo.server.app;
    const site = await desk.sites.byPublicKey(stage.demo.siteKey);
    const owner = (await desk.agents.ofSite(site.key)).find(({ role }) => role === "owner") as AgentActor;
    for (let n = 1; n <= NEWEST; n++)
      await desk.asAgent.execute(owner, {
        type: "post",
        conversation,
        id: v7() as EventId,
        seen: n,
        text: `Answer ${n}.`,
      });
    await page.reload();
    await visitor.rings();
    await panel.locator(".resume").click();
    const older = button(visitor, "chat.older");
    await older.waitFor();
    await presses(older);
    await panel.getByText("Message 0.", { exact: true }).waitFor();
    await older.waitFor({ state: "detached" });
    await expect.poll(() => focused(visitor)).toBe(say("chat.label"));
    await page.context().close();
  });

  test("with another try: of what did not come, and of what was not sent", async () => {
    const visitor = await stage.visitor("en", BLANK);
    const { page, composer, panel, say } = visitor;
    const name = () => composer.getAttribute("aria-label");
    let shut = true;
    await page.route(/\/suggest\?/, (route) => (shut ? route.abort() : route.continue()));
    await page.routeWebSocket(/\/socket\.io\//, (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((packet) => {
        const asked = /^42(\/\w+,\d+)\["command",\{"type":"post"/.exec(String(packet))?.[1];
        const fault = { code: "unavailable", message: "Try again", retry: "after", afterMs: 300 };
        if (shut && asked) socket.send(`43${asked}${JSON.stringify([{ ok: false, fault }])}`);
        else server.send(packet);
      });
    });
    await visitor.rings();
    await visitor.sees(say("suggest.failed"));
    shut = false;
    await presses(button(visitor, "retry"));
    await panel.getByText(say("suggest.failed")).waitFor({ state: "detached" });
    expect(await focused(visitor)).toBe(await name());

    shut = true;
    await visitor.writes("Does it go?");
    const again = panel.getByRole("button", { name: say("msg.failed") });
    await again.waitFor();
    await presses(again);
    shut = false;
    await again.waitFor({ state: "detached" });
    expect(await focused(visitor)).toBe(await name());
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
