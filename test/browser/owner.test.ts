import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Agent } from "./agent.ts";
import { picture } from "./picture.ts";
import { openStage, type Stage } from "./stage.ts";
import type { Visitor } from "./visitor.ts";

/* What owners set about the widget, and what visitors then see. */

let stage: Stage;
let agent: Agent;
beforeAll(async () => {
  stage = await openStage();
  agent = await stage.agent();
}, 120_000);
afterAll(() => stage?.close());

const settings = (section: string) => agent.page.goto(`${stage.demo.server.url}/console/settings/${section}`);
const saves = async () => {
  // What says so may still stand there from the last time.
  const kept = agent.page.waitForResponse((answer) => answer.request().method() === "PATCH");
  await agent.page.getByRole("button", { name: agent.say.save, exact: true }).click();
  await kept;
  await agent.page.locator(".toast", { hasText: agent.say.saved }).first().waitFor();
};
/** The shop's page as if its tag said this. */
const tagSays = (visitor: Visitor, said: object) =>
  visitor.page.evaluate(
    ([site, said]) => {
      const { Deskbell } = window as unknown as { Deskbell: (verb: string, options?: object) => void };
      Deskbell("destroy");
      Deskbell("init", { site, ...said });
    },
    [stage.demo.siteKey, said] as const,
  );
/** Of a picture, once it has come. */
const widthOf = (img: HTMLImageElement) => img.decode().then(() => img.naturalWidth);
const turnsChinese = ({ page }: Visitor) =>
  page.evaluate(() =>
    (window as unknown as { Deskbell: (...call: string[]) => void }).Deskbell("setLocale", "zh-Hans"),
  );

test("an owner says sentences in their own words, sees them at once, and only that language's visitors read them", async () => {
  const { page, say } = agent;
  await settings("wording");
  await page.getByLabel(say.wordingLanguage).selectOption("zh-Hans");
  const field = (label: string) => page.getByRole("textbox", { name: label, exact: true });
  expect(await field("How can we help?").getAttribute("placeholder")).toBe("您好，请问有什么可以帮您？");
  await field("How can we help?").fill("欢迎光临，想问点什么？");
  const preview = page.frameLocator(`iframe[title="${say.previewTitle}"]`).locator("deskbell-widget");
  await preview.getByText("欢迎光临，想问点什么？").waitFor();
  await field("{name} joined").fill("有人来了");
  await agent.sees(say.wordingFault("blanks", "{name}", 0));
  expect(await page.getByRole("button", { name: say.save, exact: true }).isDisabled()).toBe(true);
  await field("{name} joined").fill("{name} 来为您服务");
  await picture(page, "owner-wording");
  await saves();

  const visitor = await stage.visitor("zh-Hans", "/");
  const asked: string[] = [];
  visitor.page.on("request", (request) => void asked.push(new URL(request.url()).pathname));
  await tagSays(visitor, { lang: "zh-Hans" });
  await visitor.rings();
  await visitor.sees("欢迎光临，想问点什么？");
  expect(asked.filter((path) => path === `/api/widget/${stage.demo.siteKey}`)).toHaveLength(1);
  const other = await stage.visitor("en", "/");
  await other.rings();
  await other.sees("How can we help?");
  // A page that changes its language hears the owner in that one.
  await turnsChinese(other);
  await other.widget.getByText("欢迎光临，想问点什么？").waitFor();
  // Also where what the owner says in the language of before is still on its way.
  const early = await stage.visitor("en", "/");
  let come = () => {};
  const held = new Promise<void>((free) => {
    come = free;
  });
  await early.page.route(/\/api\/widget\/[^/]+\?.*locale=en/, (route) => held.then(() => route.continue()));
  await early.rings();
  await early.sees("How can we help?");
  await turnsChinese(early);
  await early.widget.getByText("您好，请问有什么可以帮您？").waitFor();
  come();
  await early.widget.getByText("欢迎光临，想问点什么？").waitFor();

  await page.getByLabel(say.wordingSearch).fill("joined");
  await page.getByRole("button", { name: say.wordingReset("{name} 已接入") }).click();
  await saves();
  const { settings: kept } = await stage.demo.server.app.desk.sites.byPublicKey(stage.demo.siteKey);
  expect(kept.wording).toEqual({ "zh-Hans": { "home.greeting": "欢迎光临，想问点什么？" } });
});

test("what runs from right to left is written so, and each form of a number has a place", async () => {
  const { page, say } = agent;
  await settings("wording");
  await page.getByLabel(say.wordingLanguage).selectOption("ar");
  await page.getByLabel(say.wordingSearch).fill("unread messages");
  const lines = page.locator(".wording-line .field");
  // None stand there until the language has come, and all others until they are drawn without them.
  await expect.poll(() => lines.count()).toBe(3);
  expect(await lines.evaluateAll((all) => all.map((one) => getComputedStyle(one).direction))).not.toContain("ltr");
  await picture(page, "owner-wording-ar");
});

test("a text stands beside the bell at once, names it, and makes room when the panel opens", async () => {
  const { page, say } = agent;
  await settings("appearance");
  await page.getByText(say.bellText, { exact: true }).click();
  await page.getByLabel(say.bellTextIn("English")).fill("Ask us");
  await page.getByLabel(say.bellTextIn("Simplified Chinese")).fill("问我们");
  await page.getByRole("button", { name: "#b5532a" }).click();
  const preview = page.frameLocator(`iframe[title="${say.previewTitle}"]`).locator("deskbell-widget");
  await preview.locator(".launcher", { hasText: "Ask us" }).waitFor();
  await picture(page, "owner-bell-text");
  await saves();

  await settings("install");
  const snippet = page.locator(".snippet pre");
  await snippet.getByText("Ask us").waitFor();
  expect(await snippet.innerText()).toContain('data-color="#b5532a"');
  await page.getByLabel(say.pagesIn).selectOption("zh-Hans");
  await snippet.getByText("问我们").waitFor();
  await picture(page, "owner-install");

  const visitor = await stage.visitor("en", "/");
  await tagSays(visitor, { label: "Ask us", color: "#b5532a" });
  const { launcher } = visitor;
  expect(
    await launcher.evaluate((node: HTMLElement) => [
      node.innerText.trim(),
      node.ariaLabel,
      getComputedStyle(node).backgroundColor,
    ]),
  ).toEqual(["Ask us", "Ask us", "rgb(181, 83, 42)"]);
  const box = async () => (await launcher.boundingBox()) ?? { width: 0, height: 0 };
  const before = await box();
  expect(before.height).toBe(56);
  expect(before.width).toBeGreaterThan(90);
  await picture(visitor.page, "owner-bell-visitor");
  await visitor.rings();
  await expect.poll(async () => (await box()).width).toBe(56);
  await visitor.presses("close");
  await expect.poll(async () => (await box()).width).toBe(before.width);
  expect(await launcher.getAttribute("aria-label")).toBe("Ask us");
});

test("a tag that says no text has the owner's once the panel was opened, in the page's language", async () => {
  const visitor = await stage.visitor("zh-Hans", "/");
  await tagSays(visitor, { lang: "zh-Hans" });
  await visitor.rings();
  await visitor.presses("close");
  await expect.poll(() => visitor.launcher.evaluate((node: HTMLElement) => node.innerText.trim())).toBe("问我们");
});

test("the bell has its name in the page's language before anybody comes near", async () => {
  const visitor = await stage.visitor("en", "/");
  await tagSays(visitor, { lang: "fr", label: "" });
  // It comes when the page is idle, which it may not be for long on a busy machine.
  await expect.poll(() => visitor.launcher.getAttribute("aria-label"), { timeout: 45_000 }).toBe("Ouvrir l’aide");
  expect(await visitor.widget.locator("dialog").count()).toBe(0);
});

test("an agent adds a photo, visitors see it, and where the owner wants initials they see none", async () => {
  const { page, say } = agent;
  await settings("profile");
  const buffer = await sharp({ create: { width: 900, height: 600, channels: 3, background: "#b5532a" } })
    .jpeg()
    .toBuffer();
  await page.getByLabel(say.photoChoose).first().setInputFiles({ name: "me.jpg", mimeType: "image/jpeg", buffer });
  await page.locator(".toast", { hasText: say.saved }).first().waitFor();
  const own = page.locator(".photo .avatar img");
  expect(await own.evaluate(widthOf)).toBe(192);
  await picture(page, "owner-photo");

  // Their connection begins anew, with the photo.
  const there = async () => {
    const config = await page.request.get(`${stage.demo.server.url}/api/widget/${stage.demo.siteKey}`);
    return ((await config.json()) as { availability: { agents: { avatar?: string }[] } }).availability.agents[0]
      ?.avatar;
  };
  await expect.poll(there, { timeout: 15_000 }).toBeDefined();
  const faces = (visitor: Visitor) => visitor.panel.locator(".status .avatar img");
  const one = await stage.visitor("en", "/");
  await one.rings();
  expect(await faces(one).first().evaluate(widthOf)).toBe(192);
  await picture(one.page, "owner-photo-visitor");

  await settings("appearance");
  await page.getByText(say.facesOf.initials).click();
  await saves();
  const two = await stage.visitor("en", "/");
  const fetched: string[] = [];
  two.page.on("request", (request) => void fetched.push(new URL(request.url()).pathname));
  await two.rings();
  await two.panel.locator(".status .avatar").first().waitFor();
  await two.writes("Who are you?");
  await agent.page.goto(`${stage.demo.server.url}/console/inbox/open`);
  await agent.opens("Who are you?");
  await agent.answers("Mara, hello!");
  await two.bubble("Mara, hello!").waitFor();
  expect(await faces(two).count()).toBe(0);
  const head = two.panel.locator(".panel-title .avatar");
  await head.waitFor();
  expect(await head.locator("img:visible").count()).toBe(0);
  expect(fetched.filter((path) => path.startsWith("/files/"))).toEqual([]);

  await settings("profile");
  await page.getByRole("button", { name: say.photoRemove, exact: true }).click();
  await own.waitFor({ state: "detached" });
});

test("what a page tracks goes to the agents with the next message, and nowhere before", async () => {
  const visitor = await stage.visitor("en", "/");
  const sent: string[] = [];
  visitor.page.on("request", (request) => void sent.push(request.postData() ?? ""));
  await visitor.page.evaluate(() => {
    const { Deskbell } = window as unknown as { Deskbell: Record<string, (...call: unknown[]) => void> };
    for (let n = 1; n <= 12; n++) Deskbell.track?.(`Looked at ${n}`, { price: n, nested: { no: true } });
    Deskbell.track?.("Coupon refused", { code: "SPRING", total: 39.5, member: false });
  });
  expect(await visitor.page.evaluate(() => Object.keys(localStorage).length)).toBe(0);
  await visitor.rings();
  await visitor.writes("My coupon does not work");
  await visitor.sent("My coupon does not work");
  expect(sent.join()).not.toContain("Coupon refused");
  await visitor.writes("Hello?");

  const { page, say } = agent;
  await page.goto(`${stage.demo.server.url}/console/inbox/open`);
  await agent.opens("Hello?");
  const tracked = page.locator(".tracked li");
  await tracked.first().waitFor();
  expect(await tracked.count()).toBe(10);
  expect(await tracked.first().innerText()).toMatch(
    /Coupon refused[\s\S]*code: SPRING[\s\S]*total: 39.5[\s\S]*member: false/,
  );
  expect(await tracked.nth(1).innerText()).toMatch(/Looked at 12[\s\S]*price: 12$/);
  await page.getByText(say.trackedTitle).waitFor();
  await picture(page, "owner-tracked");
});

test("each platform has its own snippet, with the site's key, a copy button and its page", async () => {
  const { page, say } = agent;
  await settings("install");
  const tabs = page.getByRole("tab");
  await tabs.first().waitFor();
  for (const name of Object.values(say.platforms)) {
    await page.getByRole("tab", { name, exact: true }).click();
    const text = await page.locator(".snippet pre").innerText();
    if (name !== say.platforms.csp) expect(text, name).toContain(stage.demo.siteKey);
    expect(text, name).toContain(stage.demo.server.url);
    await page.locator(".snippet").getByRole("button").waitFor();
  }
  await page.getByRole("tab", { name: say.platforms.html, exact: true }).click();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => page.getByRole("tab", { selected: true }).innerText()).toBe(say.platforms.gtm);
  const guide = page.getByRole("link", { name: say.copyMore });
  const opened = await page.request.get((await guide.getAttribute("href")) ?? "");
  expect(opened.status()).toBe(200);
  expect(await opened.text()).toContain("Google Tag Manager");
});

test("the install page says that a policy blocks, and that the tag stands there twice", async () => {
  const visitor = await stage.visitor("en", "/");
  const { demo } = stage;
  await visitor.page.evaluate((deskbell) => {
    // As if the owner had forgotten the socket's address, and pasted the tag into a second template.
    const policy = document.createElement("meta");
    policy.httpEquiv = "Content-Security-Policy";
    policy.content = `connect-src 'self' ${deskbell}`;
    const tag = document.createElement("script");
    tag.src = `${deskbell}/widget.js`;
    document.head.append(policy, tag);
  }, demo.server.url);
  await visitor.rings();
  await visitor.writes("Can you hear me?");
  await visitor.sees("Can you hear me?");
  const { page, say } = agent;
  const host = new URL(demo.shop.url).host;
  await settings("install");
  await page.getByText(say.checkBlocked(host, "connect-src")).waitFor();
  await page.getByText(say.checkTwice(host, 2)).waitFor();
  await picture(page, "owner-checks");
});
