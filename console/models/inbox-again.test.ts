import { signal } from "@preact/signals";
import { afterEach, expect, it, vi } from "vitest";
import { fault } from "../../protocol/faults.ts";
import { conversation, createFakeLine, hello, MARA, SITE } from "../fake-line.ts";
import { createInbox } from "./inbox.ts";
import type { Router } from "./router.ts";
import type { Session } from "./session.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it("D8 a list that could not be had is asked for again on a line that stands, and not by who has gone", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  // No longer than it was asked to wait.
  vi.spyOn(Math, "random").mockReturnValue(0);
  const line = createFakeLine();
  const router = { route: signal({ page: "inbox", view: "waiting" }) } as unknown as Router;
  const session = { site: signal(SITE), agent: signal(MARA), live: signal(true) } as unknown as Session;
  line.answer = () => ({ ok: false, fault: fault("limited", "", { afterMs: 6_000 }) });
  const inbox = createInbox(line.link, router, session);
  line.tell("hello", hello());
  await vi.advanceTimersByTimeAsync(5_999);
  expect(inbox.state.value).toBe("loading");
  const before = line.sent.length;
  // One of the views, and then all of them.
  line.answer = (command) =>
    command.type === "inbox" && command.view === "mine"
      ? { ok: false, fault: fault("limited", "", { afterMs: 1 }) }
      : { ok: true, rows: [conversation({ waitingSince: hello().now })] };
  await vi.advanceTimersByTimeAsync(1);
  expect(inbox.state.value).toBe("ready");
  expect(inbox.rows.value).toHaveLength(1);
  expect(inbox.counts.value.mine).toBeUndefined();
  line.answer = () => ({ ok: true, rows: [] });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(inbox.counts.value.mine).toEqual({ n: 0, more: false });
  const asked = line.sent.length;
  expect(asked).toBeGreaterThan(before);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(line.sent).toHaveLength(asked);

  line.answer = () => ({ ok: false, fault: fault("unavailable", "") });
  inbox.refresh();
  await vi.advanceTimersByTimeAsync(0);
  const left = line.sent.length;
  inbox.dispose();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(line.sent).toHaveLength(left);
});
