import { afterEach, describe, expect, it, vi } from "vitest";
import { fault } from "../../protocol/faults.ts";
import type { VisitorId } from "../../protocol/index.ts";
import { createStorage } from "../storage.ts";
import { type Counter, createCounter, memory, shown, snapshot } from "../test/counter.ts";
import { uuid7 } from "../uuid7.ts";

let counter: Counter;
afterEach(() => {
  vi.useRealTimers();
  counter.app.dispose();
});

async function arrived(given?: Parameters<typeof createCounter>[0]) {
  counter = createCounter(given);
  counter.desk.session.start();
  await counter.settle();
  counter.hello({ token: "vt_1" });
  await counter.settle();
  return counter;
}

/** Somebody whom the browser knows already; returns its storage, which other tabs see as well. */
async function cameAs(token: string) {
  const storage = createStorage("pk_test", true, memory());
  storage.set("token", token);
  counter = createCounter({ storage });
  counter.desk.session.start();
  counter.hello();
  await counter.settle();
  return storage;
}

function say(text: string) {
  counter.app.draft.set(text);
  counter.app.send();
}

/** Whatever it takes of time, and of what waits to be let through. */
async function becomes(...lines: string[]) {
  const after = async () => {
    await counter.settle();
    return shown(counter);
  };
  await expect.poll(after, { timeout: 10_000 }).toEqual(lines);
}

describe("the outbox", () => {
  it("D15 says sent only after the acknowledgement", async () => {
    await arrived();
    say("Hello");
    expect(shown(counter)).toEqual(["Hello (sending)"]);
    counter.pair.flush("up");
    expect(shown(counter)).toEqual(["Hello (sending)"]);
    await counter.settle();
    expect(shown(counter)).toEqual(["Hello (sent)"]);
    expect(counter.told).toContain("message:sent");
  });

  it("D15 keeps what was not acknowledged over a reload, and sends it under the same id", async () => {
    const page = memory();
    counter = createCounter({ storage: createStorage("pk_test", true, page) });
    say("Written offline");
    const [waiting] = counter.desk.outbox.pending.value;
    counter.app.dispose();
    await arrived({ storage: createStorage("pk_test", true, page) });
    expect(counter.heard).toMatchObject([{ type: "post", id: waiting?.post.id, text: "Written offline" }]);
    expect(shown(counter)).toEqual(["Written offline (sent)"]);
  });

  it("D5 sends one after the other, in the order of writing", async () => {
    await arrived();
    for (const text of ["one", "two", "three"]) say(text);
    expect(counter.pair.waiting.up).toBe(1);
    await counter.settle();
    expect(counter.heard.map((command) => command.type === "post" && command.text)).toEqual(["one", "two", "three"]);
  });

  it("D2 sends again under the same id after a lost line, and shows the message once", async () => {
    await arrived();
    say("Hello");
    counter.pair.flush("up");
    counter.pair.cut();
    await counter.settle();
    expect(shown(counter)).toEqual(["Hello (waiting)"]);
    counter.pair.connect();
    counter.hello();
    await counter.settle();
    const posts = counter.heard.filter(({ type }) => type === "post");
    expect(posts).toHaveLength(2);
    expect(posts[0]).toEqual(posts[1]);
    expect(shown(counter)).toEqual(["Hello (sent)"]);
  });

  it("shows what was refused for good, and goes on with the next", async () => {
    await arrived();
    const usual = counter.answer;
    counter.answer = (command) =>
      command.type === "post" && command.text === "bad" ? { ok: false, fault: fault("invalid", "no") } : usual(command);
    say("bad");
    say("good");
    await counter.settle();
    expect(shown(counter)).toEqual(["good (sent)", "bad (refused)"]);
    const refused = counter.desk.outbox.pending.value[0]?.post.id ?? "";
    expect(counter.desk.outbox.takeBack(refused)).toBe("bad");
    expect(shown(counter)).toEqual(["good (sent)"]);
  });

  it("shows nothing of what was taken back while it was on its way, and refused", async () => {
    await arrived();
    const usual = counter.answer;
    counter.answer = () => ({ ok: false, fault: fault("invalid", "no") });
    say("bad");
    counter.desk.outbox.takeBack(counter.desk.outbox.pending.value[0]?.post.id ?? "");
    await counter.settle();
    counter.answer = usual;
    expect(shown(counter)).toEqual([]);
    expect(counter.app.storage.keys("out:")).toEqual([]);
  });

  it("adopts the conversation that the server chose, also for what still waits", async () => {
    await arrived();
    const theirs = counter.store({ type: "joined", agent: { id: "a", name: "Mara" } as never }).conversation;
    counter.log.length = 0;
    const usual = counter.answer;
    counter.answer = (command) =>
      command.type === "post" ? usual({ ...command, conversation: theirs }) : usual(command);
    say("one");
    say("two");
    await counter.settle();
    expect(
      counter.heard
        .filter(({ type }) => type === "post")
        .map((command) => command.type === "post" && command.conversation)[1],
    ).toBe(theirs);
    expect(counter.desk.thread.current.value).toBe(theirs);
    expect(shown(counter)).toEqual(["one (sent)", "two (sent)"]);
  });

  it("D10 offers what was acknowledged once more after a restore, under the old id", async () => {
    await arrived();
    say("Hello");
    await counter.settle();
    const [first] = counter.heard;
    counter.log.length = 0;
    counter.hello({ epoch: "two" });
    await counter.settle();
    const posts = counter.heard.filter(({ type }) => type === "post");
    expect(posts[1]).toEqual(first);
    expect(shown(counter)).toEqual(["Hello (sent)"]);
  });

  it("sends nothing before the server said, whatever else happens meanwhile", async () => {
    await arrived();
    vi.useFakeTimers({ toFake: ["performance"] });
    const usual = counter.answer;
    counter.answer = () => ({ ok: false, fault: fault("unavailable", "busy", { afterMs: 5_000 }) });
    say("Hello");
    await counter.settle();
    counter.answer = usual;
    const posts = () => counter.heard.filter(({ type }) => type === "post").length;
    vi.advanceTimersByTime(4_999);
    const [waiting] = counter.desk.outbox.pending.value;
    counter.desk.outbox.retry(waiting?.post.id ?? "");
    counter.desk.wake();
    counter.hello();
    say("Hello?");
    await counter.settle();
    expect(posts()).toBe(1);
    vi.advanceTimersByTime(1_001);
    counter.desk.wake();
    await counter.settle();
    expect(posts()).toBe(3);
    vi.useRealTimers();
  });

  it("D5 keeps the order of writing also when the clock is set back in between", async () => {
    const page = memory();
    counter = createCounter({ storage: createStorage("pk_test", true, page) });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2028, 0, 1) });
    say("first");
    counter.app.dispose();
    vi.setSystemTime(Date.UTC(2024, 0, 1));
    vi.resetModules();
    const { createCounter: anew } = await import("../test/counter.ts");
    counter = anew({ storage: createStorage("pk_test", true, page) });
    say("second");
    vi.useRealTimers();
    counter.desk.session.start();
    await counter.settle();
    counter.hello({ token: "vt_1" });
    await counter.settle();
    expect(counter.heard.map((command) => command.type === "post" && command.text)).toEqual(["first", "second"]);
  });

  describe("starting over", () => {
    /** With two messages that wait. */
    async function signedOut() {
      const storage = await cameAs("vt_1");
      counter.answer = () => undefined;
      for (const text of ["first", "second"]) say(text);
      return { storage, waiting: counter.desk.outbox.pending.value };
    }

    it("is by somebody new, with what was not sent, in a conversation of its own", async () => {
      const { storage, waiting } = await signedOut();
      counter.desk.startOver();
      expect(storage.get("token")).toBeUndefined();
      expect(counter.auths.at(-1)).not.toHaveProperty("token");
      const moved = counter.desk.outbox.pending.value.map(({ post }) => post.conversation);
      expect(new Set([...moved, waiting[0]?.post.conversation]).size).toBe(2);
    });

    it("D9 is by whom another tab became that had done so unheard, without what that one has sent", async () => {
      const { storage, waiting } = await signedOut();
      const [first] = waiting;
      storage.set("token", "vt_2");
      storage.set(`out:${first?.post.id}`, { ...first, done: Date.now() });
      counter.desk.startOver();
      expect(storage.get("token")).toBe("vt_2");
      expect(counter.auths.at(-1)).toMatchObject({ token: "vt_2" });
      expect(counter.desk.outbox.pending.value.map(({ post }) => post.text)).toEqual(["second"]);
    });
  });

  it("D9 what is written once another tab became somebody else is theirs, and nothing of whom it was is shown", async () => {
    const storage = await cameAs("vt_1");
    say("As the first");
    await counter.settle();
    storage.set("token", "vt_2");
    counter.desk.follow();
    expect(counter.auths.at(-1)).toMatchObject({ token: "vt_2" });
    counter.log.length = 0;
    counter.hello({ visitor: { id: uuid7() as VisitorId, verified: false } });
    await counter.settle();
    expect(shown(counter)).toEqual([]);
    say("As the second");
    await counter.settle();
    expect(shown(counter)).toEqual(["As the second (sent)"]);
    const [first, second] = counter.heard.flatMap((command) => (command.type === "post" ? [command.conversation] : []));
    expect(second).not.toBe(first);
  });

  it("D9 keeps the conversation in view where who was named brought it along, with what waits in it", async () => {
    const storage = await cameAs("vt_1");
    say("Before they were named");
    await counter.settle();
    counter.pair.cut();
    say("Not sent yet");
    storage.set("token", "vt_2");
    counter.desk.follow();
    counter.hello({
      visitor: { id: uuid7() as VisitorId, verified: true },
      conversations: [snapshot(counter.log)],
    });
    expect(shown(counter)).toEqual(["Before they were named (sent)", "Not sent yet (sending)"]);
    await becomes("Before they were named (sent)", "Not sent yet (sent)");
    const all = counter.heard.flatMap((command) => (command.type === "post" ? [command.conversation] : []));
    expect(new Set(all).size).toBe(1);
  });
});
