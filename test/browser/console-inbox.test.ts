import type { Page } from "playwright-core";
import { v7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStage, type Stage } from "./stage.ts";

/* An inbox in which many wait: nobody loses their place in it. */

const MANY = 120;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ DESKBELL_LIMITS: "off" });
  for (let n = 0; n < MANY; n++) await rings(`Question ${n}`);
}, 120_000);
afterAll(() => stage?.close());

/** Somebody new writes, without a browser. */
async function rings(...texts: string[]) {
  const call = async (path: string, body: object, token?: string) => {
    const headers = { "content-type": "application/json", origin: stage.demo.shop.url };
    const answer = await fetch(`${stage.demo.server.url}/api/widget/${stage.demo.siteKey}${path}`, {
      method: "POST",
      headers: { ...headers, ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
    return answer.json();
  };
  const { token } = await call("/visitors", {});
  const conversation = v7();
  for (const text of texts) {
    const reply = await call("/commands", { type: "post", conversation, id: v7(), text, locale: "en" }, token);
    expect(reply, JSON.stringify(reply)).toMatchObject({ ok: true });
  }
}

const rows = (page: Page) => page.locator(".conv").count();
const top = (page: Page) => page.locator(".convs").evaluate((list) => list.scrollTop);
const scrolls = (page: Page, to: number) => page.locator(".convs").evaluate((list, to) => list.scrollTo(0, to), to);

test("the list goes on as one scrolls, and stands where it was left", async () => {
  const { page, say } = await stage.agent();
  while ((await rows(page)) < MANY) {
    const before = await rows(page);
    await scrolls(page, 100_000);
    await expect.poll(() => rows(page)).toBeGreaterThan(before);
  }
  await scrolls(page, 3_000);
  await page.getByRole("link", { name: say.knowledge }).click();
  await page.locator(".convs").waitFor({ state: "detached" });
  await page.getByRole("link", { name: say.inbox }).click();
  await expect.poll(() => top(page)).toBe(3_000);
  await page.getByRole("button", { name: new RegExp(`^${say.tabs.mine}`) }).click();
  await page.getByRole("button", { name: new RegExp(`^${say.tabs.waiting}`) }).click();
  await expect.poll(() => top(page)).toBe(3_000);
  expect(await rows(page)).toBeGreaterThanOrEqual(MANY);
  await page.context().close();
});

test("only what is longer than the screen scrolls in it, and never the console itself", async () => {
  const { page, opens } = await stage.agent();
  const beyond = () => page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
  expect(await beyond()).toBe(0);
  await opens("Question");
  expect(await beyond()).toBe(0);
  await page.context().close();
});

test("a thread stands where its reader left it, and goes on from there to its end", async () => {
  await rings(...Array.from({ length: 40 }, (_, n) => `A long story, part ${n}`));
  const agent = await stage.agent();
  const { page, say, thread } = agent;
  await page.getByRole("button", { name: new RegExp(`^${say.tabs.unassigned}`) }).click();
  const scroller = thread.locator(".scroller");
  const at = () => scroller.evaluate((box) => box.scrollTop);
  await agent.opens("A long story");
  const end = await at();
  expect(end).toBeGreaterThan(400);
  await scroller.evaluate((box) => box.scrollTo(0, 200));
  await thread.locator(".pill").waitFor();
  await agent.opens("Question");
  await thread.getByText("A long story").first().waitFor({ state: "detached" });
  await agent.opens("A long story");
  await expect.poll(at).toBe(200);
  await thread.locator(".pill").click();
  await agent.answers("The end.");
  await thread.getByText("The end.").waitFor();
  await expect.poll(at).toBeGreaterThan(end);
  await page.context().close();
});

test("who is away is away for visitors, in all their pages, until they come back", async () => {
  const { page, say } = await stage.agent();
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.locator(".conv").first().waitFor();
  const state = async () => {
    const answer = await fetch(`${stage.demo.server.url}/api/widget/${stage.demo.siteKey}`, {
      headers: { origin: stage.demo.shop.url },
    });
    return (await answer.json()).availability.state;
  };
  await expect.poll(state).toBe("online");
  await page.locator(".rail-face").click();
  await page.getByText(say.presences.away, { exact: true }).click();
  await expect.poll(state).toBe("away");
  await other.reload();
  await other.getByRole("button", { name: say.comeBack }).waitFor();
  expect(await state()).toBe("away");
  await other.getByRole("button", { name: say.comeBack }).click();
  await expect.poll(state).toBe("online");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: say.comeBack }).waitFor({ state: "hidden" });
  await page.context().close();
});

test("who looks elsewhere is called once, by one of two tabs, and led to who waits", async () => {
  const { page, say } = await stage.agent();
  const context = page.context();
  await context.addInitScript(() => {
    const called: Called = { notices: [], rings: 0 };
    const { resume } = AudioContext.prototype;
    AudioContext.prototype.resume = function () {
      called.rings += 1;
      return resume.call(this);
    };
    function Notice(title: string, { body = "" }: NotificationOptions) {
      const close = () => {
        notice.open = false;
      };
      const notice = { title, body, open: true, close };
      called.notices.push(notice);
      return notice;
    }
    const allowed = { permission: "granted", requestPermission: async () => "granted" };
    Object.assign(window, { called, Notification: Object.assign(Notice, allowed) });
    // Both tabs lie behind another window.
    document.hasFocus = () => false;
  });
  await page.goto(`${stage.demo.server.url}/console/settings/profile`);
  await page.getByLabel(say.notices).check();
  const other = await context.newPage();
  await other.goto(`${stage.demo.server.url}/console`);
  await other.locator(".conv").first().waitFor();
  // A page that nobody ever touched may not ring.
  for (const one of [page, other]) await one.mouse.click(2, 2);
  const told = async () => {
    const all = await Promise.all(
      [page, other].map((one) => one.evaluate(() => (window as unknown as { called: Called }).called)),
    );
    return {
      notices: all.flatMap(({ notices }) => notices.map(({ title, body, open }) => ({ title, body, open }))),
      rings: all.reduce((sum, { rings }) => sum + rings, 0),
    };
  };
  const before = (await told()).rings;
  const question = "Is there a person here?";
  await rings(question);
  const notice = { title: say.visitor, body: question, open: true };
  await expect.poll(told).toEqual({ notices: [notice], rings: before + 1 });
  const led = await Promise.all(
    [page, other].map((one) =>
      one.evaluate(() => {
        const [notice] = (window as unknown as { called: Called }).called.notices;
        notice?.onclick?.();
        return notice !== undefined;
      }),
    ),
  );
  await (led[0] ? page : other).locator(".thread", { hasText: question }).waitFor();
  expect(await told()).toEqual({ notices: [{ ...notice, open: false }], rings: before + 1 });
  await context.close();
});

interface Called {
  notices: { title: string; body: string; open: boolean; onclick?: () => void }[];
  rings: number;
}
