import type { Command, ConversationId, Event, EventId, Fault, Reply, Stream } from "../../protocol/index.ts";
import { createHearsay, type Hearsay } from "./hearsay.ts";

/*
 * What everybody did and was told, as they saw it. All people live in one process, so one counter gives the real-time
 * order of what was asked and what was answered (D6, D7): the checker needs no clocks.
 */

/** One try of one command. `info`: nobody knows what became of it. */
export interface Op {
  readonly person: string;
  readonly command: Command;
  /** Its place among all that happened. */
  readonly asked: number;
  /** Milliseconds since the run began. */
  readonly at: number;
  answered?: number;
  answeredAt?: number;
  outcome: "ok" | "fail" | "info";
  /** What ended the connection that it was asked on before it was answered, in Socket.IO's words. */
  cutBy?: string;
  event?: Event;
  events?: readonly Event[];
  fault?: Fault;
  /** What was asked for held already. */
  again?: true;
  head?: number;
  more?: boolean;
}

/** A message or note that somebody wrote, whatever became of it. */
export interface Written {
  readonly person: string;
  /** Counts what this person wrote. */
  readonly n: number;
  readonly id: EventId;
  readonly type: "post" | "note";
  readonly text: string;
  /** Where the author meant it to go; a visitor's may be adopted by another one of theirs. */
  readonly conversation: ConversationId;
  firstAsked?: number;
  /** The newest acknowledgement, and when the first one came. */
  acknowledged?: { event: Event; at: number };
  refused?: Fault;
}

/** What one person was sent for one place in the log; a second event for the same place is a contradiction. */
export type Heard = Map<ConversationId, Record<Stream, (Event | undefined)[]>>;

export interface Doubt {
  rule: string;
  person: string;
  says: string;
}

export interface History {
  readonly ops: Op[];
  readonly written: Map<EventId, Written>;
  /** By person. */
  readonly heard: Map<string, Heard>;
  /** What was seen to be wrong while it happened. */
  readonly doubts: Doubt[];
  /** Every epoch that a server named, in order. */
  readonly epochs: string[];
  /** Whatever reached somebody besides events. */
  readonly hearsay: Hearsay;
  /** The next place in the order of all that happens. */
  tick(): number;
  now(): number;
  invoke(person: string, command: Command): Op;
  settle(op: Op, reply: Reply): void;
  write(message: Omit<Written, "n">): Written;
  hear(person: string, event: Event): void;
  greeted(epoch: string): void;
}

/** Faults that the link itself makes up where no answer came. */
const UNANSWERED = new Set(["No reply in time", "The connection broke"]);
const UNSENT = "No connection";

export function createHistory(): History {
  const began = performance.now();
  const counts = new Map<string, number>();
  const hearsay = createHearsay();
  let ticks = 0;
  const history: History = {
    ops: [],
    written: new Map(),
    heard: new Map(),
    doubts: [],
    epochs: [],
    hearsay,
    tick: () => ++ticks,
    now: () => performance.now() - began,
    invoke(person, command) {
      const op: Op = { person, command, asked: history.tick(), at: history.now(), outcome: "info" };
      history.ops.push(op);
      const message = "id" in command ? history.written.get(command.id) : undefined;
      if (message) message.firstAsked ??= op.asked;
      if (command.type === "edit") hearsay.worded(command.conversation, command.target, command.text);
      return op;
    },
    settle(op, reply) {
      op.answered = history.tick();
      op.answeredAt = history.now();
      const { person, command, asked } = op;
      const says = hearsay.stale(reply, asked);
      if (says !== undefined)
        history.doubts.push({ rule: "D7", person, says: `${says}, in answer to ${command.type}` });
      const message = "id" in op.command ? history.written.get(op.command.id) : undefined;
      if (reply.ok) {
        op.outcome = "ok";
        if (reply.event) op.event = reply.event;
        if (reply.again) op.again = true;
        if (reply.events) op.events = reply.events;
        if (reply.head !== undefined) op.head = reply.head;
        if (typeof reply.more === "boolean") op.more = reply.more;
        if (message && reply.event) {
          const at = message.acknowledged?.at ?? op.answered;
          message.acknowledged = { event: reply.event, at };
          // Notes are numbered by themselves, and nobody takes them back.
          if (reply.event.stream === "talk") hearsay.worded(reply.event.conversation, reply.event.seq, message.text);
        }
        if (command.type === "redact") hearsay.tookBack(command.conversation, command.target, op.answered);
        for (const row of [...(reply.rows ?? []), ...(reply.conversation ? [reply.conversation] : [])])
          hearsay.saw(person, "agent", row);
        return;
      }
      op.fault = reply.fault;
      op.outcome = UNANSWERED.has(reply.fault.message) ? "info" : "fail";
      if (reply.fault.message === UNSENT) op.outcome = "fail";
      if (message && reply.fault.retry === "never") message.refused = reply.fault;
    },
    write(message) {
      const n = (counts.get(message.person) ?? 0) + 1;
      counts.set(message.person, n);
      const written: Written = { ...message, n };
      history.written.set(message.id, written);
      return written;
    },
    hear(person, event) {
      const heard = history.heard.get(person) ?? new Map();
      history.heard.set(person, heard);
      const streams = heard.get(event.conversation) ?? { talk: [], desk: [] };
      heard.set(event.conversation, streams);
      const before = streams[event.stream][event.seq];
      streams[event.stream][event.seq] = event;
      if (before === undefined || before.id === event.id) return;
      history.doubts.push({
        rule: "D3",
        person,
        says: `${event.stream} ${event.seq} of ${event.conversation} was ${nameOf(before)} and is ${nameOf(event)}`,
      });
    },
    greeted(epoch) {
      if (history.epochs.includes(epoch)) return;
      history.epochs.push(epoch);
      // What was seen of a log that is gone is compared with none.
      hearsay.forget();
    },
  };
  return history;
}

/** An event in a few words. */
export function nameOf(event: Event): string {
  return "text" in event ? `${event.type} "${event.text.slice(0, 30)}"` : event.type;
}
