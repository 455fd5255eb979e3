import { afterEach, describe, expect, test, vi } from "vitest";
import type { VisitorCommand } from "../../protocol/command.ts";
import type { VisitorHello } from "../../protocol/hello.ts";
import { createLink } from "../../protocol/link.ts";
import { createPair } from "../support/pair.ts";

const COMMAND = { type: "contact", name: "Vera" } as const;

afterEach(() => void vi.useRealTimers());

function connected(replyAfterMs?: number) {
  const pair = createPair();
  const link = createLink<VisitorCommand, VisitorHello>(pair.client, replyAfterMs);
  pair.connect();
  return { pair, link };
}

describe("A link", () => {
  test("resolves a command with its reply", async () => {
    const { pair, link } = connected();
    pair.server.on("command", (command: unknown, reply: (answer: object) => void) => {
      expect(command).toEqual(COMMAND);
      reply({ ok: true });
    });
    const sent = link.send(COMMAND);
    pair.flush("up");
    pair.flush("down");
    expect(await sent).toEqual({ ok: true });
  });

  test("answers `unavailable` where there is no connection, and sends nothing", async () => {
    const pair = createPair();
    const link = createLink<VisitorCommand, VisitorHello>(pair.client);
    expect(link.up).toBe(false);
    expect(await link.send(COMMAND)).toMatchObject({ ok: false, fault: { code: "unavailable", retry: "after" } });
    link.pulse({ type: "typing", conversation: "01a20c5a-b439-75b2-826f-db60b9f9ab50" as never, on: true });
    expect(pair.waiting.up).toBe(0);
  });

  test("answers `unavailable` when no reply comes in time, and drops one that comes late", async () => {
    vi.useFakeTimers();
    const { pair, link } = connected(1_000);
    const replies: ((answer: object) => void)[] = [];
    pair.server.on("command", (_: unknown, reply: (answer: object) => void) => void replies.push(reply));
    const sent = link.send(COMMAND);
    pair.flush("up");
    vi.advanceTimersByTime(1_000);
    expect(await sent).toMatchObject({ ok: false, fault: { code: "unavailable" } });
    replies[0]?.({ ok: true });
    pair.flush("down");
    expect(await sent).toMatchObject({ ok: false });
  });

  test("D8 answers `unavailable` as soon as the connection breaks, so that it is sent again on the next", async () => {
    const { pair, link } = connected();
    const sent = link.send(COMMAND);
    pair.cut();
    expect(await sent).toMatchObject({ ok: false, fault: { code: "unavailable", retry: "after" } });
  });

  test("tells what it hears until it is told not to", () => {
    const { pair, link } = connected();
    const heard: string[] = [];
    const stops = [
      link.on("hello", () => heard.push("hello")),
      link.on("event", () => heard.push("event")),
      link.on("pulse", () => heard.push("pulse")),
      link.on("up", () => heard.push("up")),
      link.on("down", () => heard.push("down")),
      link.on("refused", ({ data }) => heard.push(JSON.stringify(data))),
    ];
    for (const name of ["hello", "event", "pulse"]) pair.server.emit(name, {});
    pair.flush("down");
    pair.cut();
    pair.connect();
    pair.refuse({ code: "forbidden", message: "No", retry: "never" });
    expect(heard).toEqual([
      "hello",
      "event",
      "pulse",
      "down",
      "up",
      '{"code":"forbidden","message":"No","retry":"never"}',
    ]);
    for (const stop of stops) stop();
    pair.server.emit("event", {});
    pair.flush("down");
    expect(heard).toHaveLength(6);
  });
});
