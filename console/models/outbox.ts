import { batch, type ReadonlySignal, signal } from "@preact/signals";
import { backOff } from "../../protocol/back-off.ts";
import type { AgentCommand, Reply } from "../../protocol/command.ts";
import type { ArticleCard, Event, FileCard } from "../../protocol/event.ts";
import type { Fault } from "../../protocol/fault.ts";
import type { AgentHello } from "../../protocol/hello.ts";
import type { ConversationId } from "../../protocol/ids.ts";
import type { Link } from "../../protocol/link.ts";
import type { Shelf } from "../ports.ts";
import { readJson } from "../shelf.ts";
import { PENDING, SENT, SENT_KEPT_MS } from "./kept.ts";
import type { Threads } from "./threads.ts";

export type Written = Extract<AgentCommand, { type: "post" | "note" }>;

/** A message that the server has not confirmed. Its twin in the log will have the same id, and then this one is gone. */
export interface Pending {
  readonly command: Written;
  /** Drawn with the message until the log brings the server's own card. */
  readonly card?: ArticleCard;
  readonly files?: readonly FileCard[];
  readonly at: string;
  /** Counts what was written: no clock decides what stands first (D5). */
  readonly n?: number;
  readonly state: "sending" | "failed";
  readonly fault?: Fault;
  /** It was acknowledged before the server was restored from a backup (D10). */
  readonly again?: true;
}

export interface Outbox {
  readonly pending: ReadonlySignal<readonly Pending[]>;
  send(command: Written, card?: ArticleCard, files?: readonly FileCard[]): void;
  /** Offers a refused one again, under the same id (D2). */
  again(id: string): void;
  drop(id: string): void;
  /** What a colleague's message stopped (`stale`): the text goes back to where it was written. */
  onHeldBack(held: (pending: Pending, events: readonly Event[]) => void): void;
  /** What was acknowledged, with what came of it. */
  onSent(sent: (pending: Pending, events: readonly Event[]) => void): void;
  dispose(): void;
}

const EPOCH = "epoch";
const COUNT = "written";
const RETRY_MS = 1_000;
const RETRY_TO_MS = 30_000;
/** A visitor whose page is closed brings their conversation back when they come: there is no hurry. */
const MISSING_TO_MS = 5 * 60_000;

/**
 * Sends one after another in each conversation, so that they stand in the order in which they were written (D5), and
 * keeps what is unconfirmed through reloads (D15). The shelf is the agent's own: what one wrote, no other sends (D9).
 */
export function createOutbox(link: Link<AgentCommand, AgentHello>, threads: Threads, shelf: Shelf): Outbox {
  const pending = signal<readonly Pending[]>(kept(shelf, PENDING));
  const sending = new Set<ConversationId>();
  const timers = new Set<ReturnType<typeof setTimeout>>();
  /** Where the server asked for patience: until when, and how often in a row. By a clock that nobody sets. */
  const waits = new Map<ConversationId, { until: number; count: number }>();
  let greeted = false;
  let over = false;
  let heldBack: (pending: Pending, events: readonly Event[]) => void = () => {};
  let acknowledged = heldBack;

  function put(one: Pending) {
    shelf.set(PENDING + one.command.id, JSON.stringify(one));
    const known = pending.peek().some((other) => other.command.id === one.command.id);
    pending.value = known
      ? pending.peek().map((other) => (other.command.id === one.command.id ? one : other))
      : [...pending.peek(), one];
  }

  function drop(id: string) {
    shelf.set(PENDING + id, undefined);
    pending.value = pending.peek().filter((one) => one.command.id !== id);
  }

  async function flush(conversation: ConversationId) {
    if (sending.has(conversation) || performance.now() < (waits.get(conversation)?.until ?? 0)) return;
    sending.add(conversation);
    for (;;) {
      const next = pending.peek().find((one) => one.command.conversation === conversation && one.state === "sending");
      if (!next || !link.up) break;
      const reply = await link.send(next.command);
      if (!settled(next, reply)) break;
    }
    sending.delete(conversation);
  }

  /** Whether the next one may go. */
  function settled(one: Pending, reply: Reply): boolean {
    const { command } = one;
    if (reply.ok) {
      waits.delete(command.conversation);
      const events = reply.events ?? (reply.event ? [reply.event] : []);
      batch(() => {
        threads.of(command.conversation).hear(...events);
        drop(command.id);
      });
      const { again, ...sent } = one;
      shelf.set(SENT + command.id, JSON.stringify({ ...sent, at: new Date().toISOString() }));
      if (!again) acknowledged(one, events);
      return true;
    }
    const { fault } = reply;
    if (one.again && fault.retry === "never") return offered(one, fault);
    if (fault.code === "stale") {
      const events = fault.events ?? [];
      batch(() => {
        threads.of(command.conversation).hear(...events);
        drop(command.id);
        heldBack(one, events);
      });
      return true;
    }
    if (fault.retry === "never") {
      put({ ...one, state: "failed", fault });
      return true;
    }
    // A new session or a reload is needed first; a line that broke sends when it stands again.
    if (link.up) later(command.conversation, fault.afterMs ?? RETRY_MS, RETRY_TO_MS);
    return false;
  }

  /** What a restored server says to a message that it had acknowledged before. */
  function offered(one: Pending, fault: Fault): boolean {
    const { command } = one;
    if (fault.code === "stale" && command.type === "post") {
      // A colleague's reply came back first: the agent has long seen what they answered.
      const seen = Math.max(command.seen + 1, ...(fault.events ?? []).map(({ seq }) => seq));
      put({ ...one, command: { ...command, seen } });
      return true;
    }
    if (fault.code === "not-found" && Date.parse(one.at) > Date.now() - SENT_KEPT_MS) {
      // The conversation is the visitor's to bring back: theirs is offered again as well.
      later(command.conversation, RETRY_MS, MISSING_TO_MS);
      return false;
    }
    // It was changed or erased since: nothing is missing.
    drop(command.id);
    shelf.set(SENT + command.id, undefined);
    return true;
  }

  /** Never before the server said, and spread beyond that. */
  function later(conversation: ConversationId, afterMs: number, toMs: number) {
    const count = waits.get(conversation)?.count ?? 0;
    const ms = afterMs + backOff(count, RETRY_MS, toMs);
    waits.set(conversation, { until: performance.now() + ms, count: count + 1 });
    const timer = setTimeout(() => {
      timers.delete(timer);
      // The timer has the last word: it may be a little early by the other clock, and nobody would try again.
      waits.set(conversation, { until: 0, count: count + 1 });
      void flush(conversation);
    }, ms);
    timers.add(timer);
  }

  /** After a restore from a backup, what was acknowledged is offered again under its old id (D10). */
  async function offerAgain() {
    for (const one of kept(shelf, SENT)) {
      const { command } = one;
      const thread = threads.of(command.conversation);
      // What stands there now is what was seen: nobody's reply to it can be newer than the backup.
      await thread.open();
      if (over) return;
      if (threads.current.peek() !== thread) thread.leave();
      const seen = thread.conversation.peek()?.head.talk ?? 0;
      put({ ...one, state: "sending", again: true, command: command.type === "post" ? { ...command, seen } : command });
    }
    flushAll();
  }

  const flushAll = () => {
    for (const { command } of pending.peek()) void flush(command.conversation);
  };
  const stops = [
    link.on("hello", ({ epoch }) => {
      const known = shelf.get(EPOCH);
      shelf.set(EPOCH, epoch);
      // Restored while this console was closed. What happens before its eyes, `threads` tells.
      if (known !== undefined && known !== epoch && !greeted) void offerAgain();
      greeted = true;
      flushAll();
    }),
  ];
  let epochs = 0;
  stops.push(
    threads.epochs.subscribe((now) => {
      if (now > epochs) void offerAgain();
      epochs = now;
    }),
  );

  return {
    pending,
    send(command, card, files) {
      const drawn = { ...(card && { card }), ...(files?.length && { files }) };
      const n = Number(shelf.get(COUNT) ?? 0) + 1;
      shelf.set(COUNT, String(n));
      put({ command, at: new Date().toISOString(), n, state: "sending", ...drawn });
      void flush(command.conversation);
    },
    again(id) {
      const one = pending.peek().find((one) => one.command.id === id);
      if (!one) return;
      const { fault: _, ...rest } = one;
      put({ ...rest, state: "sending" });
      void flush(one.command.conversation);
    },
    drop,
    onHeldBack(held) {
      heldBack = held;
    },
    onSent(sent) {
      acknowledged = sent;
    },
    dispose() {
      over = true;
      for (const stop of stops) stop();
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** In the order of writing. What was kept without a count is older than what has one; its ids are made of time. */
function kept(shelf: Shelf, prefix: string): Pending[] {
  return shelf
    .keys(prefix)
    .sort()
    .map((key) => readJson<Pending>(shelf, key))
    .filter((one) => one !== undefined)
    .sort((one, other) => (one.n ?? 0) - (other.n ?? 0));
}
