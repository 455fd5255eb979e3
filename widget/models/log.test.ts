import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { fault } from "../../protocol/faults.ts";
import { type Counter, createCounter, shown, snapshot } from "../test/counter.ts";

let counter: Counter;
afterEach(() => counter.app.dispose());

async function arrived(count: number) {
  counter = createCounter();
  for (let n = 1; n <= count; n++) counter.store({ type: "posted", text: `${n}` });
  counter.desk.session.start();
  await counter.settle();
  if (count > 0) counter.hello({ conversations: [snapshot(counter.log)], events: [...counter.log] });
  await counter.settle();
}

async function greeted() {
  await arrived(0);
  counter.hello();
}

const numbers = () => shown(counter).map(Number);

describe("the log", () => {
  it("D4 fetches when it sees a hole, and shows nothing beyond it before", async () => {
    await arrived(2);
    counter.store({ type: "posted", text: "3" });
    counter.push(counter.store({ type: "posted", text: "4" }));
    counter.pair.flush("down");
    expect(numbers()).toEqual([1, 2]);
    await counter.settle();
    expect(numbers()).toEqual([1, 2, 3, 4]);
    expect(counter.heard).toMatchObject([{ type: "sync", after: 2 }]);
  });

  it("D4 drops what it has", async () => {
    await arrived(2);
    for (const event of counter.log) counter.push(event);
    await counter.settle();
    expect(numbers()).toEqual([1, 2]);
    expect(counter.heard).toEqual([]);
  });

  it("looks once more after a fetch during which something passed by", async () => {
    await arrived(1);
    counter.store({ type: "posted", text: "2" });
    counter.push(counter.store({ type: "posted", text: "3" }));
    counter.pair.flush("down");
    counter.pair.flush("up");
    // The reply is on its way with 2 and 3; 5 comes before it and has no place yet.
    counter.store({ type: "posted", text: "4" });
    counter.push(counter.store({ type: "posted", text: "5" }));
    await counter.settle();
    expect(numbers()).toEqual([1, 2, 3, 4, 5]);
  });

  it("holds what comes before hello", async () => {
    counter = createCounter();
    counter.store({ type: "posted", text: "1" });
    counter.desk.session.start();
    await counter.settle();
    counter.push(counter.store({ type: "posted", text: "2" }));
    counter.pair.flush("down");
    counter.hello({ conversations: [snapshot(counter.log.slice(0, 1))], events: counter.log.slice(0, 1) });
    await counter.settle();
    expect(numbers()).toEqual([1, 2]);
    expect(counter.heard).toEqual([]);
  });

  it("D8 finds what a lost push missed, by heads and on coming back to the page", async () => {
    await arrived(1);
    const id = counter.store({ type: "posted", text: "2" }).conversation;
    counter.pair.server.emit("pulse", { type: "heads", epoch: "one", now: "", heads: { [id]: { talk: 2 } } });
    await counter.settle();
    expect(numbers()).toEqual([1, 2]);
    counter.store({ type: "posted", text: "3" });
    counter.desk.wake();
    await counter.settle();
    expect(numbers()).toEqual([1, 2, 3]);
  });

  it("D8 asks again for what the server could not tell, once it said that it could", async () => {
    await arrived(1);
    const usual = counter.answer;
    counter.answer = () => ({ ok: false, fault: fault("limited", "slow down", { afterMs: 5 }) });
    counter.store({ type: "posted", text: "2" });
    counter.push(counter.store({ type: "posted", text: "3" }));
    await counter.settle();
    counter.answer = usual;
    await expect.poll(() => counter.settle().then(numbers)).toEqual([1, 2, 3]);
  });

  it("says at a reconnect where it stands, and takes only what is new", async () => {
    await arrived(2);
    counter.pair.cut();
    counter.store({ type: "posted", text: "3" });
    counter.desk.session.wake();
    counter.hello({ conversations: [snapshot(counter.log)], events: counter.log.slice(2) });
    await counter.settle();
    expect(counter.auths.at(-1)?.since).toEqual({ [counter.log[0]?.conversation ?? ""]: 2 });
    expect(numbers()).toEqual([1, 2, 3]);
  });

  it("tells at a reconnect of what came meanwhile, and at the first hello of nothing", async () => {
    await arrived(2);
    expect(counter.told).not.toContain("message:received");
    counter.pair.cut();
    const missed = counter.store({ type: "posted", text: "3" });
    counter.pair.connect();
    counter.hello({ conversations: [snapshot(counter.log)], events: [missed] });
    await counter.settle();
    expect(counter.told.filter((name) => name === "message:received")).toHaveLength(1);
    expect(counter.app.announcer.said.value).toContain("3");
  });

  it("D10 forgets and fetches anew when the epoch is another", async () => {
    await arrived(3);
    counter.log.length = 0;
    counter.store({ type: "posted", text: "7" });
    const id = counter.log[0]?.conversation ?? "";
    counter.pair.server.emit("pulse", { type: "heads", epoch: "two", now: "", heads: { [id]: { talk: 1 } } });
    await counter.settle();
    expect(counter.auths.at(-1)?.since).toBeUndefined();
    counter.hello({ epoch: "two", conversations: [snapshot(counter.log)], events: [] });
    await counter.settle();
    expect(numbers()).toEqual([7]);
  });

  it("D10 read marks do not go back", async () => {
    await arrived(3);
    const id = counter.log[0]?.conversation ?? "";
    counter.desk.log.read(id, 3);
    counter.desk.log.read(id, 1);
    expect(counter.desk.thread.conversation.value?.read.visitor).toBe(3);
  });

  it("D4 D8 shows the log as it is, whatever was lost, doubled or late", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom("push", "lose", "double", "late", "cut"), { maxLength: 25 }),
        async (steps) => {
          await arrived(1);
          const late: (typeof counter.log)[number][] = [];
          for (const step of steps) {
            const event = counter.store({ type: "posted", text: `${counter.log.length + 1}` });
            if (step === "push" || step === "double") counter.push(event);
            if (step === "double") counter.push(event);
            if (step === "late") late.push(event);
            if (step === "cut") {
              counter.pair.cut();
              counter.pair.connect();
              counter.hello({ conversations: [snapshot(counter.log)], events: counter.log.slice(-3) });
            }
            counter.pair.flush("down", 1);
            expect(numbers()).toEqual(counter.log.slice(0, numbers().length).map(({ seq }) => seq));
          }
          for (const event of late) counter.push(event);
          counter.desk.wake();
          await counter.settle();
          expect(numbers()).toEqual(counter.log.map(({ seq }) => seq));
          counter.app.dispose();
        },
      ),
      { seed: 11, numRuns: 60 },
    );
  });
});

describe("the way back in a long conversation", () => {
  it("puts older messages before the newer ones, and nothing that leaves a hole", async () => {
    counter = createCounter();
    for (let n = 1; n <= 6; n++) counter.store({ type: "posted", text: `${n}` });
    counter.desk.session.start();
    await counter.settle();
    counter.hello({ conversations: [snapshot(counter.log, { more: true })], events: counter.log.slice(3) });
    await counter.settle();
    const id = counter.log[0]?.conversation ?? "";
    counter.desk.log.prepend(id, counter.log.slice(0, 2));
    expect(numbers()).toEqual([4, 5, 6]);
    counter.desk.log.prepend(id, counter.log.slice(0, 3));
    expect(numbers()).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe("a newer server", () => {
  it("D4 may send events, pulses and fields that this widget has never heard of", async () => {
    await greeted();
    const { desk, pair, log } = counter;
    counter.push({ ...counter.store({ type: "posted", text: "Hello" }), mood: "calm" } as never);
    counter.push(counter.store({ type: "whistled", tune: ["a", "b"] } as never));
    pair.server.emit("pulse", { type: "weather", conversation: log[0]?.conversation, sky: "blue" });
    pair.server.emit("pulse", { type: "availability", availability: { state: "lunch", agents: [] } });
    counter.push(counter.store({ type: "posted", text: "Still here?" }));
    await counter.settle();
    expect(shown(counter)).toEqual(["Hello", "Still here?"]);
    expect(desk.thread.conversation.value?.head.talk).toBe(3);
    const hello = { conversations: [snapshot(log, { weight: 3 } as never)], events: [], planet: "Mars" };
    counter.hello(hello as never);
    await counter.settle();
    expect(shown(counter)).toEqual(["Hello", "Still here?"]);
  });
});

describe("a change of a message that is not here", () => {
  it("D4 waits for it: an edit and a redaction apply once the older messages are fetched", async () => {
    await greeted();
    const { desk, log } = counter;
    for (const text of ["one", "two", "three"]) counter.store({ type: "posted", text });
    counter.store({ type: "edited", target: 1, text: "one, corrected" });
    counter.store({ type: "redacted", target: 2 });
    counter.hello({ conversations: [snapshot(log, { more: true })], events: log.slice(2) });
    await counter.settle();
    desk.thread.show(log[0]?.conversation);
    expect(shown(counter)).toEqual(["three"]);
    desk.log.prepend(log[0]?.conversation ?? "", log.slice(0, 2));
    expect(shown(counter)).toEqual(["one, corrected", "", "three"]);
  });

  it("D4 waits for it also where pushes come in disorder", async () => {
    await greeted();
    const first = counter.store({ type: "posted", text: "one" });
    const edit = counter.store({ type: "edited", target: 1, text: "one, corrected" });
    counter.push(edit);
    await counter.settle();
    counter.push(first);
    await counter.settle();
    expect(shown(counter)).toEqual(["one, corrected"]);
  });
});

describe("another epoch in another tab", () => {
  it("D10 is noticed although that tab has written it down already", async () => {
    await greeted();
    counter.push(counter.store({ type: "posted", text: "Before the restore" }));
    await counter.settle();
    counter.app.storage.set("epoch", "two");
    counter.log.length = 0;
    counter.hello({ epoch: "two" });
    await counter.settle();
    expect(shown(counter)).toEqual([]);
  });

  it("D10 a server that knows less is told how far we were, and then tells it all again", async () => {
    await greeted();
    const { log, auths } = counter;
    for (const text of ["one", "two"]) counter.push(counter.store({ type: "posted", text }));
    await counter.settle();
    log.length = 1;
    const conversation = log[0]?.conversation ?? "";
    counter.pair.server.emit("pulse", { type: "heads", epoch: "one", now: "", heads: { [conversation]: { talk: 1 } } });
    await counter.settle();
    expect(auths.at(-1)).toMatchObject({ epoch: "one", since: { [conversation]: 2 } });
    counter.hello({ conversations: [snapshot(log)] });
    await counter.settle();
    expect(shown(counter)).toEqual(["one"]);
  });
});
