import { afterEach, describe, expect, it, vi } from "vitest";
import { fault } from "../../protocol/faults.ts";
import { byAgent, CONVERSATION, conversation, createFakeLine, posted, settled, TOMAS } from "../fake-line.ts";
import { createThread } from "./thread.ts";

const seqs = (thread: ReturnType<typeof createThread>) => thread.log.value.talk.map(({ seq }) => seq);

describe("a thread", () => {
  it("D16 holds pushes that overtake the reply to open, and stands where the log does", async () => {
    const line = createFakeLine();
    const thread = createThread(CONVERSATION, line.link);
    const opening = thread.open();
    thread.hear(posted(3, "third"));
    expect(thread.conversation.value).toBeUndefined();
    await line.reply({
      ok: true,
      conversation: conversation({ head: { talk: 2, desk: 0 } }),
      events: [posted(1, "first"), posted(2, "second")],
    });
    await opening;
    expect(seqs(thread)).toEqual([1, 2, 3]);
    expect(thread.conversation.value?.head.talk).toBe(3);
    expect(thread.conversation.value?.latest?.text).toBe("third");
  });

  it("D4 drops what it has and fetches what lies in a hole", async () => {
    const line = createFakeLine();
    const thread = createThread(CONVERSATION, line.link);
    line.answer = (command) =>
      command.type === "open"
        ? { ok: true, conversation: conversation({ head: { talk: 1, desk: 0 } }), events: [posted(1, "first")] }
        : undefined;
    await thread.open();
    thread.hear(posted(1, "first"), posted(4, "fourth"));
    expect(seqs(thread)).toEqual([1]);
    expect(line.sent.at(-1)).toEqual({ type: "sync", conversation: CONVERSATION, stream: "talk", after: 1 });
    await line.reply({
      ok: true,
      events: [posted(2, "second"), posted(3, "third"), posted(4, "fourth")],
      head: 4,
      more: false,
    });
    expect(seqs(thread)).toEqual([1, 2, 3, 4]);
  });

  it("D8 finds by the heads what a lost push left out", async () => {
    const line = createFakeLine();
    const thread = createThread(CONVERSATION, line.link);
    line.answer = (command) =>
      command.type === "open"
        ? { ok: true, conversation: conversation(), events: [] }
        : { ok: true, events: [posted(1, "lost")], head: 1, more: false };
    await thread.open();
    thread.behind({ talk: 1, desk: 0 });
    await settled();
    expect(seqs(thread)).toEqual([1]);
  });

  it("D11 folds what it heard over an older snapshot", async () => {
    const line = createFakeLine();
    const thread = createThread(CONVERSATION, line.link);
    line.answer = () => ({ ok: true, conversation: conversation(), events: [] });
    await thread.open();
    thread.hear(posted(1, "heard", byAgent(TOMAS)));
    await thread.open();
    expect(thread.conversation.value?.head.talk).toBe(1);
    expect(thread.conversation.value?.latest?.by).toBe("agent");
  });

  it("shows older messages once, however often they were asked for while they came", async () => {
    const line = createFakeLine();
    const thread = createThread(CONVERSATION, line.link);
    line.answer = (command) =>
      command.type === "open"
        ? {
            ok: true,
            conversation: conversation({ head: { talk: 3, desk: 0 } }),
            events: [posted(3, "third")],
            more: { talk: true, desk: false },
          }
        : undefined;
    await thread.open();
    const asked = [thread.fetchOlder(), thread.fetchOlder()];
    for (const _ of asked) await line.reply({ ok: true, events: [posted(1, "first"), posted(2, "second")] });
    await Promise.all(asked);
    expect(seqs(thread)).toEqual([1, 2, 3]);
    expect(thread.older.value).toBe(false);
  });

  it("D10 never moves a read mark down", async () => {
    const line = createFakeLine();
    const thread = createThread(CONVERSATION, line.link);
    line.answer = () => ({ ok: true, conversation: conversation(), events: [] });
    await thread.open();
    thread.marked({ visitor: 4 });
    thread.marked({ visitor: 2, agents: 1 });
    expect(thread.conversation.value?.read).toEqual({ visitor: 4, agents: 1 });
  });

  it("D10 says so when the server knows less than it did", async () => {
    const line = createFakeLine();
    let ahead = 0;
    const thread = createThread(CONVERSATION, line.link, () => {
      ahead += 1;
    });
    line.answer = (command) =>
      command.type === "open"
        ? {
            ok: true,
            conversation: conversation({ head: { talk: 2, desk: 0 } }),
            events: [posted(1, "a"), posted(2, "b")],
          }
        : { ok: true, events: [], head: 1, more: false };
    await thread.open();
    thread.behind({ talk: 2, desk: 0 });
    expect(line.sent).toHaveLength(1);
    // An event may have overtaken the heads: only the log itself says what it holds.
    thread.behind({ talk: 1, desk: 0 });
    await settled();
    expect(ahead).toBe(1);
  });

  describe("that could not be opened", () => {
    const TO_MS = 7_000;

    async function refused(line: ReturnType<typeof createFakeLine>) {
      vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
      const thread = createThread(CONVERSATION, line.link);
      line.answer = () => ({ ok: false, fault: fault("unavailable", "No reply in time", { afterMs: TO_MS - 1_000 }) });
      await thread.open();
      line.answer = ({ type }) =>
        type === "open" ? { ok: true, conversation: conversation(), events: [] } : { ok: true };
      return thread;
    }
    const asked = (line: ReturnType<typeof createFakeLine>) => line.sent.filter(({ type }) => type === "open").length;
    afterEach(() => {
      vi.useRealTimers();
    });

    it("D8 is asked for again on a line that stands, not before the server said: nobody tells it of heads", async () => {
      const line = createFakeLine();
      const thread = await refused(line);
      await vi.advanceTimersByTimeAsync(TO_MS - 1_001);
      expect(asked(line)).toBe(1);
      await vi.advanceTimersByTimeAsync(1_001);
      expect(thread.state.value).toBe("open");
      await vi.advanceTimersByTimeAsync(60_000);
      expect(asked(line)).toBe(2);
    });

    it("is not asked for again by who has left it, nor without a line, which brings a hello", async () => {
      const line = createFakeLine();
      (await refused(line)).leave();
      await vi.advanceTimersByTimeAsync(60_000);
      expect(asked(line)).toBe(1);
      const broken = createFakeLine();
      broken.up = false;
      await refused(broken);
      broken.up = true;
      await vi.advanceTimersByTimeAsync(60_000);
      expect(asked(broken)).toBe(0);
    });
  });
});
