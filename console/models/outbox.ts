import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { AgentCommand } from "../../protocol/command.ts";
import type { ArticleCard, Event, FileCard } from "../../protocol/event.ts";
import type { Fault } from "../../protocol/fault.ts";
import type { AgentHello } from "../../protocol/hello.ts";
import type { ConversationId } from "../../protocol/ids.ts";
import type { Answered, Link } from "../../protocol/link.ts";
import type { Shelf, Tabs } from "../ports.ts";
import { readJson } from "../shelf.ts";
import { NO_TABS } from "../tabs.ts";
import { PENDING, SENT, SENT_KEPT_MS } from "./kept.ts";
import { createPatience, RETRY_MS } from "./patience.ts";
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
  /** Where it stands, once it was acknowledged. */
  readonly seq?: number;
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
  /** The page is looked at again: another may have sent, written or dropped something unheard. */
  wake(): void;
  /** A message was taken back: its words are kept, and offered to a restored server, no longer. */
  tookBack(conversation: ConversationId, seq: number): void;
  dispose(): void;
}

/** What an agent's pages tell each other. */
type Said =
  | { readonly out: Pending }
  /** Dropped; or acknowledged, with what came of it in which epoch. */
  | { readonly gone: string; readonly events?: readonly Event[]; readonly epoch?: string | undefined }
  /** The server asks for patience. */
  | { readonly wait: ConversationId; readonly ms: number };

const EPOCH = "epoch";
const COUNT = "written";
const RETRY_TO_MS = 30_000;
/** A visitor whose page is closed brings their conversation back when they come: there is no hurry. */
const MISSING_TO_MS = 5 * 60_000;

/**
 * Sends one after another in each conversation, so that they stand in the order in which they were written (D5), and
 * keeps what is unconfirmed through reloads (D15). The shelf is the agent's own: what one wrote, no other sends (D9). All
 * pages of the agent know all messages: whichever lives and is connected sends them. `anotherLine` hears that a line
 * brought no answer: it may be dead long before that shows.
 */
export function createOutbox(
  link: Link<AgentCommand, AgentHello>,
  threads: Threads,
  shelf: Shelf,
  tabs: Tabs = NO_TABS,
  anotherLine = () => {},
): Outbox {
  const pending = signal<readonly Pending[]>(kept(shelf, PENDING));
  const sending = new Set<ConversationId>();
  const patience = createPatience((conversation) => void flush(conversation));
  let greeted = false;
  let over = false;
  let heldBack: (pending: Pending, events: readonly Event[]) => void = () => {};
  let acknowledged = heldBack;

  const tell = (said: Said) => tabs.tell(said);
  const waits = (id: string) => pending.peek().some(({ command }) => command.id === id);

  function show(one: Pending) {
    const { id } = one.command;
    pending.value = waits(id)
      ? pending.peek().map((other) => (other.command.id === id ? one : other))
      : [...pending.peek(), one].sort(inOrder);
  }

  function put(one: Pending) {
    shelf.set(PENDING + one.command.id, JSON.stringify(one));
    show(one);
    tell({ out: one });
  }

  function remove(id: string) {
    shelf.set(PENDING + id, undefined);
    pending.value = pending.peek().filter((one) => one.command.id !== id);
  }

  function drop(id: string) {
    remove(id);
    tell({ gone: id });
  }

  /** The shelf is what counts: a page that slept heard neither what was written elsewhere nor what was sent or dropped. */
  function look() {
    pending.value = kept(shelf, PENDING);
  }

  /** What may go now. */
  function next(conversation: ConversationId): Pending | undefined {
    if (over || !link.up || patience.asked(conversation)) return undefined;
    return pending.peek().find((one) => one.command.conversation === conversation && one.state === "sending");
  }

  async function flush(conversation: ConversationId) {
    if (sending.has(conversation) || !next(conversation)) return;
    sending.add(conversation);
    const all = async () => {
      for (;;) {
        look();
        const one = next(conversation);
        if (!one || !settled(one, await link.send(one.command))) break;
      }
    };
    await tabs.turn(conversation, all).finally(() => sending.delete(conversation));
    // A line that came back before the turn had ended.
    void flush(conversation);
  }

  /** Whether the next one may go. */
  function settled(one: Pending, reply: Answered): boolean {
    const { command } = one;
    // Dropped meanwhile, or another page has heard of it: nobody is told twice.
    const known = !over && waits(command.id);
    if (reply.ok) {
      patience.end(command.conversation);
      const events = reply.events ?? (reply.event ? [reply.event] : []);
      batch(() => {
        threads.of(command.conversation).hear(...events);
        remove(command.id);
      });
      tell({ gone: command.id, events, epoch: threads.epoch() });
      const { again, ...sent } = one;
      const seq = events.find(({ id }) => id === command.id)?.seq;
      shelf.set(SENT + command.id, JSON.stringify({ ...sent, seq, at: new Date().toISOString() }));
      if (known && !again) acknowledged(one, events);
      return true;
    }
    if (!known) return true;
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
    if (!link.up) return false;
    later(command.conversation, fault.afterMs ?? RETRY_MS, RETRY_TO_MS, reply.unheard !== undefined);
    if (reply.unheard) anotherLine();
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

  function later(conversation: ConversationId, afterMs: number, toMs: number, unheard = false) {
    const ms = patience.later(conversation, afterMs, toMs);
    // That no answer came says something of this page's line, not of the others'.
    if (!unheard) tell({ wait: conversation, ms });
  }

  /** After a restore from a backup, what was acknowledged is offered again under its old id (D10). */
  async function offerAgain() {
    const restored = threads.epoch();
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
    // Not before: of a page that is closed meanwhile the next one offers it all.
    shelf.set(EPOCH, restored);
    flushAll();
  }

  function tookBack(conversation: ConversationId, seq: number) {
    // Notes are numbered by themselves.
    for (const { command, seq: at } of kept(shelf, SENT))
      if (command.type === "post" && command.conversation === conversation && at === seq)
        shelf.set(SENT + command.id, undefined);
  }

  const flushAll = () => {
    look();
    for (const { command } of pending.peek()) void flush(command.conversation);
  };
  const stops = [
    // Also from another of the agent's browsers, where it is heard here.
    link.on("event", (event) => {
      if (event.type === "redacted") tookBack(event.conversation, event.target);
    }),
    link.on("hello", (hello) => {
      const known = shelf.get(EPOCH);
      if (known === undefined) shelf.set(EPOCH, hello.epoch);
      // Restored while this console was closed. What happens before its eyes, `threads` tells.
      else if (known !== hello.epoch && !greeted) void offerAgain();
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

  tabs.hear((said: Said) => {
    if (over) return;
    if ("out" in said) {
      show(said.out);
      void flush(said.out.command.conversation);
    } else if ("gone" in said) {
      const { gone, events = [] } = said;
      batch(() => {
        // First the event, then the twin goes: at no moment is the message in neither place.
        const thread = threads.current.peek();
        if (said.epoch === threads.epoch())
          thread?.hear(...events.filter(({ conversation }) => conversation === thread.id));
        // What we see of the other's shelf may be older than its word.
        remove(gone);
      });
    } else patience.rest(said.wait, said.ms);
  });

  return {
    pending,
    send(command, card, files) {
      look();
      const drawn = { ...(card && { card }), ...(files?.length && { files }) };
      const n = Math.max(Number(shelf.get(COUNT) ?? 0), pending.peek().at(-1)?.n ?? 0) + 1;
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
    tookBack,
    onHeldBack(held) {
      heldBack = held;
    },
    onSent(sent) {
      acknowledged = sent;
    },
    wake: flushAll,
    dispose() {
      over = true;
      tabs.close();
      for (const stop of stops) stop();
      patience.dispose();
    },
  };
}

/** What lies under these keys, in the order of writing. */
function kept(shelf: Shelf, prefix: string): Pending[] {
  return shelf
    .keys(prefix)
    .map((key) => readJson<Pending>(shelf, key))
    .filter((one) => one !== undefined)
    .sort(inOrder);
}

/** What was kept without a count is older than what has one; its ids are made of time. */
function inOrder(one: Pending, other: Pending): number {
  return (one.n ?? 0) - (other.n ?? 0) || (one.command.id < other.command.id ? -1 : 1);
}
