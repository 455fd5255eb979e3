import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ArticleId, ConversationId, EventId } from "../../../protocol/index.ts";
import { openDesk, type TestDesk } from "../../../test/support/desk.ts";
import { mintId } from "../../store/ids.ts";
import { createSuggestions, type Suggestions } from "./suggestions.ts";

let held: TestDesk;
beforeEach(async () => {
  held = await openDesk();
});
afterEach(() => held.close());

const ASKED = "The little green box stays dark when I plug it in, what now?";
const OTHERS = "my green box stays dark after plugging in";

async function write(title: string, body: string) {
  const { id } = await held.desk.articles.create(held.owner.actor, held.shop.id, {
    title,
    body,
    locale: "en",
    visibility: "public",
    state: "published",
  });
  return id as ArticleId;
}

async function library() {
  const power = await write("Check the power supply", "Use the cable from the package and look for a lit diode.");
  await write("Return an order", "Send it back within 30 days and we refund what you paid.");
  await write("Change your address", "Open your account and choose another address for delivery.");
  return power;
}

/** A visitor asks, an agent answers with an article, and the conversation is resolved. */
async function answerWith(article: ArticleId, text: string, name?: string) {
  const { visitor } = await held.welcome();
  const known = name === undefined ? visitor : await held.desk.visitors.contact(visitor, { name });
  const conversation = mintId<ConversationId>();
  await held.desk.asVisitor.execute(known, { type: "post", conversation, id: mintId<EventId>(), text });
  const agent = held.owner.actor;
  await held.desk.asAgent.execute(agent, {
    type: "post",
    conversation,
    id: mintId<EventId>(),
    text: "",
    article,
    seen: 1,
  });
  await held.desk.asAgent.execute(agent, { type: "resolve", conversation });
  return (solved: boolean) => held.desk.asVisitor.execute(known, { type: "rate", conversation, episode: 1, solved });
}

const first = async (q: string) =>
  (await held.desk.suggestions.forVisitor(held.shop, { q, locale: "en" })).suggestions[0]?.title;
const learned = (article: ArticleId) => held.desk.learned.list(held.owner.actor, article);

test("the second person who asks in other words gets the article that answered the first", async () => {
  const power = await library();
  expect(await first(OTHERS)).toBeUndefined();
  const rate = await answerWith(power, ASKED);
  expect(await first(OTHERS)).toBe("Check the power supply");
  await rate(true);
  expect(await first(ASKED)).toBe("Check the power supply");
});

test("an answer counts half until the visitor speaks, fully when it solved, against it when not yet", async () => {
  const power = await library();
  const rate = await answerWith(power, ASKED);
  expect(await learned(power)).toMatchObject([{ text: ASKED, weight: 0.5, origin: "conversation" }]);
  await rate(true);
  expect(await learned(power)).toMatchObject([{ weight: 1 }]);
  await rate(false);
  expect(await learned(power)).toMatchObject([{ weight: -0.5 }]);
});

test("who asked cannot be told from what was learned", async () => {
  const power = await library();
  await answerWith(
    power,
    "I am Priya Raman, priya@example.com, order 20418-77, call +44 20 7946 0958: the box is dark",
    "Priya Raman",
  );
  const [question] = await learned(power);
  expect(question?.text).toBe("I am …, …, order …, call …: the box is dark");
});

test.for([
  [
    "a greeting is not the question: what follows it is learned as well",
    ["Hi", "The box is dark"],
    "Hi The box is dark",
  ],
  ["nor is one of two Han characters", ["你好", "怎么退货？"], "你好 怎么退货？"],
  ["a question of a few Han characters is no greeting", ["怎么退货？", "包装已经拆开了"], "怎么退货？"],
] as const)("%s", async ([, said, text]) => {
  const power = await library();
  const { visitor } = await held.welcome();
  const conversation = mintId<ConversationId>();
  for (const text of said) {
    await held.desk.asVisitor.execute(visitor, { type: "post", conversation, id: mintId<EventId>(), text });
  }
  const post = { type: "post", conversation, id: mintId<EventId>(), text: "Look:", article: power, seen: 2 } as const;
  await held.desk.asAgent.execute(held.owner.actor, post);
  expect(await learned(power)).toMatchObject([{ text }]);
});

test("a reader's verdict teaches the question they had typed, and their last word counts", async () => {
  const power = await library();
  const verdict = { q: ASKED, session: "reader-1" };
  await held.desk.articles.verdict(held.shop, power, { ...verdict, solved: true });
  expect(await learned(power)).toMatchObject([{ text: ASKED, weight: 1, origin: "verdict" }]);
  await held.desk.articles.verdict(held.shop, power, { ...verdict, solved: false });
  expect(await learned(power)).toMatchObject([{ weight: -0.5 }]);
});

test("fifty raw questions of an article are kept: refused and old ones go first, and the newest stays", async () => {
  const power = await library();
  const say = (n: number, solved: boolean) =>
    held.desk.articles.verdict(held.shop, power, { q: `question ${n}`, solved, session: `s${n}` });
  const texts = async () => (await learned(power)).map(({ text }) => text);
  for (let n = 1; n <= 50; n++) await say(n, n !== 30);
  await say(51, true);
  expect(await texts()).toHaveLength(50);
  expect(await texts()).not.toContain("question 30");
  await say(52, false);
  expect(await texts()).toContain("question 52");
  expect(await texts()).not.toContain("question 1");
  held.clock.advance(120 * 86_400_000);
  await say(53, true);
  await say(54, false);
  await say(55, true);
  expect(await texts()).toHaveLength(50);
  expect(await texts()).not.toContain("question 52");
  expect((await texts()).slice(0, 3)).toEqual(["question 55", "question 54", "question 53"]);
});

test("what was confirmed tells as much as a refusal once ninety days have gone, and more until then", async () => {
  const power = await library();
  const say = (q: string, solved: boolean) =>
    held.desk.articles.verdict(held.shop, power, { q, solved, session: `of ${q}` });
  const texts = async () => (await learned(power)).map(({ text }) => text);
  await say("confirmed", true);
  held.clock.advance(89 * 86_400_000);
  await say("refused", false);
  for (let n = 0; n < 49; n++) await say(`question ${n}`, true);
  expect(await texts()).toContain("confirmed");
  expect(await texts()).not.toContain("refused");
});

test("three hundred letters of a long question are learned", async () => {
  const power = await library();
  const q = "the box is dark ".repeat(40);
  await held.desk.articles.verdict(held.shop, power, { q, solved: true, session: "s" });
  expect((await learned(power)).map(({ text }) => text)).toEqual([q.slice(0, 300)]);
});

test("an index made anew ranks as the one that learned sixty questions one by one, and forgot the same ten", async () => {
  const power = await library();
  const words = ["cellar", "garden", "kitchen", "attic", "garage", "office", "bedroom", "balcony", "workshop", "barn"];
  const when = ["today", "yesterday", "overnight", "again", "suddenly", "slowly"];
  const asked = when.flatMap((time) => words.map((word) => `the lamp in my ${word} went dark ${time}`));
  for (const [n, q] of asked.entries()) {
    await held.desk.articles.verdict(held.shop, power, { q, solved: true, session: `s${n}` });
    await first(q);
  }
  expect((await learned(power)).map(({ text }) => text)).toEqual(asked.slice(10).reverse());
  const anew = createSuggestions({ ...held.desk, addressOf: held.desk.articles.addressOf });
  try {
    const answersOf = async (suggestions: Suggestions, said: (confidence: number) => unknown) => {
      const answers = [];
      for (const q of asked) {
        const found = await suggestions.forVisitor(held.shop, { q, locale: "en" });
        answers.push({ q, first: found.suggestions[0]?.title, confidence: said(found.confidence) });
      }
      return answers;
    };
    // Both train their regression after a pause.
    await vi.waitFor(async () => {
      const before = await answersOf(held.desk.suggestions, (confidence) => expect.closeTo(confidence, 1));
      expect(await answersOf(anew, (confidence) => confidence)).toEqual(before);
    }, 20_000);
  } finally {
    anew.close();
  }
}, 40_000);

test("an agent mends, moves and deletes what an article learned, on their own sites only", async () => {
  const power = await library();
  const other = await write("Charge the battery", "Charge it for two hours.");
  await held.desk.articles.verdict(held.shop, power, { q: ASKED, solved: true, session: "s" });
  const [question] = await learned(power);
  const id = question?.id ?? "";
  await held.desk.learned.change(held.owner.actor, id, { text: "The box is dark", article: other });
  expect(await learned(power)).toEqual([]);
  expect(await learned(other)).toMatchObject([{ text: "The box is dark" }]);

  const stranger = await held.hire("Remy", [held.cafe]);
  await expect(held.desk.learned.remove(stranger.actor, id)).rejects.toThrow("No such question");
  await expect(held.desk.learned.list(stranger.actor, other)).rejects.toThrow("No such article");
  await held.desk.learned.remove(held.owner.actor, id);
  expect(await learned(other)).toEqual([]);
});

test("a question moved to an article that learned it at the same time stands there once, at the higher weight", async () => {
  const power = await library();
  const other = await write("Charge the battery", "Charge it for two hours.");
  const verdict = { q: ASKED, session: "s" };
  await held.desk.articles.verdict(held.shop, power, { ...verdict, solved: true });
  await held.desk.articles.verdict(held.shop, other, { ...verdict, solved: false });
  const [right] = await learned(power);
  await held.desk.learned.change(held.owner.actor, right?.id ?? "", { article: other });
  expect(await learned(power)).toEqual([]);
  expect(await learned(other)).toMatchObject([{ text: ASKED, weight: 1 }]);

  await held.desk.articles.verdict(held.shop, power, { ...verdict, solved: false });
  const [wrong] = await learned(power);
  await held.desk.learned.change(held.owner.actor, wrong?.id ?? "", { text: "The box is dark", article: other });
  expect(await learned(power)).toEqual([]);
  expect(await learned(other)).toMatchObject([{ text: "The box is dark", weight: 1 }]);
});
