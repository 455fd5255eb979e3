import { afterEach, beforeEach, expect, test } from "vitest";
import type { ArticleId, ConversationId, EventId } from "../../../protocol/index.ts";
import { openDesk, type TestDesk } from "../../../test/support/desk.ts";
import { mintId } from "../../store/ids.ts";

/* Whatever becomes of what an article learned, the next answer knows it: the index stands in memory, and is told. */

const ASKED = "The little green box stays dark when I plug it in, what now?";
const MENDED = "Nothing happens however long I press the round button";

let held: TestDesk;
let power: ArticleId;
let battery: ArticleId;

beforeEach(async () => {
  held = await openDesk();
  power = await write("Check the power supply", "Use the cable from the package and look for a lit diode.");
  battery = await write("Charge the battery", "Charge it for two hours.");
  await write("Change your address", "Open your account and choose another address for delivery.");
  // The index is made here, and must hear of all that follows.
  expect(await answers(ASKED)).toBeUndefined();
});
afterEach(() => held.close());

async function write(title: string, body: string) {
  const input = { title, body, locale: "en", visibility: "public", state: "published" } as const;
  return (await held.desk.articles.create(held.owner.actor, held.shop.id, input)).id as ArticleId;
}

/** A visitor asks, and an agent answers with an article. */
async function answerWith(article: ArticleId) {
  const { visitor } = await held.welcome();
  const conversation = mintId<ConversationId>();
  const agent = held.owner.actor;
  const sent = { conversation, seen: 1, article, text: "", id: mintId<EventId>() };
  await held.desk.asVisitor.execute(visitor, { type: "post", conversation, id: mintId<EventId>(), text: ASKED });
  await held.desk.asAgent.execute(agent, { type: "post", ...sent });
  await held.desk.asAgent.execute(agent, { type: "resolve", conversation });
  expect(await answers(ASKED)).toBe(power);
  const [question] = await held.desk.learned.list(agent, article);
  return {
    visitor,
    question: question?.id ?? "",
    says: (solved: boolean) => held.desk.asVisitor.execute(visitor, { type: "rate", conversation, episode: 1, solved }),
  };
}

/** Which article is found first, and how surely. */
async function found(q: string) {
  const { suggestions, confidence } = await held.desk.suggestions.forVisitor(held.shop, { q, locale: "en" });
  return { id: suggestions[0]?.id, confidence };
}
const answers = async (q: string) => (await found(q)).id;

test("a question that was mended answers in its new words", async () => {
  const { question } = await answerWith(power);
  expect(await answers(MENDED)).toBeUndefined();
  await held.desk.learned.change(held.owner.actor, question, { text: MENDED });
  expect(await answers(MENDED)).toBe(power);
});

test("a question that was moved is answered by the other article, and by the first no longer", async () => {
  const { question } = await answerWith(power);
  await held.desk.learned.change(held.owner.actor, question, { article: battery });
  expect(await answers(ASKED)).toBe(battery);
  await held.desk.articles.remove(held.owner.actor, battery);
  expect(await answers(ASKED)).toBeUndefined();
});

test("a question that was taken out is answered by nothing", async () => {
  const { question } = await answerWith(power);
  await held.desk.learned.remove(held.owner.actor, question);
  expect(await answers(ASKED)).toBeUndefined();
});

test("“solved” makes it surer, and “not yet” takes it away", async () => {
  const { says } = await answerWith(power);
  const other = "my box stays dark after plugging in";
  const before = await found(other);
  await says(true);
  expect((await found(other)).confidence).toBeGreaterThan(before.confidence);
  await says(false);
  expect(await answers(ASKED)).toBeUndefined();
});

test("what somebody taught who is erased answers nobody", async () => {
  const { visitor } = await answerWith(power);
  await held.desk.erasure.erase(held.owner.actor, visitor.id);
  expect(await answers(ASKED)).toBeUndefined();
});
