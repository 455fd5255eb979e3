import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { AgentCommand, Reply } from "../../protocol/command.ts";
import type { ArticleCard, Event } from "../../protocol/event.ts";
import type { Fault } from "../../protocol/fault.ts";
import type { AgentHello } from "../../protocol/hello.ts";
import type { ConversationId } from "../../protocol/ids.ts";
import type { Link } from "../../protocol/link.ts";
import type { Shelf } from "../ports.ts";
import { readJson } from "../shelf.ts";
import type { Threads } from "./threads.ts";

export type Written = Extract<AgentCommand, { type: "post" | "note" }>;

/** A message that the server has not confirmed. Its twin in the log will have the same id, and then this one is gone. */
export interface Pending {
  readonly command: Written;
  /** Drawn with the message until the log brings the server's own card. */
  readonly card?: ArticleCard;
  readonly at: string;
  readonly state: "sending" | "failed";
  readonly fault?: Fault;
}

export interface Outbox {
  readonly pending: ReadonlySignal<readonly Pending[]>;
  send(command: Written, card?: ArticleCard): void;
  /** Offers a refused one again, under the same id (D2). */
  again(id: string): void;
  drop(id: string): void;
  /** What a colleague's message stopped (`stale`): the text goes back to where it was written. */
  onHeldBack(held: (pending: Pending, events: readonly Event[]) => void): void;
  dispose(): void;
}

const PENDING = "outbox.";
const SENT = "sent.";
const SENT_KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Sends one after another in each conversation, so that they stand in the order in which they were written (D5), and
 * keeps what is unconfirmed through reloads (D15).
 */
export function createOutbox(link: Link<AgentCommand, AgentHello>, threads: Threads, shelf: Shelf): Outbox {
  const pending = signal<readonly Pending[]>(kept(shelf, PENDING));
  const sending = new Set<ConversationId>();
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let heldBack: (pending: Pending, events: readonly Event[]) => void = () => {};

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
    if (sending.has(conversation)) return;
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
      batch(() => {
        const events = reply.events ?? (reply.event ? [reply.event] : []);
        threads.of(command.conversation).hear(...events);
        drop(command.id);
      });
      shelf.set(SENT + command.id, JSON.stringify({ ...one, at: new Date().toISOString() }));
      return true;
    }
    const { fault } = reply;
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
    // A new session, a reload or time is needed first; the next connection tries by itself.
    if (fault.retry === "after") later(command.conversation, fault.afterMs ?? 1000);
    return false;
  }

  function later(conversation: ConversationId, afterMs: number) {
    const timer = setTimeout(() => {
      timers.delete(timer);
      void flush(conversation);
    }, afterMs);
    timers.add(timer);
  }

  /** After a restore from a backup, what was acknowledged is offered again under its old id (D10). */
  async function offerAgain() {
    for (const one of kept(shelf, SENT)) {
      const { command } = one;
      const thread = threads.of(command.conversation);
      // What stands there now is what was seen: nobody's reply to it can be newer than the backup.
      await thread.open();
      if (threads.current.peek() !== thread) thread.leave();
      const seen = thread.conversation.peek()?.head.talk ?? 0;
      put({ ...one, state: "sending", command: command.type === "post" ? { ...command, seen } : command });
    }
    flushAll();
  }

  const flushAll = () => {
    for (const { command } of pending.peek()) void flush(command.conversation);
  };
  for (const key of shelf.keys(SENT)) {
    const at = readJson<Pending>(shelf, key)?.at;
    if (!at || Date.parse(at) < Date.now() - SENT_KEPT_MS) shelf.set(key, undefined);
  }
  const stops = [link.on("hello", flushAll)];
  let epochs = 0;
  stops.push(
    threads.epochs.subscribe((now) => {
      if (now > epochs) void offerAgain();
      epochs = now;
    }),
  );

  return {
    pending,
    send(command, card) {
      put({ command, at: new Date().toISOString(), state: "sending", ...(card && { card }) });
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
    dispose() {
      for (const stop of stops) stop();
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** Ids are made of time: sorted, they stand in the order of writing. */
function kept(shelf: Shelf, prefix: string): Pending[] {
  return shelf
    .keys(prefix)
    .sort()
    .map((key) => readJson<Pending>(shelf, key))
    .filter((one) => one !== undefined);
}
