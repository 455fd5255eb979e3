import { afterEach, beforeEach, expect, test } from "vitest";
import type { ConversationId, EventId } from "../../../protocol/index.ts";
import { openDesk, type TestDesk } from "../../../test/support/desk.ts";
import { mintId } from "../../store/ids.ts";
import type { VisitorActor } from "../actors.ts";

/* What to write next is what most people ask, and not what one asks most. */

const INVOICE = "How do I get an invoice with my company name?";
const INVOICE_TOO = "need an invoice with the company name on it";
const PARKING = "Is there parking near the studio?";

let held: TestDesk;
beforeEach(async () => {
  held = await openDesk();
});
afterEach(() => held.close());

const visitor = async () => (await held.welcome()).visitor;
async function ask(by: VisitorActor, text: string, conversation = mintId<ConversationId>()) {
  const post = { type: "post", conversation, id: mintId<EventId>(), text, locale: "en" } as const;
  await held.desk.asVisitor.execute(by, post);
  await held.desk.searches.settle();
  return conversation;
}
const unanswered = async () =>
  (await held.desk.searches.unanswered(held.owner.actor, held.shop.id)).map(({ text, people, asked }) => [
    text,
    people,
    asked,
  ]);

test("what most people asked stands first, whatever was asked last", async () => {
  await ask(await visitor(), INVOICE);
  await ask(await visitor(), INVOICE_TOO);
  await ask(await visitor(), PARKING);
  expect(await unanswered()).toEqual([
    [INVOICE_TOO, 2, 2],
    [PARKING, 1, 1],
  ]);
});

test("one who asks the same again, in another conversation or in one that is taken up again, is one person", async () => {
  const impatient = await visitor();
  const resolve = (conversation: ConversationId) =>
    held.desk.asAgent.execute(held.owner.actor, { type: "resolve", conversation });
  const conversation = await ask(impatient, INVOICE);
  await resolve(conversation);
  await resolve(await ask(impatient, INVOICE_TOO));
  await ask(impatient, INVOICE, conversation);
  await ask(await visitor(), PARKING);
  await ask(await visitor(), PARKING);
  expect(await unanswered()).toEqual([
    [PARKING, 2, 2],
    [INVOICE, 1, 1],
  ]);
});

test("not for us stays so for 90 days, and is asked anew by whoever asks after that", async () => {
  await ask(await visitor(), PARKING);
  const [question] = await held.desk.searches.unanswered(held.owner.actor, held.shop.id);
  await held.desk.searches.dismiss(held.owner.actor, held.shop.id, question?.ids ?? []);
  held.clock.advance(89 * 86_400_000);
  await ask(await visitor(), PARKING);
  expect(await unanswered()).toEqual([]);
  held.clock.advance(2 * 86_400_000);
  expect(await unanswered()).toEqual([[PARKING, 1, 1]]);
});
