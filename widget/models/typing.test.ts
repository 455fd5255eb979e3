import { afterEach, describe, expect, test } from "vitest";
import type { Event } from "../../protocol/event.ts";
import { AGENT, type Counter, createCounter, shown } from "../test/counter.ts";

let counter: Counter;
afterEach(() => counter.app.dispose());

/** A visitor in a conversation, before anybody typed: what tells of typing is not loaded. */
async function inAChat() {
  counter = createCounter();
  const { app, desk } = counter;
  const pulses: boolean[] = [];
  counter.pair.server.on("pulse", ((pulse: { type: string; on: boolean }) => {
    if (pulse.type === "typing") pulses.push(pulse.on);
  }) as never);
  app.draft.set("Is anybody there?");
  desk.post();
  counter.hello();
  await counter.settle();
  const { conversation } = counter.log[0] as Event;
  const agentTypes = () => counter.pair.server.emit("pulse", { type: "typing", conversation, by: AGENT, on: true });
  return { ...counter, conversation, pulses, agentTypes };
}

describe("Who types", () => {
  test("shows, by the given name", async () => {
    const { desk, agentTypes, settle } = await inAChat();
    agentTypes();
    await settle();
    await desk.typing.need();
    expect(desk.typist.value?.name).toBe("Mara");
  });

  test("types no more once the message is there, also where what tells of it was still on its way", async () => {
    const { desk, conversation, agentTypes, pair, push, store } = await inAChat();
    agentTypes();
    push(store({ type: "posted", conversation, text: "Here I am." }));
    pair.flush("down");
    expect(desk.typing.made.value).toBeUndefined();
    await desk.typing.need();
    expect(shown(counter)).toContain("Here I am.");
    expect(desk.typist.value).toBeUndefined();
  });

  test("is told on at the first key, and taken back where it was sent or left before that could be told", async () => {
    const { app, desk, pulses, settle } = await inAChat();
    app.draft.set("One more");
    desk.typed(true);
    desk.post();
    expect(desk.typing.made.value).toBeUndefined();
    await desk.typing.need();
    await settle();
    expect(pulses).toEqual([true, false]);
    desk.typed(true);
    desk.typed(false);
    await settle();
    expect(pulses).toEqual([true, false, true, false]);
  });

  test("asks for nothing where nobody typed", async () => {
    const { desk, settle } = await inAChat();
    desk.typed(false);
    desk.end();
    await settle();
    expect(desk.typing.made.value).toBeUndefined();
  });
});
