import { afterEach, describe, expect, it, vi } from "vitest";
import { createStorage } from "../storage.ts";
import { type Counter, createCounter, memory, shown } from "../test/counter.ts";
import { createTabs } from "./outbox-tabs.ts";

/* Two tabs of one browser: one storage, one lock, one channel. Each has a line of its own to the same counter. */

const opened: { dispose(): void }[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.dispose();
});

async function tabOf(page: globalThis.Storage, site: string, first?: Counter): Promise<Counter> {
  const counter = createCounter({ storage: createStorage("pk_test", true, page), site });
  if (first) Object.assign(counter, { log: first.log, store: first.store, answer: first.answer });
  opened.push(counter.app);
  return counter;
}

async function arrives(counter: Counter, more = {}) {
  counter.app.session.start();
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

  it("D5 send one at a time: the second waits until the first has its answer", async () => {
    const page = memory();
    const one = await tabOf(page, "turns");
    await arrives(one, { token: "vt_1" });
    const other = await tabOf(page, "turns", one);
    await arrives(other);
    say(one, "first");
    await vi.waitFor(() => expect(one.pair.waiting.up).toBe(1));
    say(other, "second");
    await vi.waitFor(() => expect(one.app.outbox.pending.value).toHaveLength(2));
    expect(other.pair.waiting.up).toBe(0);
    await vi.waitFor(async () => {
      await one.settle();
      await other.settle();
      expect(one.log.map((event) => event.type === "posted" && event.text)).toEqual(["first", "second"]);
      expect(one.app.outbox.pending.value).toEqual([]);
      expect(other.app.outbox.pending.value).toEqual([]);
    });
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
    await vi.waitFor(() => expect(third.app.outbox.pending.value).toHaveLength(1));
    expect(other.app.outbox.pending.value).toEqual([]);
  });

  it("D2 become one person where both came as new ones at once", async () => {
    const page = memory();
    const one = await tabOf(page, "new");
    const other = await tabOf(page, "new", one);
    one.app.session.start();
    other.app.session.start();
    await one.settle();
    await other.settle();
    one.hello({ token: "vt_1" });
    other.hello({ token: "vt_2" });
    await other.settle();
    expect(other.auths.at(-1)).toMatchObject({ token: "vt_1" });
    expect(page.getItem("deskbell:pk_test:token")).toBe('"vt_1"');
  });

  it("send at once where a browser has no locks, and do not wait for one that was frozen", async () => {
    const { app } = await tabOf(memory(), "frozen");
    const parts = { ...app, host: "https://desk.test", site: "frozen" };
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
    frozen.close();
    awake.close();
  });
});
