import { v7 } from "uuid";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Reply } from "../../protocol/command.ts";
import type { Event } from "../../protocol/event.ts";
import { fault } from "../../protocol/faults.ts";
import type { EventId } from "../../protocol/ids.ts";
import { createPageStorage, stubDatabase } from "../../ui/fake-storage.ts";
import { openVault, type Vault } from "../../ui/vault.ts";
import { byAgent, CONVERSATION, conversation, createFakeLine, hello, MARA, posted, settled } from "../fake-line.ts";
import type { Shelf } from "../ports.ts";
import { openShelf, shelfOf } from "../shelf.ts";
import { openTabs } from "../tabs.ts";
import { itemsOf } from "./items.ts";
import { createOutbox, type Written } from "./outbox.ts";
import { createThreads } from "./threads.ts";

/* Two tabs of one agent in one browser: one storage, one lock, one channel. Each has a line of its own to the same log. */

const AT_IT = { route: { value: { page: "inbox", view: "mine", conversation: CONVERSATION } } } as never;
const opened: { dispose(): void }[] = [];
const vaults: Vault[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.dispose();
  for (const vault of vaults.splice(0)) vault.close();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** What all tabs of a browser keep their words in. */
const BROWSERS = {
  localStorage: () => {
    const page = createPageStorage();
    return () => openShelf(page);
  },
  IndexedDB: () => {
    stubDatabase();
    return () =>
      openShelf(undefined, async (...given) => {
        const vault = await openVault(...given);
        vaults.push(vault);
        return vault;
      });
  },
};

/** The server's log, and the names under which its agent's tabs find each other. */
function createDesk(agent = v7(), shelf = BROWSERS.localStorage()) {
  const log: Event[] = [];
  const post = (command: Written): Reply => {
    const { id, text } = command;
    const before = log.find((event) => event.id === id);
    const event = before ?? posted(log.length + 1, text, { id, ...byAgent(MARA) });
    if (!before) log.push(event);
    return { ok: true, event, ...(before && { again: true as const }) };
  };
  return { log, post, agent, shelf };
}

async function tabOf(desk: ReturnType<typeof createDesk>) {
  const line = createFakeLine();
  line.answer = (command) => {
    if (command.type === "post") return desk.post(command);
    if (command.type === "open")
      return { ok: true, conversation: conversation({ head: { talk: desk.log.length, desk: 0 } }), events: desk.log };
    return { ok: true };
  };
  const shelf: Shelf = shelfOf(await desk.shelf(), desk.agent);
  const threads = createThreads(line.link, AT_IT);
  const outbox = createOutbox(line.link, threads, shelf, openTabs(desk.agent));
  opened.push(outbox, threads);
  await settled();
  const posts = () => line.sent.flatMap((command) => (command.type === "post" ? [command.text] : []));
  return {
    line,
    shelf,
    threads,
    outbox,
    posts,
    say(text: string) {
      const id = v7() as EventId;
      outbox.send({ type: "post", conversation: CONVERSATION, id, text, seen: 0 });
      return id;
    },
    /** What stands in the thread, as far as it is the agent's. */
    shown() {
      const thread = threads.of(CONVERSATION);
      const items = itemsOf(conversation(), thread.log.value, outbox.pending.value, undefined);
      return items.flatMap((item) => (item.kind === "message" ? [`${item.text} (${item.delivery})`] : []));
    },
  };
}

describe.each(Object.entries(BROWSERS))("two tabs of one agent with words in %s", (_, browser) => {
  it("D2 D15 what one wrote and did not live to send, the other shows at once and sends, once", async () => {
    const desk = createDesk(v7(), browser());
    const [one, other] = [await tabOf(desk), await tabOf(desk)];
    one.line.up = false;
    other.line.answer = (command) => (command.type === "post" ? undefined : { ok: true });
    one.say("Hello?");
    await expect.poll(() => other.shown()).toEqual(["Hello? (sending)"]);
    one.outbox.dispose();
    const [command] = other.line.sent.filter(({ type }) => type === "post") as Written[];
    await other.line.reply(desk.post(command as Written));
    expect(other.posts()).toEqual(["Hello?"]);
    expect(other.outbox.pending.value).toEqual([]);
    expect((await tabOf(desk)).outbox.pending.value).toEqual([]);
  });

  it("D5 what one wrote while both had no line goes in the order of writing, by whichever comes back, once", async () => {
    const desk = createDesk(v7(), browser());
    const [one, other] = [await tabOf(desk), await tabOf(desk)];
    for (const tab of [one, other]) tab.line.up = false;
    one.say("first");
    await expect.poll(() => other.shown()).toHaveLength(1);
    other.say("second");
    await expect.poll(() => one.shown()).toHaveLength(2);
    one.say("third");
    await expect.poll(() => other.shown()).toHaveLength(3);
    for (const tab of [one, other]) {
      tab.line.up = true;
      tab.line.tell("hello", hello());
    }
    await expect.poll(() => [one.outbox.pending.value, other.outbox.pending.value]).toEqual([[], []]);
    expect(desk.log.map((event) => event.type === "posted" && event.text)).toEqual(["first", "second", "third"]);
    expect([...one.posts(), ...other.posts()].sort()).toEqual(["first", "second", "third"]);
  });
});

describe("two tabs of one agent", () => {
  it("D5 send one at a time: the second waits until the first has its answer", async () => {
    const desk = createDesk();
    const [one, other] = [await tabOf(desk), await tabOf(desk)];
    one.line.answer = ({ type }) => (type === "post" ? undefined : { ok: true });
    one.say("first");
    await expect.poll(() => one.posts()).toEqual(["first"]);
    other.say("second");
    await expect.poll(() => one.shown()).toHaveLength(2);
    expect(other.posts()).toEqual([]);
    one.line.answer = (command) => (command.type === "post" ? desk.post(command) : { ok: true });
    await one.line.reply(desk.post(one.line.sent.find(({ type }) => type === "post") as Written));
    await expect.poll(() => [one.outbox.pending.value, other.outbox.pending.value]).toEqual([[], []]);
    expect(desk.log.map((event) => event.type === "posted" && event.text)).toEqual(["first", "second"]);
  });

  it("D15 stands in both as sent once one has the answer, though the other's line stands still, and is offered back in one", async () => {
    const desk = createDesk();
    const [one, other] = [await tabOf(desk), await tabOf(desk)];
    for (const tab of [one, other]) tab.line.tell("hello", hello());
    await settled();
    const undone = [vi.fn(), vi.fn()];
    for (const [n, tab] of [one, other].entries()) tab.outbox.onSent(undone[n] as () => void);
    other.line.up = false;
    const seen: string[][] = [];
    other.outbox.pending.subscribe(() => void seen.push(other.shown()));
    one.say("Hello");
    await expect.poll(() => other.shown()).toEqual(["Hello (sent)"]);
    // At no moment was it in neither place.
    expect(seen.slice(seen.findIndex(({ length }) => length > 0)).every(({ length }) => length === 1)).toBe(true);
    expect(undone.map(({ mock }) => mock.calls.length)).toEqual([1, 0]);
  });

  it("D9 what one dropped the other does not send, also where it slept and heard nothing of it", async () => {
    const desk = createDesk();
    const [one, other] = [await tabOf(desk), await tabOf(desk)];
    for (const tab of [one, other]) tab.line.up = false;
    const id = one.say("Never mind");
    await expect.poll(() => other.shown()).toEqual(["Never mind (sending)"]);
    one.outbox.drop(id);
    await expect.poll(() => other.shown()).toEqual([]);
    const next = one.say("Nor this");
    await expect.poll(() => other.shown()).toEqual(["Nor this (sending)"]);
    one.shelf.set(`outbox.${next}`, undefined);
    other.line.up = true;
    other.line.tell("hello", hello());
    await settled();
    expect(other.posts()).toEqual([]);
  });

  it("a colleague's message that stopped it gives the words back in one of them", async () => {
    const desk = createDesk();
    const [one, other] = [await tabOf(desk), await tabOf(desk)];
    const held = vi.fn();
    for (const tab of [one, other]) {
      tab.outbox.onHeldBack(held);
      tab.line.answer = ({ type }) =>
        type === "post" ? { ok: false, fault: fault("stale", "Look first", { events: [] }) } : { ok: true };
    }
    one.say("Hello");
    await expect.poll(() => [one.outbox.pending.value, other.outbox.pending.value]).toEqual([[], []]);
    await settled();
    expect(held).toHaveBeenCalledTimes(1);
  });

  it("obey together a server that asks one for patience", async () => {
    const desk = createDesk();
    const [one, other] = [await tabOf(desk), await tabOf(desk)];
    for (const tab of [one, other]) tab.line.answer = ({ type }) => (type === "post" ? undefined : { ok: true });
    one.say("Hello");
    await expect.poll(() => other.outbox.pending.value).toHaveLength(1);
    await one.line.reply({ ok: false, fault: fault("limited", "", { afterMs: 60_000 }) });
    for (const tab of [one, other]) {
      tab.line.tell("hello", hello());
      tab.outbox.wake();
    }
    await new Promise((done) => setTimeout(done, 50));
    expect([...one.posts(), ...other.posts()]).toEqual(["Hello"]);
  });

  it("D8 do not wait for one whose line swallowed it", async () => {
    const desk = createDesk();
    const [one, other] = [await tabOf(desk), await tabOf(desk)];
    one.line.answer = ({ type }) => (type === "post" ? undefined : { ok: true });
    one.say("Hello");
    await expect.poll(() => other.outbox.pending.value).toHaveLength(1);
    const swallowed = { ok: false, fault: fault("unavailable", "", { afterMs: 60_000 }), unheard: true } as const;
    await one.line.reply(swallowed);
    await expect.poll(() => one.shown()).toEqual(["Hello (sent)"]);
    expect([one.posts(), other.posts()]).toEqual([["Hello"], ["Hello"]]);
  });

  it("do not wait for one that its browser froze in its turn", async () => {
    const desk = createDesk();
    const [frozen, awake] = [await tabOf(desk), await tabOf(desk)];
    frozen.line.answer = () => undefined;
    frozen.say("first");
    await expect.poll(() => frozen.posts()).toEqual(["first"]);
    vi.spyOn(AbortSignal, "timeout").mockImplementation(() => AbortSignal.abort());
    awake.say("second");
    await expect.poll(() => awake.outbox.pending.value).toEqual([]);
    expect(desk.log.map((event) => event.type === "posted" && event.text)).toEqual(["first", "second"]);
  });

  it("D9 D12 hear nothing of a colleague's, and send nothing of theirs", async () => {
    const desk = createDesk();
    const one = await tabOf(desk);
    const colleague = await tabOf({ ...desk, agent: v7() });
    one.line.up = false;
    one.say("Words of the first");
    colleague.say("Words of the colleague");
    await expect.poll(() => colleague.outbox.pending.value).toEqual([]);
    colleague.line.tell("hello", hello());
    await settled();
    expect(colleague.posts()).toEqual(["Words of the colleague"]);
    expect(one.outbox.pending.value).toMatchObject([{ command: { text: "Words of the first" } }]);
  });
});
