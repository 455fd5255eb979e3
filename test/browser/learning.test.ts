import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Agent } from "./agent.ts";
import { axeAgainst } from "./axe.ts";
import { openStage, type Stage } from "./stage.ts";
import type { Language, Visitor } from "./visitor.ts";

interface Told {
  language: Language;
  path: string;
  /** Nothing answers it today. */
  asks: string;
  /** What they say besides, before anybody answers: no part of the question. */
  adds: string;
  /** How an agent finds the article, and which it is. */
  finds: string;
  article: string;
  /** What somebody else types who wants to know the same. */
  others: string;
}

const STORIES: Told[] = [
  {
    language: "en",
    path: "/products/uno-r4-wifi",
    asks: "Can I leave it running outside all winter?",
    adds: "My balcony has a roof",
    finds: "keeping your board clean",
    article: "Keeping your board clean",
    others: "is it ok to leave it running outside during the winter",
  },
  {
    language: "zh-Hans",
    path: "/zh/",
    asks: "弄湿了咋办",
    adds: "孩子昨天把果汁洒在盒子上",
    finds: "退货",
    article: "如何退货和退款",
    others: "被弄湿了咋办呢",
  },
];

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

describe.for(STORIES)("the second person who asks, in $language", (told) => {
  const { language, path, asks, adds, finds, article, others } = told;
  let first: Visitor;
  let agent: Agent;

  beforeAll(async () => {
    first = await stage.visitor(language, path);
    agent = await stage.agent();
  });
  afterAll(async () => {
    await first?.page.context().close();
    await agent?.page.context().close();
  });

  test("the first one finds nothing, and neither would the second: so a person is asked", async () => {
    const second = await stage.visitor(language, path);
    await second.rings();
    await second.types(others);
    await second.sees(second.say("search.none"));
    await second.page.context().close();

    await first.rings();
    await first.types(asks);
    await first.sees(first.say("search.none"));
    expect(await first.answers.count()).toBe(0);
    await first.sendsToAPerson();
    await first.sent(asks);
    await first.writes(adds);
    await first.sent(adds);
  });

  test("an agent answers with an article, from the picker in the console", async () => {
    await agent.opens(adds);
    const field = agent.writer.getByRole("textbox").or(agent.writer.getByRole("combobox")).first();
    await field.click();
    await field.pressSequentially(`#${finds}`, { delay: 5 });
    await agent.page.getByRole("option", { name: article }).first().click();
    await field.press("Control+Enter");
    await first.panel.locator(".article-card", { hasText: article }).waitFor();
    const { store } = stage.demo.server.app.desk;
    const learned = await store.read((db) =>
      db.sql.selectFrom("question").select("text").where("origin", "=", "conversation").orderBy("id", "desc").execute(),
    );
    expect(learned[0]?.text).toBe(asks);
    // Nobody is offered anything beside a person's answer.
    expect(await first.panel.locator(".offer").count()).toBe(0);
    await agent.resolves();
    await first.presses("resolved.yes");
    await first.sees(first.say("rate.ask"));
  });

  test("the second one, in other words, gets that article first, before anybody is asked", async () => {
    const second = await stage.visitor(language, path);
    await second.rings();
    await second.types(others);
    await second.answers.first().waitFor();
    expect(await second.answers.first().locator(".answer-title").textContent()).toBe(article);
    await second.answers.first().click();
    await second.panel.getByRole("heading", { name: article }).waitFor();
    await second.presses("yes");
    await second.sees(second.say("article.thanks"));
    await second.page.context().close();
  });
});

test("a page that no article names is offered what its title and heading are about", async () => {
  const visitor = await stage.visitor("en", "/hosts/blank.html");
  await visitor.page.evaluate(() => {
    document.title = "Finch & Ohm";
    document.body.insertAdjacentHTML("afterbegin", "<h1>My board is not detected by the IDE</h1>");
  });
  await visitor.rings();
  await visitor.sees(visitor.say("suggest.title"));
  await visitor.panel.locator(".row-title", { hasText: "board is not detected" }).first().waitFor();
  await visitor.page.context().close();
});

test("what was shown reaches the agent also where the visitor read it first and was led to a person from there", async () => {
  const visitor = await stage.visitor("en", "/");
  const question = "my board is not detected and reading did not help";
  await visitor.rings();
  await visitor.types(question);
  const counts = visitor.page.waitForRequest(/\/reading$/);
  await visitor.answers.first().click();
  await counts;
  await visitor.presses("article.ask");
  await visitor.composer.press("Enter");
  await visitor.sent(question);
  const agent = await stage.agent();
  await agent.opens(question);
  await agent.page.getByText(`Searched “${question}”`).first().waitFor();
  expect(await agent.page.locator(".trail li", { hasText: /read$/ }).count()).toBe(1);
  await agent.page.context().close();
  await visitor.page.context().close();
});

describe("while somebody waits for a person", () => {
  test("the best article is offered once, quietly, and is gone for good when they put it away", async () => {
    const visitor = await stage.visitor("en", "/");
    const asked: string[] = [];
    visitor.page.on("request", (request) => {
      if (request.url().includes("/suggest?q=") && !request.url().includes("q=&")) asked.push(request.url());
    });
    const offer = visitor.panel.locator(".offer");
    await visitor.rings();
    await visitor.composer.fill("Hello");
    await visitor.sendsToAPerson();
    await visitor.sent("Hello");
    await visitor.writes("my board is not detected by the IDE");
    await visitor.sees(visitor.say("offer.title"));
    // Whoever draws it brings its looks along.
    expect(await offer.locator(".article-card").evaluate((card) => getComputedStyle(card).display)).toBe("flex");
    expect(await axeAgainst(visitor.page, "deskbell-widget")).toEqual([]);
    const title = (await offer.locator(".row-title").textContent()) ?? "";
    await offer.locator(".article-card").click();
    await visitor.panel.getByRole("heading", { level: 1, name: title }).waitFor();
    await visitor.presses("back");
    await offer.getByRole("button", { name: visitor.say("offer.away") }).click();
    await offer.waitFor({ state: "detached" });
    await visitor.writes("It is the newest one");
    await visitor.sent("It is the newest one");
    await visitor.goes("/cart");
    await visitor.rings();
    await visitor.panel.getByRole("button", { name: /It is the newest one/ }).click();
    await visitor.bubble("It is the newest one").waitFor();
    expect(await offer.count()).toBe(0);
    // Looked for once, whatever was written since.
    expect(asked.filter((url) => url.includes("detected"))).toHaveLength(1);
    await visitor.page.context().close();
  });
});

describe("what a reader's session is for", () => {
  test("nothing is kept before an article was read for a question; then whoever asks within 72 hours was not served", async () => {
    const { desk } = stage.demo.server.app;
    const visitor = await stage.visitor("en", "/");
    const keys = () => visitor.page.evaluate(() => Object.keys(localStorage).filter((key) => key.endsWith(":session")));
    const readings = () =>
      desk.store.read((db) => db.sql.selectFrom("reading").select(["id", "outcome", "q"]).execute());
    // What others read before them has an outcome as well.
    const before = new Set((await readings()).map(({ id }) => id));
    const counted = async () =>
      (await readings()).filter(({ id }) => !before.has(id)).map(({ outcome, q }) => ({ outcome, q }));
    await visitor.rings();
    await visitor.types("avrdude error when uploading");
    await visitor.answers.first().click();
    await visitor.sees(visitor.say("article.helpful"));
    expect(await keys()).toEqual([]);
    await expect.poll(counted, { timeout: 40_000 }).toEqual([{ outcome: null, q: "avrdude error when uploading" }]);
    expect(await keys()).toHaveLength(1);
    await visitor.presses("back");
    await visitor.composer.fill("None of that helps with my upload");
    await visitor.sendsToAPerson();
    await expect.poll(counted).toEqual([{ outcome: "asked", q: null }]);
    await visitor.page.context().close();
  });
});
