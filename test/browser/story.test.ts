import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Agent } from "./agent.ts";
import { picture, pictureOfBoth } from "./picture.ts";
import { openStage, type Stage } from "./stage.ts";
import type { Language, Visitor } from "./visitor.ts";

interface Told {
  language: Language;
  path: string;
  /** What is typed, and the article that must stand among the first three before it is finished. */
  asks: string;
  article: string;
  question: string;
  answer: string;
  stillWrong: string;
  secondAnswer: string;
  comment: string;
}

const STORIES: Told[] = [
  {
    language: "en",
    path: "/products/uno-r4-wifi",
    asks: "my board is not detected by the IDE",
    article: "If your board is not detected by Arduino IDE",
    question: "my board is not detected by the IDE, I tried all of that",
    answer: "Which lights are on when you plug it in?",
    stillWrong: "Only the green one, and the port is still missing.",
    secondAnswer: "Press reset twice quickly: the port comes back in the bootloader.",
    comment: "The second answer did it.",
  },
  {
    language: "zh-Hans",
    path: "/zh/",
    asks: "开发板连不上家里的无线网",
    article: "开发板连不上 Wi-Fi",
    question: "开发板连不上家里的无线网，手机热点可以",
    answer: "请看一下路由器是不是只开了 5 GHz。",
    stillWrong: "已经打开 2.4 GHz 了，还是连不上。",
    secondAnswer: "请把加密方式改成 WPA2 再试一次。",
    comment: "第二次回答解决了问题。",
  },
];

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

describe.for(STORIES)("two people talk, in $language", (told) => {
  const { language } = told;
  let visitor: Visitor;
  let agent: Agent;
  const shot = (who: { page: Visitor["page"] }, name: string) => picture(who.page, `${language}-${name}`);

  beforeAll(async () => {
    visitor = await stage.visitor(language, told.path);
    agent = await stage.agent();
  });
  afterAll(async () => {
    await visitor?.page.context().close();
    await agent?.page.context().close();
  });

  test("the right article stands among the first three while the question is still being typed", async () => {
    await shot(visitor, "01-shop");
    await visitor.rings();
    await visitor.sees(visitor.say("suggest.title"));
    await shot(visitor, "02-home");
    await visitor.types(told.asks);
    await visitor.answers.filter({ hasText: told.article }).waitFor();
    const titles = await visitor.answers.locator(".answer-title").allTextContents();
    expect(titles.slice(0, 3)).toContain(told.article);
    await shot(visitor, "03-typing");
  });

  test("the article opens, and a person is one button away", async () => {
    await visitor.answers.filter({ hasText: told.article }).click();
    await visitor.panel.getByRole("heading", { name: told.article }).waitFor();
    await visitor.sees(visitor.say("article.helpful"));
    await shot(visitor, "04-article");
    await visitor.presses("back");
    await visitor.composer.fill(told.question);
    await visitor.sendsToAPerson();
    await visitor.sent(told.question);
    await shot(visitor, "05-sent");
  });

  test("the question arrives in the console by itself, and the answer arrives at the visitor", async () => {
    await agent.row(told.question).waitFor();
    await agent.opens(told.question);
    await agent.sees(told.question);
    await agent.answers(told.answer);
    await visitor.bubble(told.answer).waitFor();
    await agent.sees(agent.say.seen);
    if (language === "en") await pictureOfBoth(visitor.page, agent.page, "story");
    await agent.notes("Looks like the usual one.");
    await agent.sees("Looks like the usual one.");
    expect(await visitor.panel.getByText("Looks like the usual one.").count()).toBe(0);
    await shot(visitor, "06-answered");
    await shot(agent, "07-console");
  });

  test("“Not yet” reopens at once, and nobody is asked for stars", async () => {
    await agent.resolves();
    await visitor.sees(visitor.say("resolved.ask"));
    await shot(visitor, "08-solved");
    await visitor.presses("resolved.no");
    await visitor.sees(visitor.say("event.reopenedBy").replace("{name}", "Mara"));
    await visitor.sees(visitor.say("reopened"));
    expect(await visitor.panel.getByText(visitor.say("rate.ask")).count()).toBe(0);
    await visitor.writes(told.stillWrong);
    await agent.sees(told.stillWrong);
    await shot(visitor, "09-not-yet");
  });

  test("answered again, “Yes” leads to the rating, the reasons, a comment and thanks", async () => {
    await agent.answers(told.secondAnswer);
    await visitor.bubble(told.secondAnswer).waitFor();
    await agent.resolves();
    await agent.sees(agent.say.noArticleAnswered);
    expect(await agent.rightOfToasts()).toBeLessThan((await agent.writer.boundingBox())?.x ?? 0);
    await visitor.presses("resolved.yes");
    await visitor.sees(visitor.say("rate.ask"));
    await shot(visitor, "10-rating");
    await visitor.panel.getByRole("radio", { name: visitor.say("rate.5"), exact: true }).click();
    await visitor.presses("rate.next");
    await visitor.presses("reason.answer");
    await visitor.panel.getByLabel(visitor.say("rate.comment")).fill(told.comment);
    await shot(visitor, "11-reasons");
    await visitor.presses("rate.send");
    await visitor.sees(visitor.say("rate.thanksTitle"));
    await shot(visitor, "12-thanks");
    await agent.sees(told.comment);
    await shot(agent, "13-console-rated");
  });
});
