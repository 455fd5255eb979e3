import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { AgentActor } from "../../server/desk/actors.ts";
import type { Site, SiteSettings } from "../../server/desk/sites/sites.ts";
import { openPostbox, type Postbox } from "../support/postbox.ts";
import type { Agent } from "./agent.ts";
import { picture } from "./picture.ts";
import { openStage, type Stage } from "./stage.ts";
import { createVisitor, type Language, type Visitor } from "./visitor.ts";

const MINUTE_MS = 60_000;
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

let box: Postbox;
let stage: Stage;
let agent: Agent;
let owner: AgentActor;
let site: Site;

beforeAll(async () => {
  box = await openPostbox();
  stage = await openStage({ SMTP_URL: `${box.url}?from=help@shop.example` });
  const { desk } = stage.demo.server.app;
  site = await desk.sites.byPublicKey(stage.demo.siteKey);
  owner = (await desk.agents.ofSite(site.key)).find(({ role }) => role === "owner") as AgentActor;
  agent = await stage.agent();
}, 120_000);
afterAll(async () => {
  await stage?.close();
  await box?.close();
});
// Always open, and nobody before them who still stands in line.
beforeEach(async () => {
  await settle({ hours: null });
  await minutesPass(60);
});

const settle = (settings: Partial<SiteSettings>) => stage.demo.server.app.desk.sites.change(owner, site.id, settings);

/** Somebody who has written and waits. */
async function waits(text: string, language: Language = "en", options = {}): Promise<Visitor> {
  const visitor = await stage.visitor(language, language === "en" ? "/contact" : "/zh/", options);
  await visitor.rings();
  await visitor.composer.fill(text);
  await visitor.sendsToAPerson();
  await visitor.sent(text);
  return visitor;
}

/** Everybody who waits has done so for longer than they have. */
async function minutesPass(minutes: number) {
  const { store, attendance } = stage.demo.server.app.desk;
  const sql = "update conversation set waiting_since = waiting_since - ? where waiting_since is not null";
  await store.write(async (db) => void (await db.plain.run(sql, minutes * MINUTE_MS)));
  await attendance.refresh();
}

/** Counts, from the next page on, how often a tab rings. */
const countRings = ({ page }: Visitor) =>
  page.context().addInitScript(() => {
    const counted = window as unknown as { rang: number };
    counted.rang = 0;
    const { resume } = AudioContext.prototype;
    AudioContext.prototype.resume = function () {
      counted.rang += 1;
      return resume.call(this);
    };
  });
const rings = (page: Page) => page.evaluate(() => (window as unknown as { rang: number }).rang);

const leaves = (visitor: Visitor) => visitor.page.context().close();
const shot = (visitor: Visitor, name: string) => picture(visitor.page, `courtesies-${name}`);

/** Two hours in which it is not open now, tomorrow. */
function closedNow(): NonNullable<SiteSettings["hours"]> {
  // Tomorrow in London is today in Tokyo, late in the evening.
  const later = WEEKDAYS[(new Date().getUTCDay() + 2) % 7] ?? "mon";
  return { zone: "UTC", week: { [later]: [{ from: "09:00", to: "17:00" }] } };
}

describe("who waits for a person", () => {
  test("sees their place, moves up as others are answered, and may leave a message instead", async () => {
    const first = await waits("Does the starter kit come with a cable?");
    const second = await waits("My parcel has not moved for a week.");
    await second.sees(second.say("queue.ahead"));
    await second.sees(second.say("queue.one"));
    await shot(second, "queue");
    await agent.opens("Does the starter kit come with a cable?");
    await agent.answers("It does.");
    await second.sees(second.say("queue.next"));
    await first.bubble("It does.").waitFor();
    expect(await first.panel.getByText(first.say("queue.ahead")).count()).toBe(0);

    await second.presses("queue.leave");
    await second.panel.getByRole("textbox", { name: second.say("form.email") }).fill("nonsense");
    await second.presses("form.save");
    await second.sees(second.say("form.emailBad"));
    await second.panel.getByRole("textbox", { name: second.say("form.email") }).fill("paul@example.com");
    await second.presses("form.save");
    await second.sees(second.say("away.noted"));
    await agent.opens("My parcel has not moved for a week.");
    await agent.sees("paul@example.com");
    await agent.answers("It left the depot this morning.");
    await Promise.all([first, second].map(leaves));
  });

  test("is told in time that everyone is busy, and nothing is lost", async () => {
    const text = "Where is the nearest repair shop?";
    const visitor = await waits(text);
    await minutesPass(6);
    await visitor.sees(visitor.say("queue.busy"));
    await shot(visitor, "busy");
    await minutesPass(20);
    await visitor.sees(visitor.say("queue.ending"));
    await minutesPass(5);
    await visitor.panel.getByText(visitor.say("queue.ahead")).waitFor({ state: "detached" });
    await visitor.sees(visitor.say("queue.busy"));
    await visitor.sees(visitor.say("away.ask"));
    await shot(visitor, "ended");
    await agent.opens(text);
    await agent.answers("There is one in your town.");
    await visitor.bubble("There is one in your town.").waitFor();
    await leaves(visitor);
  });
});

describe("after hours", () => {
  test("a visitor sees when the team is back by their own clock, and is asked for an address with its reason", async () => {
    await settle({ hours: closedNow() });
    const visitor = await stage.visitor("en", "/contact", { timezoneId: "Asia/Tokyo" });
    await visitor.rings();
    await visitor.sees(/^Back (tomorrow|\w+day).*6:00 PM$/);
    await visitor.sees(/6:00.PM – 2:00.AM/);
    await visitor.sees(visitor.say("away.body"));
    await shot(visitor, "away");
    await visitor.composer.fill("Can I still change my order?");
    await visitor.sendsToAPerson();
    await visitor.sees(visitor.say("away.ask"));
    await visitor.sees(visitor.say("form.emailWhy"));
    await shot(visitor, "away-email");
    await settle({ hours: null });
    await visitor.sees(visitor.say("queue.ahead"));
    await agent.opens("Can I still change my order?");
    await agent.answers("You can, until it is packed.");
    await visitor.bubble("until it is packed").waitFor();
    await leaves(visitor);
  });
});

describe("a conversation by mail", () => {
  test("goes to an address that the visitor read a code at", async () => {
    const visitor = await waits("Please send me the invoice for 10021.");
    const before = (await box.until(0, "vera@example.com")).length;
    await visitor.presses("menu");
    await visitor.panel.getByRole("menuitem", { name: visitor.say("transcript") }).click();
    await visitor.panel.getByRole("textbox", { name: visitor.say("form.email") }).fill("vera@example.com");
    await shot(visitor, "transcript");
    await visitor.presses("transcript.ask");
    const code = /^\d{6}$/m.exec((await box.until(before + 1, "vera@example.com"))[before]?.text ?? "")?.[0] ?? "";
    const field = visitor.panel.getByRole("textbox", { name: visitor.say("transcript.code") });
    await field.fill(code === "123456" ? "654321" : "123456");
    await visitor.presses("transcript.confirm");
    await visitor.sees(visitor.say("transcript.codeBad"));
    await field.fill(code);
    await visitor.presses("transcript.confirm");
    await visitor.sees(visitor.say("transcript.sent").replace("{email}", "vera@example.com"));
    const letter = (await box.until(before + 2, "vera@example.com"))[before + 1];
    expect(letter?.text).toContain("Please send me the invoice for 10021.");
    expect(letter?.headers.get("from")).toContain("help@shop.example");
    await leaves(visitor);
  });
});

describe("small things", () => {
  test("an emoji goes where the cursor stands, by keyboard too, and the text is sent with it", async () => {
    const visitor = await waits("The blue one arrived");
    await visitor.composer.fill("Thanks!");
    await visitor.composer.press("Home");
    await visitor.presses("composer.emoji");
    const grid = visitor.panel.getByRole("dialog", { name: visitor.say("composer.emoji") });
    await grid.waitFor();
    await shot(visitor, "emoji");
    await visitor.page.keyboard.press("ArrowRight");
    await visitor.page.keyboard.press("Enter");
    expect(await visitor.composer.inputValue()).toBe("😃Thanks!");
    await visitor.presses("composer.emoji");
    // What was taken last stands first.
    expect(await grid.getByRole("button").first().textContent()).toBe("😃");
    await visitor.page.keyboard.press("Escape");
    await grid.waitFor({ state: "detached" });
    expect(await visitor.panel.isVisible()).toBe(true);
    await visitor.composer.press("Enter");
    await visitor.bubble("😃Thanks!").waitFor();
    await leaves(visitor);
  });

  test("an answer rings while nobody looks, unless the visitor wants it quiet; the title and the launcher count it", async () => {
    const text = "Which cable do I need?";
    const visitor = await stage.visitor("en", "/contact");
    await countRings(visitor);
    await visitor.page.reload();
    await visitor.rings();
    await visitor.composer.fill(text);
    await visitor.sendsToAPerson();
    await visitor.sent(text);
    const rang = () => rings(visitor.page);
    await visitor.panel.getByRole("button", { name: visitor.say("close") }).click();
    await agent.opens(text);
    await agent.answers("USB-C.");
    await expect.poll(rang).toBe(1);
    await expect.poll(() => visitor.page.title()).toMatch(/^\(1\) /);
    // The page goes elsewhere without loading anew, and calls itself something else.
    await visitor.page.evaluate(() => {
      document.title = "Another page";
      document.dispatchEvent(new Event("visibilitychange"));
    });
    expect(await visitor.page.title()).toBe("(1) Another page");
    await expect.poll(() => visitor.launcher.getAttribute("aria-label")).toContain(visitor.say("launcher.unreadOne"));

    await visitor.rings();
    await visitor.bubble("USB-C.").waitFor();
    await expect.poll(() => visitor.page.title()).not.toMatch(/^\(/);
    await visitor.presses("menu");
    const bell = visitor.panel.getByRole("menuitemcheckbox", { name: visitor.say("sound") });
    expect(await bell.getAttribute("aria-checked")).toBe("true");
    await shot(visitor, "menu");
    await bell.click();
    expect(await bell.getAttribute("aria-checked")).toBe("false");
    await visitor.page.keyboard.press("Escape");
    await visitor.panel.getByRole("button", { name: visitor.say("close") }).click();
    await agent.answers("Any of ours fits.");
    await expect.poll(() => visitor.page.title()).toMatch(/^\(1\) /);
    expect(await rang()).toBe(1);
    await leaves(visitor);
  });

  test("of two tabs one rings", async () => {
    const visitor = await stage.visitor("en", "/contact");
    await countRings(visitor);
    await visitor.page.reload();
    await visitor.rings();
    await visitor.composer.fill("Is it waterproof?");
    await visitor.sendsToAPerson();
    await visitor.sent("Is it waterproof?");
    await visitor.presses("close");
    const other = createVisitor(await visitor.page.context().newPage(), "en", stage.demo.shop.url);
    await other.goes("/contact");
    await other.rings();
    await other.page.locator(".resume").click();
    await other.bubble("Is it waterproof?").waitFor();
    await other.presses("close");
    await agent.opens("Is it waterproof?");
    await agent.answers("Up to a metre.");
    for (const { page } of [visitor, other]) await expect.poll(() => page.title()).toMatch(/^\(1\) /);
    const all = async () => (await rings(visitor.page)) + (await rings(other.page));
    await expect.poll(all).toBe(1);
    await other.page.waitForTimeout(500);
    expect(await all()).toBe(1);
    await leaves(visitor);
  });

  test("who looks at a previous conversation hears of an answer in the one under way, and comes back to it", async () => {
    const visitor = await waits("Which glue holds the case?");
    const { panel, say } = visitor;
    await visitor.presses("menu");
    await panel.getByRole("menuitem", { name: say("chat.solved") }).click();
    await visitor.presses("rate.skip");
    await visitor.presses("back");
    await visitor.composer.fill("And which screws?");
    await visitor.sendsToAPerson();
    await visitor.sent("And which screws?");
    await visitor.presses("menu");
    await panel.getByRole("menuitem", { name: say("chat.previous") }).click();
    await panel.locator(".row", { hasText: "Which glue" }).click();
    await visitor.bubble("Which glue").waitFor();
    // The way back leads to the list, and from there to the beginning.
    await visitor.presses("back");
    await panel.locator(".row", { hasText: "And which screws" }).waitFor();
    await panel.locator(".row", { hasText: "Which glue" }).click();
    await visitor.bubble("Which glue").waitFor();
    await visitor.presses("close");
    await agent.opens("And which screws?");
    await agent.answers("M3, 10 mm.");
    await expect.poll(() => visitor.page.title()).toMatch(/^\(1\) /);
    await visitor.rings();
    await visitor.bubble("M3, 10 mm.").waitFor();
    await expect.poll(() => visitor.page.title()).not.toMatch(/^\(/);
    await leaves(visitor);
  });

  test("“My problem is solved” ends it, and asks for the rating alone", async () => {
    const visitor = await waits("Never mind, I found the manual.");
    await visitor.presses("menu");
    await visitor.panel.getByRole("menuitem", { name: visitor.say("chat.solved") }).click();
    await visitor.sees(visitor.say("event.solved"));
    await visitor.sees(visitor.say("rate.ask"));
    expect(await visitor.panel.getByText(visitor.say("resolved.ask")).count()).toBe(0);
    await leaves(visitor);
  });

  test("in Chinese, on a phone, in the dark, it is all there", async () => {
    await waits("前面的一位").then(leaves);
    const phone = {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
      colorScheme: "dark" as const,
    };
    const visitor = await waits("开发板连不上无线网", "zh-Hans", phone);
    await visitor.sees(visitor.say("queue.ahead"));
    await shot(visitor, "queue-phone");
    // Phones have an emoji keyboard of their own.
    expect(await visitor.panel.getByRole("button", { name: visitor.say("composer.emoji") }).count()).toBe(0);
    await settle({ hours: closedNow() });
    await visitor.sees(visitor.say("away.ask"));
    await shot(visitor, "away-phone");
    await leaves(visitor);
  });
});
