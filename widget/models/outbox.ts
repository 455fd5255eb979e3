import type { VisitorCommand } from "../../protocol/command.ts";
import type { Fault } from "../../protocol/fault.ts";
import { computed, signal } from "../signals.ts";
import type { Storage } from "../storage.ts";
import { uuid7 } from "../uuid7.ts";
import type { Log } from "./log.ts";
import type { VisitorLink } from "./session.ts";

/** What was acknowledged is offered again after a restore, for this long (D10). */
const KEEP_MS = 7 * 24 * 3_600_000;
const RETRY_MS = 1_000;
const RETRY_TO_MS = 30_000;
/** From so many vain attempts on a person is told; we go on trying. */
const FAILED_AFTER_TRIES = 2;
const KEY = "out:";

type Post = Extract<VisitorCommand, { type: "post" }>;

/** A message from the moment it is sent until it is acknowledged, and for a week after. */
export interface Outgoing {
  post: Post;
  /** Ms since 1970. */
  at: number;
  /** When it was acknowledged. */
  done?: number;
  /** Refused for good: nothing but the visitor changes that. */
  refused?: Fault["code"];
}

/**
 * Messages are written here before they are sent and leave only when acknowledged (D15); one after the other, so that they
 * stand in the order in which they were written (D5), always under the id they were born with (D2).
 */
export function createOutbox(ports: {
  storage: Storage;
  log: Log;
  link(): VisitorLink | undefined;
  /** The server put the message into another conversation than we asked for. */
  adopted(from: string, to: string): void;
  unauthorized(): void;
  sent(post: Post): void;
}) {
  const { storage, log } = ports;
  const kept = signal<readonly Outgoing[]>(load(storage));
  const tries = signal<{ id: string; count: number }>({ id: "", count: 0 });
  const busy = signal<Fault | undefined>(undefined);
  let sending = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  function save(outgoing: Outgoing) {
    storage.set(KEY + outgoing.post.id, outgoing);
    const others = kept.peek().filter(({ post }) => post.id !== outgoing.post.id);
    kept.value = [...others, outgoing].sort((a, b) => (a.post.id < b.post.id ? -1 : 1));
  }

  function drop(id: string) {
    storage.remove(KEY + id);
    kept.value = kept.peek().filter(({ post }) => post.id !== id);
  }

  function send(post: Omit<Post, "type" | "id">) {
    const outgoing: Outgoing = { post: { type: "post", id: uuid7() as Post["id"], ...post }, at: Date.now() };
    save(outgoing);
    void flush();
    return outgoing;
  }

  async function flush(): Promise<void> {
    const link = ports.link();
    if (sending || closed || !link?.up) return;
    const next = kept.peek().find(({ done, refused }) => !done && !refused);
    if (!next) return;
    clearTimeout(timer);
    sending = true;
    const reply = await link.send(next.post);
    sending = false;
    if (closed) return;
    if (reply.ok) {
      const events = reply.events ?? (reply.event ? [reply.event] : []);
      const to = reply.event?.conversation ?? next.post.conversation;
      if (to !== next.post.conversation) adopt(next.post.conversation, to);
      // First the event, then the twin goes: at no moment is the message in neither place.
      for (const event of events) log.place(event);
      save({ ...next, post: { ...next.post, conversation: to }, done: Date.now() });
      busy.value = undefined;
      ports.sent(next.post);
    } else if (reply.fault.retry === "never") {
      save({ ...next, refused: reply.fault.code });
    } else if (reply.fault.retry === "after") {
      const count = tries.peek().id === next.post.id ? tries.peek().count + 1 : 1;
      tries.value = { id: next.post.id, count };
      if (link.up) busy.value = reply.fault;
      later(Math.min((reply.fault.afterMs ?? RETRY_MS) * 2 ** (count - 1), RETRY_TO_MS));
      return;
    } else {
      ports.unauthorized();
      return;
    }
    void flush();
  }

  function later(ms: number) {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), ms);
  }

  function adopt(from: string, to: Post["conversation"]) {
    for (const outgoing of kept.peek())
      if (!outgoing.done && outgoing.post.conversation === from)
        save({ ...outgoing, post: { ...outgoing.post, conversation: to } });
    ports.adopted(from, to);
  }

  return {
    /** Not acknowledged yet, in order. */
    pending: computed(() => kept.value.filter(({ done }) => !done)),
    /** The server asks for patience. */
    busy,
    /** Whether a message should be shown as not sent. */
    failed: (outgoing: Outgoing) =>
      outgoing.refused !== undefined ||
      (tries.value.id === outgoing.post.id && tries.value.count >= FAILED_AFTER_TRIES),
    send,
    /** Sends what waits; safe to call at every occasion. */
    flush,
    /** The visitor wants it tried again: what was refused is a new message, what merely failed keeps its id. */
    retry(id: string) {
      const outgoing = kept.peek().find(({ post }) => post.id === id);
      if (outgoing?.refused) {
        drop(id);
        send(withoutId(outgoing.post));
      }
      void flush();
    },
    /** Takes a message back that was never acknowledged; returns its text. */
    takeBack(id: string): string {
      const text = kept.peek().find(({ post }) => post.id === id)?.post.text ?? "";
      drop(id);
      return text;
    },
    /** Puts all that waits into a conversation of its own; returns its id, if anything waits. */
    moveAll(): string | undefined {
      const conversation = uuid7() as Post["conversation"];
      const waiting = kept.peek().filter(({ done }) => !done);
      for (const { refused: _refused, ...outgoing } of waiting)
        save({ ...outgoing, post: { ...outgoing.post, conversation } });
      return waiting.length > 0 ? conversation : undefined;
    },
    /** Offers everything of the last week once more, under the old ids (D10). */
    offerAgain() {
      for (const { done, ...outgoing } of kept.peek()) if (done) save(outgoing);
      void flush();
    },
    dispose() {
      closed = true;
      clearTimeout(timer);
    },
  };
}

export type Outbox = ReturnType<typeof createOutbox>;

function load(storage: Storage): Outgoing[] {
  const found: Outgoing[] = [];
  for (const key of storage.keys(KEY)) {
    const outgoing = storage.get<Outgoing>(key);
    if (outgoing?.post && !(outgoing.done && outgoing.done < Date.now() - KEEP_MS)) found.push(outgoing);
    else storage.remove(key);
  }
  return found;
}

function withoutId({ type: _type, id: _id, ...rest }: Post): Omit<Post, "type" | "id"> {
  return rest;
}
