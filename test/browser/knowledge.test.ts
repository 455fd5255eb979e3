import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { knowledgeEn as say } from "../../console/sentences/knowledge-en.ts";
import { photo } from "../support/pictures.ts";
import type { Agent } from "./agent.ts";
import { openStage, type Stage } from "./stage.ts";

/* Agents who write, translate, arrange and answer once, and the readers who get it. */

interface Article {
  id: string;
  group: string;
  url: string;
}

let stage: Stage;
let site: string;
let agent: Agent;
beforeAll(async () => {
  stage = await openStage();
  agent = await stage.agent();
  const { items } = await call<{ items: { id: string }[] }>(agent.page, "GET", "/api/sites");
  site = items[0]?.id ?? "";
}, 120_000);
afterAll(() => stage?.close());

async function call<T>(page: Page, method: string, path: string, data?: object): Promise<T> {
  const origin = stage.demo.server.url;
  const answer = await page.request.fetch(origin + path, { method, headers: { origin }, ...(data && { data }) });
  const text = await answer.text();
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${text}`);
  return (text ? JSON.parse(text) : {}) as T;
}

const publish = (input: object) =>
  call<Article>(agent.page, "POST", `/api/sites/${site}/articles`, {
    locale: "en",
    state: "published",
    ...input,
  });

/** Opens an article in the editor. */
async function edit({ page }: { page: Page }, id: string) {
  await page.goto(`${stage.demo.server.url}/console/knowledge/${id}`);
  const field = page.getByRole("textbox", { name: "Text, in Markdown" });
  await field.waitFor();
  return field;
}

const reads = async (url: string) => (await agent.page.request.get(url)).text();

describe("an unsaved edit", () => {
  test("survives a crash and another computer, and readers see nothing of it before it is published", async () => {
    const { id, url } = await publish({ title: "Loan boards", body: "We lend boards for 30 days." });
    const crashing = await stage.agent();
    const field = await edit(crashing, id);
    await field.fill("We lend boards for 14 days.");
    await crashing.page.getByText(/^Saved as a draft/).waitFor();
    await crashing.page.context().close();

    const elsewhere = await stage.agent();
    const again = await edit(elsewhere, id);
    await elsewhere.page.getByText(/put back/).waitFor();
    expect(await again.inputValue()).toBe("We lend boards for 14 days.");
    expect(await reads(url)).toContain("We lend boards for 30 days.");
    await elsewhere.page.getByRole("button", { name: "Publish changes" }).click();
    await elsewhere.page.getByText(/^Saved \d/).waitFor();
    await expect.poll(() => reads(url)).toContain("We lend boards for 14 days.");
    await elsewhere.page.context().close();
  });

  test("is not lost to a colleague's, nor the colleague's to it: one is chosen with both in view", async () => {
    const { id, url } = await publish({ title: "Swap a sensor", body: "Bring it to the desk." });
    const password = "a-long-password-1";
    const email = `noor-${id}@finch-and-ohm.example`;
    await call(agent.page, "POST", "/api/agents", {
      email,
      name: "Noor Haddad",
      role: "agent",
      password,
      sites: [site],
    });
    const context = await stage.browser.newContext({ locale: "en-GB", reducedMotion: "reduce" });
    const noor = { page: await context.newPage() };
    await call(noor.page, "POST", "/api/session", { email, password });

    const mine = await edit(agent, id);
    await mine.fill("Bring it to the desk, with the receipt.");
    await agent.page.getByText(/^Saved as a draft/).waitFor();
    const hers = await edit(noor, id);
    await noor.page.getByText(/has begun to edit this as well/).waitFor();
    await hers.fill("Send it by post.");
    await noor.page.getByRole("button", { name: "Publish changes" }).click();
    await noor.page.getByText(/^Saved \d/).waitFor();

    await agent.page.getByRole("button", { name: "Publish changes" }).click();
    await agent.page.getByText(/Noor Haddad saved this article after you began/).waitFor();
    const differences = agent.page.getByRole("region", { name: say.differences });
    await differences.locator("del", { hasText: "post" }).waitFor();
    expect(await reads(url)).toContain("Send it by post.");
    await agent.page.getByRole("button", { name: say.keepMine }).click();
    await agent.page.getByRole("button", { name: "Publish changes" }).click();
    await expect.poll(() => reads(url)).toContain("with the receipt");
    await context.close();
  });
});

describe("a translation", () => {
  test("that is behind is found, shown against what changed, and ticked off or written anew", async () => {
    const { id, group } = await publish({ title: "Opening hours", body: "Open from 9 to 17." });
    const chinese = await publish({ title: "营业时间", body: "9 点到 17 点。", locale: "zh-Hans", group });
    await call(agent.page, "PUT", `/api/articles/${id}`, {
      title: "Opening hours",
      body: "Open from 10 to 17.",
      locale: "en",
    });
    const { page } = agent;
    await page.goto(`${stage.demo.server.url}/console/knowledge`);
    await page.getByRole("button", { name: "Translation behind" }).click();
    await page.getByRole("link", { name: "营业时间", exact: true }).first().click();
    const changed = page.getByRole("region", { name: say.whatChanged });
    await changed.locator("del", { hasText: "9" }).waitFor();
    await changed.locator("ins", { hasText: "10" }).waitFor();

    await page.getByRole("textbox", { name: "Text, in Markdown" }).fill("10 点到 17 点。");
    await page.getByRole("button", { name: "Publish changes" }).click();
    await changed.waitFor({ state: "detached" });
    const behind = () => call<{ items: object[] }>(page, "GET", `/api/sites/${site}/articles/behind`);
    expect((await behind()).items).toEqual([]);

    await call(page, "PUT", `/api/articles/${id}`, { title: "Opening hours", body: "From 10 to 17.", locale: "en" });
    await edit(agent, chinese.id);
    await changed.getByRole("button", { name: say.nothingToChange }).click();
    await page.getByText(say.upToDate).waitFor();
    expect((await behind()).items).toEqual([]);
  });
});

describe("a collection", () => {
  test("is arranged by dragging and stays so; what was read is ticked for whoever read it", async () => {
    const { page } = agent;
    const titles = ["Saying hello well", "Passing a question on", "Ending a chat kindly"];
    const ids = [];
    for (const title of titles) ids.push((await publish({ title, body: `${title} text.`, visibility: "internal" })).id);
    await page.goto(`${stage.demo.server.url}/console/collections`);
    await page.getByRole("link", { name: say.newCollection }).click();
    const name = page.getByRole("textbox", { name: say.collectionName });
    await name.fill("Your first week");
    await page.getByRole("button", { name: say.createCollection }).click();
    await page.getByRole("button", { name: say.addArticle }).click();
    for (const title of titles) {
      await page.getByRole("searchbox", { name: "Search articles" }).fill(title);
      await page.locator(".finder-pick", { hasText: title }).first().click();
    }
    await page.getByRole("button", { name: say.done, exact: true }).click();
    const order = () => page.locator(".course-text").allTextContents();
    await expect.poll(order).toEqual(titles);

    const grip = page.getByRole("button", { name: say.moveArticle("Ending a chat kindly") });
    const first = await page.locator(".course-item").first().boundingBox();
    await grip.hover();
    await page.mouse.down();
    await page.mouse.move((first?.x ?? 0) + 12, (first?.y ?? 0) + 6, { steps: 4 });
    await page.mouse.up();
    await expect.poll(order).toEqual(["Ending a chat kindly", "Saying hello well", "Passing a question on"]);
    await page.locator(".course-title", { hasText: "Ending a chat kindly" }).click();
    await page.getByRole("button", { name: say.readNext }).click();
    await page.getByRole("heading", { name: "Saying hello well" }).waitFor();
    await page.getByText(say.readOf(1, 3)).waitFor();

    const stored = () =>
      call<{ items: { articles: { title: string }[] }[] }>(page, "GET", `/api/sites/${site}/collections`);
    await expect.poll(async () => (await stored()).items.at(-1)?.articles[0]?.title).toBe("Ending a chat kindly");
    await page.reload();
    await page.getByText(say.readOf(1, 3)).waitFor();
    expect(await order()).toEqual(["Ending a chat kindly", "Saying hello well", "Passing a question on"]);
    expect(await page.getByRole("textbox", { name: "English" }).inputValue()).toBe("Your first week");
  });
});

describe("a collection that a colleague changes meanwhile", () => {
  test("has what they did and what was done here on a page that knew nothing of it, and says so", async () => {
    const { page } = agent;
    const titles = ["Opening the shop", "Closing the shop", "Counting the till"];
    const ids: string[] = [];
    for (const title of titles) ids.push((await publish({ title, body: "Text.", visibility: "internal" })).id);
    const course = { name: "The shop", visibility: "internal" };
    const path = `/api/sites/${site}/collections`;
    const { id } = await call<Article>(page, "POST", path, { ...course, articles: ids.slice(0, 2) });
    await page.goto(`${stage.demo.server.url}/console/collections/${id}`);
    const grip = page.getByRole("button", { name: say.moveArticle("Opening the shop") });
    await grip.waitFor();
    await call(page, "PUT", `/api/collections/${id}`, { ...course, name: "The shop, by day", articles: ids });
    await grip.press("ArrowDown");
    await page.getByText(say.collectionMet("The shop, by day")).waitFor();
    const { items } = await call<{ items: { id: string; articles: { title: string }[] }[] }>(page, "GET", path);
    const stored = items.find((one) => one.id === id)?.articles.map(({ title }) => title);
    expect(stored).toEqual(["Closing the shop", "Opening the shop", "Counting the till"]);
    expect(await page.locator(".course-text").allTextContents()).toEqual(stored);
  });
});

describe("answer once", () => {
  test("what an agent explained to one visitor is an article with one key, and answers the next by itself", async () => {
    const question = "Can the garden kit stay outside in winter?";
    const asking = await stage.visitor("en", "/contact");
    await asking.rings();
    await asking.composer.fill(question);
    await asking.sendsToAPerson();
    await asking.sent(question);

    const { page } = agent;
    await page.goto(`${stage.demo.server.url}/console/inbox/all`);
    await agent.opens(question);
    const explained = "It can, down to -10 degrees. Take the battery indoors and keep the probe in the soil.";
    await agent.answers(explained);
    await asking.bubble(explained).waitFor();
    await agent.resolves();
    await page.getByText("No article answered this one.").waitFor();
    await page.locator("main").click();
    await page.keyboard.press("w");
    const title = page.getByRole("textbox", { name: "Title" });
    await title.waitFor();
    expect(await title.inputValue()).toBe(question);
    await page.getByText("No article answered this one.").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await page.getByText(/^Saved \d/).waitFor();

    const next = await stage.visitor("en", "/contact");
    await next.rings();
    await next.types("garden kit outside in winter");
    await next.answers.first().filter({ hasText: question }).waitFor();
    await asking.page.context().close();
    await next.page.context().close();
  });
});

test("what an editor on the web copies is bold where it was, and the page's policy has nothing against it", async () => {
  const { id } = await publish({ title: "Battery care", body: "" });
  const field = await edit(agent, id);
  const complaints: string[] = [];
  agent.page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await field.evaluate((area) => {
    const clipboardData = new DataTransfer();
    const html = `<b style="font-weight:normal"><p><span style="font-weight:700">Never</span> below <span style="font-style:italic">zero</span>, my style = safe.</p></b>`;
    clipboardData.setData("text/html", html);
    clipboardData.setData("text/plain", "Never below zero, my style = safe.");
    area.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  });
  await expect.poll(() => field.inputValue()).toBe("**Never** below *zero*, my style = safe.");
  expect(complaints).toEqual([]);
});

describe("a picture", () => {
  test("that is chosen stands in the text and in the preview", async () => {
    const { id } = await publish({ title: "Where the port is", body: "Here:\n\n" });
    const field = await edit(agent, id);
    await field.press("Control+End");
    const [chooser] = await Promise.all([
      agent.page.waitForEvent("filechooser"),
      agent.page.getByRole("button", { name: say.picture }).click(),
    ]);
    await chooser.setFiles({ name: "port-side.png", mimeType: "image/png", buffer: await photo() });
    await expect.poll(() => field.inputValue()).toMatch(/^Here:\n\n!\[port side\]\(http.*\)$/);
    const picture = agent.page.getByRole("region", { name: "Preview" }).getByRole("img", { name: "port side" });
    await picture.waitFor();
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  });
});
