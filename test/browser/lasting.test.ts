import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

describe("what a visitor wrote lasts", () => {
  test("D15 a draft survives a reload and the way to another page", async () => {
    const visitor = await stage.visitor("en", "/products");
    await visitor.rings();
    await visitor.types("I was about to ask wheth");
    await visitor.page.reload();
    await visitor.rings();
    expect(await visitor.composer.inputValue()).toBe("I was about to ask wheth");
    await visitor.goes("/delivery");
    await visitor.rings();
    expect(await visitor.composer.inputValue()).toBe("I was about to ask wheth");
    await visitor.page.context().close();
  });

  test("D15 what is sent without a connection waits, survives a reload, and arrives once and in order", async () => {
    const visitor = await stage.visitor("en", "/orders");
    const { page } = visitor;
    const context = page.context();
    let blocked = false;
    await context.route(/\/socket\.io\//, (route) => (blocked ? route.abort() : route.continue()));
    await context.routeWebSocket(/\/socket\.io\//, (socket) => {
      if (blocked) void socket.close();
      else socket.connectToServer();
    });
    await page.reload();
    await visitor.rings();
    await visitor.composer.fill("First, while the line was up");
    await visitor.sendsToAPerson();
    await visitor.sent("First, while");

    await context.setOffline(true);
    await visitor.sees(visitor.say("conn.offline"));
    await visitor.writes("Second, in the tunnel");
    await visitor.writes("Third, still in the tunnel");
    await visitor.bubble("Third, still").getByText(visitor.say("msg.waiting")).waitFor();

    // Another page, while Deskbell cannot be reached yet: what was written is still there, and still waits.
    blocked = true;
    await context.setOffline(false);
    await visitor.goes("/delivery");
    await visitor.rings();
    await visitor.page.locator(".resume").getByText("Third, still").click();
    await visitor.bubble("Third, still").waitFor();
    expect(await visitor.bubble("Third, still").getByText(visitor.say("msg.sent")).count()).toBe(0);

    blocked = false;
    await visitor.sent("Third, still");
    const agent = await stage.agent();
    await agent.opens("Third, still in the tunnel");
    await agent.sees("First, while the line was up");
    const texts = await agent.page.locator("main .bubble").allTextContents();
    expect(texts.map((text) => text.split(",")[0])).toEqual(["First", "Second", "Third"]);
    await agent.page.context().close();
    await context.close();
  });

  test("the conversation is there again after a reload, with the badge for what came meanwhile", async () => {
    const visitor = await stage.visitor("en", "/contact");
    await visitor.rings();
    await visitor.composer.fill("Are you open on Saturday?");
    await visitor.sendsToAPerson();
    await visitor.sent("Are you open");
    await visitor.page.keyboard.press("Escape");
    await visitor.panel.waitFor({ state: "hidden" });

    const agent = await stage.agent();
    await agent.opens("Are you open on Saturday?");
    await agent.answers("From ten to six, yes.");
    await visitor.page.reload();
    await visitor.widget.getByRole("button", { name: visitor.say("launcher.unreadOne") }).waitFor();
    await visitor.rings();
    await visitor.sees("From ten to six, yes.");
    await agent.page.context().close();
    await visitor.page.context().close();
  });

  test("typing shows on the other side and never leaves the page as text", async () => {
    const visitor = await stage.visitor("en", "/contact");
    const frames: string[] = [];
    visitor.page.on("websocket", (socket) => {
      socket.on("framesent", ({ payload }) => void frames.push(String(payload)));
    });
    await visitor.rings();
    await visitor.composer.fill("One question about shields");
    await visitor.sendsToAPerson();
    await visitor.sent("One question");
    const agent = await stage.agent();
    await agent.opens("One question about shields");
    await visitor.types("secret unsent words");
    await agent.page.getByRole("img", { name: agent.say.typing("Visitor") }).waitFor();
    expect(frames.join("\n")).toContain("typing");
    expect(frames.join("\n")).not.toContain("secret");
    await agent.answers("Go ahead.");
    await visitor.sees("Go ahead.");
    await agent.page.context().close();
    await visitor.page.context().close();
  });
});
