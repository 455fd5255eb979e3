import { afterEach, describe, expect, it } from "vitest";
import { type Counter, createCounter, snapshot } from "../test/counter.ts";
import type { Outcome } from "./outcome.ts";

let counter: Counter;
let outcome: Outcome;
afterEach(() => counter.app.dispose());

const EXPIRES = "2099-01-01T00:00:00.000Z";

async function resolved() {
  counter = createCounter();
  counter.store({ type: "posted", text: "Try this" });
  counter.desk.session.start();
  await counter.settle();
  counter.hello({ conversations: [snapshot(counter.log)], events: [...counter.log] });
  const usual = counter.answer;
  counter.answer = (command) => {
    if (command.type === "resolve") {
      const events = [
        counter.store({ type: "resolved", episode: 1 }),
        counter.store({ type: "asked", episode: 1, expiresAt: EXPIRES }),
      ];
      return { ok: true, event: events[0], events } as never;
    }
    if (command.type !== "rate") return usual(command);
    const { type: _type, conversation: _conversation, ...said } = command;
    const events = [counter.store({ type: "rated", ...said })];
    if (!command.solved) events.push(counter.store({ type: "reopened", episode: 2 }));
    return { ok: true, event: events[0], events } as never;
  };
  outcome = await counter.desk.outcome.need();
}

async function asked() {
  await resolved();
  counter.push(counter.store({ type: "resolved", episode: 1 }));
  counter.push(counter.store({ type: "asked", episode: 1, expiresAt: EXPIRES }));
  await counter.settle();
}

const rates = () => counter.heard.filter(({ type }) => type === "rate");

describe("the outcome", () => {
  it("asks first whether it was solved, then how good it was, then why; and each answer is saved at once", async () => {
    await asked();
    expect(outcome.step.value).toBe("solved");
    outcome.solved(true);
    expect(outcome.step.value).toBe("rating");
    await counter.settle();
    outcome.rate(4);
    await counter.settle();
    expect(rates()).toMatchObject([{ solved: true }, { solved: true, rating: 4 }]);
    outcome.next();
    expect(outcome.step.value).toBe("reasons");
    outcome.feedback({ reasons: ["answer"], comment: "Good" });
    await counter.settle();
    expect(rates()[2]).toMatchObject({ solved: true, rating: 4, reasons: ["answer"], comment: "Good" });
    expect(outcome.step.value).toBe("thanks");
  });

  it('reopens at once at "Not yet", asks no rating, and wants the composer', async () => {
    await asked();
    outcome.solved(false);
    await counter.settle();
    expect(rates()).toMatchObject([{ solved: false, episode: 1 }]);
    expect(outcome.step.value).toBeUndefined();
    expect(counter.desk.thread.conversation.value).toMatchObject({ status: "open", episode: 2 });
    expect(counter.app.focus.value).toBe(1);
  });

  it('asks the rating only after the visitor\'s own "My problem is solved"', async () => {
    await resolved();
    await Promise.all([outcome.resolve(), counter.settle()]);
    await counter.settle();
    expect(rates()).toMatchObject([{ solved: true }]);
    expect(outcome.step.value).toBe("rating");
  });

  it.each([
    ["asks whoever rated six days ago whether it is solved, and thanks them", 6, "thanks"],
    ["asks whoever rated eight days ago how good it was, too", 8, "rating"],
  ])("%s", async (_title, days, step) => {
    await asked();
    const at = new Date(Date.now() - days * 24 * 3_600_000).toISOString();
    counter.push(counter.store({ type: "rated", episode: 1, solved: true, rating: 5, at }));
    counter.push(counter.store({ type: "reopened", episode: 2 }));
    counter.push(counter.store({ type: "resolved", episode: 2 }));
    counter.push(counter.store({ type: "asked", episode: 2, expiresAt: EXPIRES }));
    await counter.settle();
    expect(outcome.step.value).toBe("solved");
    outcome.solved(true);
    expect(outcome.step.value).toBe(step);
    await counter.settle();
    expect(outcome.step.value).toBe(step);
  });

  it("may be skipped, and stays skipped", async () => {
    await asked();
    outcome.solved(true);
    await counter.settle();
    outcome.skip();
    expect(outcome.step.value).toBeUndefined();
  });

  it("keeps an answer given without a connection, and sends the newest when it is back", async () => {
    await asked();
    outcome.solved(true);
    await counter.settle();
    counter.pair.cut();
    outcome.rate(2);
    outcome.rate(3);
    expect(outcome.answer.value?.rating).toBe(3);
    counter.pair.connect();
    counter.hello({ conversations: [snapshot(counter.log, { status: "resolved", resolvedAt: EXPIRES })], events: [] });
    await counter.settle();
    expect(rates().slice(1)).toMatchObject([{ rating: 3 }]);
  });

  it("is not asked once it has expired", async () => {
    await resolved();
    counter.push(counter.store({ type: "resolved", episode: 1 }));
    counter.push(counter.store({ type: "asked", episode: 1, expiresAt: "2020-01-01T00:00:00.000Z" }));
    await counter.settle();
    expect(outcome.step.value).toBeUndefined();
  });
});
