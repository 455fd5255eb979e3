import { afterEach, describe, expect, it, vi } from "vitest";
import { fault } from "../../protocol/faults.ts";
import { REPLY_AFTER_MS } from "../../protocol/link.ts";
import { createStorage } from "../storage.ts";
import { type Counter, createCounter, memory, shown } from "../test/counter.ts";
import { createTabs } from "./outbox-tabs.ts";

/* Two tabs of one browser: one storage, one lock, one channel. Each has a line of its own to the same counter. */

const opened: { dispose(): void }[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.dispose();
});

async function tabOf(page: globalThis.Storage, site: string, first?: Counter, keeps = true): Promise<Counter> {
  const counter = createCounter({ storage: createStorage("pk_test", keeps, page), site });
  if (first) Object.assign(counter, { log: first.log, store: first.store, answer: first.answer });
  opened.push(counter.app);
  return counter;
}

async function arrives(counter: Counter, more = {}) {
  counter.desk.session.start();
  await counter.settle();
  counter.hello(more);
  await counter.settle();
}

function say({ app }: Counter, text: string) {
  app.draft.set(text);
  app.send();
}

const posts = ({ heard }: Counter) => heard.filter(({ type }) => type === "post");

describe("two tabs of one visitor", () => {
  it("D2 D15 what one wrote and did not live to send, the other sends, once", async () => {
    const page = memory();
    const one = await tabOf(page, "killed");
    await arrives(one, { token: "vt_1" });
    const other = await tabOf(page, "killed", one);
    await arrives(other);
    one.pair.cut();
    say(one, "Hello?");
    await vi.waitFor(async () => {
      await other.settle();
      expect(posts(other)).toMatchObject([{ text: "Hello?" }]);
    });
    one.app.dispose();
    await other.settle();
    expect(one.log.filter(({ type }) => type === "posted")).toHaveLength(1);
    expect(shown(other)).toEqual(["Hello? (sent)"]);
  });

  it("D5 D8 what one wrote before it ever had a line the other finds at its next hello, and sends in order, once", async () => {
    const page = memory();
    const one = await tabOf(page, "untold");
    const other = await tabOf(page, "untold", one);
    await arrives(one, { token: "vt_1" });
    say(one, "before");
    await vi.waitFor(async () => {
      await one.settle();
      expect(shown(one)).toEqual(["before (sent)"]);
    });
    one.pair.cut();
    say(other, "first");
    other.app.dispose();
    say(one, "second");
    expect(shown(one)).toEqual(["before (sent)", "first (waiting)", "second (waiting)"]);
    one.pair.connect();
    one.hello();
    await vi.waitFor(async () => {
      await one.settle();
      expect(shown(one)).toEqual(["before (sent)", "first (sent)", "second (sent)"]);
    });
    expect(posts(one)).toMatchObject([{ text: "before" }, { text: "first" }, { text: "second" }]);
  });

  it("D9 what one took back the other does not send, also where it has a copy of its own", async () => {
    const page = memory();
    const one = await tabOf(page, "taken back");
    say(one, "Never mind");
    const id = one.desk.outbox.pending.value[0]?.post.id ?? "";
    const other = await tabOf(Object.assign(memory(), page), "taken back");
    await vi.waitFor(() => expect(shown(other)).toEqual(["Never mind (sending)"]));
    other.desk.outbox.heard({ gone: id });
    await arrives(other, { token: "vt_1" });
    expect(posts(other)).toEqual([]);
  });

  it("D9 what was taken back while a page slept it does not send when it comes back", async () => {
    const page = memory();
    const one = await tabOf(page, "slept");
    await arrives(one, { token: "vt_1" });
    one.pair.cut();
    say(one, "Never mind");
    say(one, "But this");
    const id = one.desk.outbox.pending.value[0]?.post.id ?? "";
    // As the next page does, while this one lies in the browser's way back.
    page.removeItem(`deskbell:pk_test:out:${id}`);
    one.desk.wake();
    one.pair.connect();
    one.hello();
    await vi.waitFor(async () => {
      await one.settle();
      expect(shown(one)).toEqual(["But this (sent)"]);
    });
    expect(posts(one)).toMatchObject([{ text: "But this" }]);
  });

  it("D5 send one at a time: the second waits until the first has its answer", async () => {
    const page = memory();
    const one = await tabOf(page, "turns");
    await arrives(one, { token: "vt_1" });
    const other = await tabOf(page, "turns", one);
    await arrives(other);
    say(one, "first");
    await vi.waitFor(() => expect(one.pair.waiting.up).toBe(1));
    say(other, "second");
    await vi.waitFor(() => expect(one.desk.outbox.pending.value).toHaveLength(2));
    expect(other.pair.waiting.up).toBe(0);
    await vi.waitFor(async () => {
      await one.settle();
      await other.settle();
      expect(one.log.map((event) => event.type === "posted" && event.text)).toEqual(["first", "second"]);
      expect(one.desk.outbox.pending.value).toEqual([]);
      expect(other.desk.outbox.pending.value).toEqual([]);
    });
  });

  it("obey together a server that asks one for patience, also as they close", async () => {
    const page = memory();
    const one = await tabOf(page, "patient");
    await arrives(one, { token: "vt_1" });
    const other = await tabOf(page, "patient", one);
    await arrives(other);
    const usual = other.answer;
    one.answer = other.answer = () => ({ ok: false, fault: fault("limited", "", { afterMs: 60_000 }) });
    say(one, "Hello");
    await vi.waitFor(() => expect(one.pair.waiting.up).toBe(1));
    await vi.waitFor(() => expect(other.desk.outbox.pending.value).toHaveLength(1));
    await one.settle();
    await vi.waitFor(() => expect(other.desk.outbox.busy.value).toBeDefined());
    other.desk.wake();
    await other.settle();
    expect([...posts(one), ...posts(other)]).toHaveLength(1);
    const sent = vi.fn(async () => new Response("{}"));
    vi.stubGlobal("fetch", sent);
    other.desk.leave();
    vi.unstubAllGlobals();
    expect(sent).not.toHaveBeenCalled();
    // And its word is over for both once one got through.
    one.answer = usual;
    const now = performance.now();
    vi.spyOn(performance, "now").mockReturnValue(now + 62_000);
    one.desk.wake();
    await vi.waitFor(async () => {
      await one.settle();
      expect(shown(other)).toEqual(["Hello (sent)"]);
    });
    vi.restoreAllMocks();
    expect(other.desk.outbox.busy.value).toBeUndefined();
  });

  it("D8 what one hears reaches the other whose line stands still", async () => {
    const page = memory();
    const one = await tabOf(page, "heard");
    await arrives(one, { token: "vt_1" });
    const other = await tabOf(page, "heard", one);
    await arrives(other);
    one.push(one.store({ type: "posted", text: "Good morning" }));
    one.pair.flush("down");
    await vi.waitFor(() => expect(shown(other)).toEqual(["Good morning"]));
    expect(other.pair.waiting.down).toBe(0);
  });

  it("D12 a tab that belongs to another person by now hears nothing", async () => {
    const one = await tabOf(memory(), "apart");
    await arrives(one, { token: "vt_1" });
    const other = await tabOf(memory(), "apart");
    await arrives(other, { token: "vt_2" });
    const third = await tabOf(memory(), "apart");
    await arrives(third, { token: "vt_1" });
    say(one, "For my eyes");
    await vi.waitFor(() => expect(third.desk.outbox.pending.value).toHaveLength(1));
    expect(other.desk.outbox.pending.value).toEqual([]);
  });

  it("D2 become one person where both came as new ones at once", async () => {
    const page = memory();
    const one = await tabOf(page, "new");
    const other = await tabOf(page, "new", one);
    one.desk.session.start();
    other.desk.session.start();
    await one.settle();
    await other.settle();
    one.hello({ token: "vt_1" });
    other.hello({ token: "vt_2" });
    await other.settle();
    expect(other.auths.at(-1)).toMatchObject({ token: "vt_1" });
    expect(page.getItem("deskbell:pk_test:token")).toBe('"vt_1"');
  });

  it("send at once where a browser has no locks, and do not wait for one that was frozen", async () => {
    const { app, desk } = await tabOf(memory(), "frozen");
    const parts = { ...desk, storage: app.storage, host: "https://desk.test", site: "frozen" };
    const [frozen, awake] = [createTabs(parts), createTabs(parts)];
    const acted = vi.fn(async () => {});
    let thaw = () => {};
    const held = frozen.turn(
      () =>
        new Promise((done) => {
          thaw = done;
        }),
    );
    const impatient = vi.spyOn(AbortSignal, "timeout").mockImplementation(() => AbortSignal.abort());
    await awake.turn(acted);
    impatient.mockRestore();
    expect(acted).toHaveBeenCalledTimes(1);
    thaw();
    await held;
    vi.stubGlobal("navigator", {});
    await awake.turn(acted);
    vi.unstubAllGlobals();
    expect(acted).toHaveBeenCalledTimes(2);
    frozen.dispose();
    awake.dispose();
  });
});

describe("a page that closes", () => {
  async function parting(...texts: string[]) {
    return partingFrom(true, texts);
  }
  async function partingFrom(keeps: boolean, texts: string[]) {
    const one = await tabOf(memory(), `parting ${keeps} ${texts.length} ${texts[0]?.length}`, undefined, keeps);
    await arrives(one, { token: "vt_1" });
    one.pair.cut();
    for (const text of texts) say(one, text);
    const sent: RequestInit[] = [];
    vi.stubGlobal("fetch", async (_: string, init: RequestInit) => {
      sent.push(init);
      return new Response("{}");
    });
    return { one, sent };
  }
  const textsOf = ({ body }: RequestInit) => JSON.parse(`${body}`).commands.map(({ text }: { text: string }) => text);
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it("D5 D15 sends all that waits in one request that outlives it, in order and under the same ids", async () => {
    const { one, sent } = await parting("one", "two", "three");
    one.desk.leave();
    expect(sent).toMatchObject([{ method: "POST", keepalive: true, headers: { authorization: "Bearer vt_1" } }]);
    expect(textsOf(sent[0] as RequestInit)).toEqual(["one", "two", "three"]);
    const ids = JSON.parse(`${sent[0]?.body}`).commands.map(({ id }: { id: string }) => id);
    expect(ids).toEqual(one.desk.outbox.pending.value.map(({ post }) => post.id));
  });

  it("D5 sends as many of the first as a browser still takes", async () => {
    const { one, sent } = await parting(...["a", "b", "c"].map((letter) => letter.repeat(9_999).replace(/.$/, "é")));
    const wide = "é".repeat(10_000);
    for (let i = 0; i < 3; i++) say(one, wide);
    one.desk.leave();
    const [request] = sent as [RequestInit];
    expect(new Blob([`${request.body}`]).size).toBeLessThanOrEqual(60_000);
    expect(textsOf(request).map(([letter]: string) => letter)).toEqual(["a", "b", "c", "é"]);
  });

  it("D5 sends no more than the server takes as one request", async () => {
    const { one, sent } = await parting(...Array.from({ length: 60 }, (_, n) => `${n}`));
    one.desk.leave();
    expect(textsOf(sent[0] as RequestInit)).toEqual(Array.from({ length: 50 }, (_, n) => `${n}`));
  });

  /** The server asks for patience, and then its line breaks. */
  async function askedForPatience(keeps: boolean) {
    const { one, sent } = await partingFrom(keeps, []);
    one.pair.connect();
    one.answer = () => ({ ok: false, fault: fault("limited", "", { afterMs: 60_000 }) });
    say(one, "one");
    await vi.waitFor(async () => {
      await one.settle();
      expect(one.desk.outbox.busy.value).toBeDefined();
    });
    one.pair.cut();
    return { one, sent };
  }

  it("sends nothing while the server asks for patience, for the next page has it", async () => {
    const { one, sent } = await askedForPatience(true);
    one.desk.leave();
    expect(sent).toEqual([]);
  });

  it("D15 sends what waits once that time is over, whatever the line does", async () => {
    const { one, sent } = await askedForPatience(true);
    const now = performance.now();
    vi.spyOn(performance, "now").mockReturnValue(now + 62_000);
    one.desk.leave();
    vi.restoreAllMocks();
    expect(sent.map(textsOf)).toEqual([["one"]]);
  });

  it("D15 sends what a line has swallowed: that no answer came is no wish of the server's", async () => {
    const { one, sent } = await parting();
    one.pair.connect();
    const { link } = one.desk.session;
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    say(one, "one");
    await vi.waitFor(() => expect(one.pair.waiting.up).toBe(1));
    await vi.advanceTimersByTimeAsync(REPLY_AFTER_MS);
    vi.useRealTimers();
    expect(link?.up).toBe(true);
    one.desk.leave();
    expect(sent.map(textsOf)).toEqual([["one"]]);
  });

  it("D15 sends what nothing keeps also while the server asks for patience, and again only when more was written", async () => {
    const { one, sent } = await askedForPatience(false);
    for (let hidden = 0; hidden < 3; hidden++) one.desk.leave();
    say(one, "two");
    for (let hidden = 0; hidden < 3; hidden++) one.desk.leave();
    expect(sent.map(textsOf)).toEqual([["one"], ["one", "two"]]);
  });

  it("sends nothing where nothing waits", async () => {
    const { one, sent } = await parting();
    one.desk.leave();
    expect(sent).toEqual([]);
  });
});
