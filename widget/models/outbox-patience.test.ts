import { afterEach, describe, expect, it, vi } from "vitest";
import { fault } from "../../protocol/faults.ts";
import { REPLY_AFTER_MS } from "../../protocol/link.ts";
import { type Counter, createCounter, shown } from "../test/counter.ts";

/* A server that is slow, busy or newer is asked again, and never stormed. */

let counter: Counter;
afterEach(() => {
  vi.useRealTimers();
  counter.app.dispose();
});

async function arrived() {
  counter = createCounter();
  counter.desk.session.start();
  await counter.settle();
  counter.hello({ token: "vt_1" });
  await counter.settle();
  return counter;
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
  it("D8 takes a line that brings no answer for dead: comes by another, patiently, and calls nobody busy", async () => {
    await arrived();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    say("Hello");
    // Swallowed, while the line still looks well.
    counter.pair.lose("up");
    await vi.advanceTimersByTimeAsync(REPLY_AFTER_MS);
    expect(counter.auths).toHaveLength(2);
    expect(counter.desk.session.offline.value).toBe(true);
    counter.hello();
    expect(counter.desk.outbox.busy.value).toBeUndefined();
    expect(counter.pair.waiting.up).toBe(0);
    await vi.advanceTimersByTimeAsync(2_000);
    vi.useRealTimers();
    await counter.settle();
    expect(shown(counter)).toEqual(["Hello (sent)"]);
  });

  it("leaves the line alone when a file that goes before a message is not answered", async () => {
    await arrived();
    const usual = counter.answer;
    const tried = vi.fn(
      () => ({ ok: false, fault: fault("unavailable", "", { afterMs: 5 }), unheard: "file" }) as never,
    );
    counter.answer = tried;
    say("Hello");
    await expect.poll(() => counter.settle().then(() => tried.mock.calls.length)).toBeGreaterThan(1);
    counter.answer = usual;
    await becomes("Hello (sent)");
    expect(counter.auths).toHaveLength(1);
  });

  it("obeys a server that asks for patience, and keeps the id", async () => {
    await arrived();
    const usual = counter.answer;
    counter.answer = () => ({ ok: false, fault: fault("limited", "slow down", { afterMs: 5 }) });
    say("Hello");
    await counter.settle();
    counter.answer = usual;
    await becomes("Hello (sent)");
    expect(new Set(counter.heard.map((command) => command.type === "post" && command.id)).size).toBe(1);
  });

  it("tries again also where the timer is early by the clock that the wait is told by", async () => {
    await arrived();
    const usual = counter.answer;
    counter.answer = () => ({ ok: false, fault: fault("limited", "slow down", { afterMs: 5 }) });
    vi.spyOn(performance, "now").mockReturnValue(performance.now());
    say("Hello");
    await counter.settle();
    counter.answer = usual;
    await becomes("Hello (sent)").finally(() => vi.restoreAllMocks());
  });

  it("does not hammer a server that lets it in and then does not know it", async () => {
    await arrived();
    counter.answer = () => ({ ok: false, fault: fault("unauthorized", "who?") });
    say("Hello");
    for (let round = 0; round < 5; round++) {
      await counter.settle();
      if (counter.pair.client.connected) counter.hello();
    }
    expect(counter.heard.filter(({ type }) => type === "post").length).toBeLessThanOrEqual(2);
    expect(counter.desk.outbox.pending.value).toHaveLength(1);
  });

  it("tries again, with patience, after a fault of a newer server that it has never heard of", async () => {
    await arrived();
    const usual = counter.answer;
    counter.answer = () =>
      ({ ok: false, fault: { code: "moved", retry: "elsewhere", message: "", afterMs: 1, hint: {} } }) as never;
    say("Hello");
    await counter.settle();
    expect(shown(counter)).toEqual(["Hello (sending)"]);
    counter.answer = usual;
    await becomes("Hello (sent)");
  });
});
