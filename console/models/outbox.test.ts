import { beforeEach, describe, expect, it, vi } from "vitest";
import type { EventOf } from "../../protocol/event.ts";
import type { EventId } from "../../protocol/ids.ts";
import {
  byAgent,
  CONVERSATION,
  conversation,
  createFakeLine,
  hello,
  MARA,
  posted,
  settled,
  TOMAS,
} from "../fake-line.ts";
import { createMemoryShelf } from "../shelf.ts";
import { createOutbox, type Written } from "./outbox.ts";
import { createThreads } from "./threads.ts";

const ID = "01976d80-0000-7000-8000-0000000000aa" as EventId;
const post = (id: EventId = ID, text = "Hello"): Written => ({
  type: "post",
  conversation: CONVERSATION,
  id,
  text,
  seen: 0,
});

const takenBack = (target: number) =>
  ({ ...posted(2, ""), type: "redacted", target, ...byAgent(MARA) }) as unknown as EventOf<"redacted">;

function start(shelf = createMemoryShelf()) {
  const line = createFakeLine();
  const router = { route: { value: { page: "sign-in" } } } as never;
  const threads = createThreads(line.link, router);
  const again = vi.fn();
  return { line, threads, shelf, again, outbox: createOutbox(line.link, threads, shelf, undefined, again) };
}

describe("the outbox", () => {
  let at: ReturnType<typeof start>;
  beforeEach(() => {
    at = start();
  });

  it("D15 keeps what is unconfirmed through a reload and sends it under the same id", async () => {
    at.line.up = false;
    at.outbox.send(post());
    expect(at.outbox.pending.value[0]?.state).toBe("sending");
    const later = start(at.shelf);
    later.line.tell("hello", hello());
    expect(later.line.sent).toEqual([post()]);
    await later.line.reply({ ok: true, event: posted(1, "Hello", { id: ID, ...byAgent(MARA) }) });
    expect(later.outbox.pending.value).toEqual([]);
    expect(start(at.shelf).outbox.pending.value).toEqual([]);
  });

  it("tries again also where the timer is early by the clock that the wait is told by", async () => {
    vi.spyOn(performance, "now").mockReturnValue(performance.now());
    at.outbox.send(post());
    await at.line.reply({ ok: false, fault: { code: "unavailable", message: "", retry: "after", afterMs: 0 } });
    await vi.waitUntil(() => at.line.sent.length === 2, { timeout: 10_000 }).finally(() => vi.restoreAllMocks());
    expect(at.line.sent).toEqual([post(), post()]);
  });

  it("D5 sends one after another", async () => {
    const second = "01976d80-0000-7000-8000-0000000000ab" as EventId;
    at.outbox.send(post());
    at.outbox.send(post(second, "and more"));
    expect(at.line.sent).toHaveLength(1);
    await at.line.reply({ ok: true, event: posted(1, "Hello", { id: ID }) });
    expect(at.line.sent.map((command) => "id" in command && command.id)).toEqual([ID, second]);
  });

  it("D5 keeps the order of writing also where the clock was set back in between", async () => {
    const second = "01876d80-0000-7000-8000-0000000000aa" as EventId;
    at.line.up = false;
    at.outbox.send(post());
    start(at.shelf).outbox.send(post(second, "and more"));
    const later = start(at.shelf);
    expect(later.outbox.pending.value.map(({ command }) => command.id)).toEqual([ID, second]);
    later.line.tell("hello", hello());
    await later.line.reply({ ok: true, event: posted(1, "Hello", { id: ID }) });
    await later.line.reply({ ok: true, event: posted(2, "and more", { id: second }) });
    // And once more after a restore, in the same order.
    const restored = start(at.shelf);
    restored.line.answer = ({ type }) =>
      type === "open" ? { ok: true, conversation: conversation(), events: [] } : undefined;
    restored.line.tell("hello", hello([], "two"));
    await settled();
    expect(restored.outbox.pending.value.map(({ command }) => command.id)).toEqual([ID, second]);
  });

  it("D2 tries again under the same id after a lost reply", async () => {
    at.outbox.send(post());
    await at.line.reply({ ok: false, fault: { code: "unavailable", message: "", retry: "after", afterMs: 0 } });
    await vi.waitFor(() => expect(at.line.sent).toEqual([post(), post()]), { timeout: 3_000 });
  });

  it("D8 takes a line that brings no answer for dead, and no server that is busy", async () => {
    const busy = { ok: false, fault: { code: "unavailable", message: "", retry: "after", afterMs: 0 } } as const;
    at.outbox.send(post());
    await at.line.reply(busy);
    expect(at.again).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(at.line.sent).toEqual([post(), post()]), { timeout: 3_000 });
    await at.line.reply({ ...busy, unheard: true });
    expect(at.again).toHaveBeenCalledTimes(1);
    await vi.waitFor(() => expect(at.line.sent).toHaveLength(3), { timeout: 5_000 });
  });

  it("gives a text back that a colleague's message made stale, and shows that message", async () => {
    const theirs = posted(1, "I have it", byAgent(TOMAS));
    const held: unknown[] = [];
    at.line.answer = (command) =>
      command.type === "open" ? { ok: true, conversation: conversation(), events: [] } : undefined;
    await at.threads.of(CONVERSATION).open();
    at.outbox.onHeldBack((pending, events) => held.push(pending.command.text, events));
    at.outbox.send(post());
    await at.line.reply({ ok: false, fault: { code: "stale", message: "", retry: "never", events: [theirs] } });
    expect(held).toEqual(["Hello", [theirs]]);
    expect(at.outbox.pending.value).toEqual([]);
    expect(at.threads.of(CONVERSATION).log.value.talk).toEqual([theirs]);
  });

  it("keeps what was refused, until it is sent again or dropped", async () => {
    at.outbox.send(post());
    await at.line.reply({ ok: false, fault: { code: "invalid", message: "no", retry: "never" } });
    expect(at.outbox.pending.value[0]?.state).toBe("failed");
    at.outbox.again(ID);
    expect(at.line.sent).toHaveLength(2);
    at.outbox.drop(ID);
    expect(at.shelf.keys("outbox.")).toEqual([]);
  });

  it("D10 offers again what was acknowledged, once the server was restored from a backup", async () => {
    at.line.tell("hello", hello());
    at.outbox.send(post());
    await at.line.reply({ ok: true, event: posted(1, "Hello", { id: ID }) });
    at.line.answer = (command) =>
      command.type === "open"
        ? { ok: true, conversation: conversation({ head: { talk: 4, desk: 0 } }), events: [] }
        : undefined;
    at.line.tell("hello", hello([], "two"));
    await settled();
    expect(at.line.sent.filter(({ type }) => type === "post")).toEqual([post(), { ...post(), seen: 4 }]);
  });

  describe("D10 after a restore from a backup", () => {
    const opens = (talk: number) => (command: { type: string }) =>
      command.type === "open"
        ? { ok: true as const, conversation: conversation({ head: { talk, desk: 0 } }), events: [] }
        : command.type === "leave"
          ? { ok: true as const }
          : undefined;
    const posts = (line: ReturnType<typeof createFakeLine>) => line.sent.filter(({ type }) => type === "post");

    async function acknowledged() {
      at.line.tell("hello", hello());
      at.outbox.send(post());
      await at.line.reply({ ok: true, event: posted(1, "Hello", { id: ID }) });
      return at.shelf;
    }

    it("offers again also what a console acknowledged that was closed meanwhile", async () => {
      const later = start(await acknowledged());
      later.line.answer = opens(2);
      later.line.tell("hello", hello([], "two"));
      await settled();
      expect(posts(later.line)).toEqual([{ ...post(), seen: 2 }]);
    });

    it("posts past a colleague's reply that came back first", async () => {
      const later = start(await acknowledged());
      later.line.answer = opens(1);
      later.line.tell("hello", hello([], "two"));
      await settled();
      const held = vi.fn();
      later.outbox.onHeldBack(held);
      const events = [posted(3, "I have it", byAgent(TOMAS))];
      await later.line.reply({ ok: false, fault: { code: "stale", message: "", retry: "never", events } });
      expect(posts(later.line).at(-1)).toEqual({ ...post(), seen: 3 });
      expect(held).not.toHaveBeenCalled();
    });

    it.each([
      ["by its event", ({ line }: ReturnType<typeof start>) => line.tell("event", takenBack(1))],
      ["by an answer", ({ outbox }: ReturnType<typeof start>) => outbox.tookBack(CONVERSATION, 1)],
    ])("offers nothing that was taken back, told %s, and keeps no word of it", async (_, tell) => {
      await acknowledged();
      const note = "01976d80-0000-7000-8000-0000000000ac" as EventId;
      at.outbox.send({ type: "note", conversation: CONVERSATION, id: note, text: "Aside" });
      await at.line.reply({ ok: true, event: { ...posted(1, "Aside", { id: note }), type: "noted" } as never });
      tell(at);
      expect(at.shelf.keys("sent.")).toEqual([`sent.${note}`]);
      at.line.answer = opens(1);
      at.line.tell("hello", hello([], "two"));
      await settled();
      expect(posts(at.line)).toEqual([post()]);
    });

    it("waits for the visitor to bring back a conversation that is gone", async () => {
      const later = start(await acknowledged());
      const gone = { ok: false as const, fault: { code: "not-found" as const, message: "", retry: "never" as const } };
      let back = false;
      later.line.answer = (command) => (command.type === "post" && back ? undefined : gone);
      later.line.tell("hello", hello([], "two"));
      await settled();
      expect(later.outbox.pending.value).toMatchObject([{ state: "sending", again: true }]);
      back = true;
      const before = posts(later.line).length;
      await vi.waitFor(() => expect(posts(later.line).length).toBe(before + 1), { timeout: 5_000 });
      await later.line.reply({ ok: true, event: posted(1, "Hello", { id: ID }) });
      expect(later.outbox.pending.value).toEqual([]);
    });

    it("puts nothing back that its agent left behind while it was being offered", async () => {
      const later = start(await acknowledged());
      later.line.tell("hello", hello([], "two"));
      later.outbox.dispose();
      await later.line.reply({ ok: true, conversation: conversation(), events: [] });
      expect(later.shelf.keys("outbox.")).toEqual([]);
    });

    it("offers all of it once more where the page was closed before all had its turn", async () => {
      const later = start(await acknowledged());
      later.line.tell("hello", hello([], "two"));
      later.outbox.dispose();
      const next = start(at.shelf);
      next.line.answer = opens(2);
      next.line.tell("hello", hello([], "two"));
      await settled();
      expect(posts(next.line)).toEqual([{ ...post(), seen: 2 }]);
      await next.line.reply({ ok: true, event: posted(3, "Hello", { id: ID }) });
      const last = start(at.shelf);
      last.line.tell("hello", hello([], "two"));
      await settled();
      expect(last.outbox.pending.value).toEqual([]);
    });

    it("drops what was changed since, and shows nobody a failure that is none", async () => {
      const later = start(await acknowledged());
      later.line.answer = opens(1);
      later.line.tell("hello", hello([], "two"));
      await settled();
      await later.line.reply({ ok: false, fault: { code: "reused-id", message: "", retry: "never" } });
      expect(later.outbox.pending.value).toEqual([]);
      expect(later.shelf.keys("sent.")).toEqual([]);
    });
  });

  it("spreads its tries beyond what the server said, by a time that doubles", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    at.line.answer = () => ({ ok: false, fault: { code: "limited", message: "", retry: "after", afterMs: 5_000 } });
    at.outbox.send(post());
    await vi.advanceTimersByTimeAsync(0);
    for (const [before, ms] of [5_500, 6_000, 7_000].entries()) {
      await vi.advanceTimersByTimeAsync(ms - 1);
      expect(at.line.sent).toHaveLength(before + 1);
      await vi.advanceTimersByTimeAsync(1);
      expect(at.line.sent).toHaveLength(before + 2);
    }
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it("obeys a server that asks for patience, whatever happens meanwhile", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    at.outbox.send(post());
    const limited = { code: "limited", message: "", retry: "after", afterMs: 5_000 } as const;
    const replied = at.line.reply({ ok: false, fault: limited });
    await vi.advanceTimersByTimeAsync(0);
    await replied;
    at.line.tell("hello", hello());
    at.outbox.again(ID);
    await vi.advanceTimersByTimeAsync(4_999);
    at.line.tell("hello", hello());
    expect(at.line.sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_100);
    expect(at.line.sent).toHaveLength(2);
    vi.useRealTimers();
  });
});
