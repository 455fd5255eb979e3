import { backOff } from "../../protocol/back-off.ts";
import type { VisitorCommand } from "../../protocol/command.ts";
import type { Fault } from "../../protocol/fault.ts";
import { computed, signal } from "../signals.ts";
import type { Storage } from "../storage.ts";
import { uuid7 } from "../uuid7.ts";
import type { Log } from "./log.ts";
import type { Said, Tabs } from "./outbox-tabs.ts";
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
  /** Counts what was written: no clock decides what stands first (D5). */
  n?: number;
  /** When it was acknowledged. */
  done?: number;
  /** Refused for good: nothing but the visitor changes that. */
  refused?: Fault["code"];
}

/**
 * Messages are written here before they are sent and leave only when acknowledged (D15); one after the other, so that they
 * stand in the order in which they were written (D5), always under the id they were born with (D2). All tabs know them all:
 * whichever lives and is connected sends them.
 */
export function createOutbox(ports: {
  storage: Storage;
  log: Log;
  /** The visitor's other tabs, once that part has come. */
  tabs(): Pick<Tabs, "turn" | "tell"> | undefined;
  link(): VisitorLink | undefined;
  /** The server put the message into another conversation than we asked for. */
  adopted(from: string, to: string): void;
  /** Another handshake is wanted: who we are was refused, or the line may be dead. */
  again(): void;
  sent(post: Post): void;
}) {
  const { storage, log, tabs } = ports;
  const kept = signal<readonly Outgoing[]>(load(storage));
  const tries = signal({ id: "", count: 0 });
  const busy = signal<Fault | undefined>(undefined);
  let sending = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The server asked for patience until then, whatever happens meanwhile; by a clock that nobody sets. */
  let notBefore = 0;
  let closed = false;

  const find = (id: string) => kept.peek().find(({ post }) => post.id === id);
  const waiting = () => kept.peek().filter(({ done, refused }) => !done && !refused);
  const others = (id: string) => kept.peek().filter(({ post }) => post.id !== id);

  function put(outgoing: Outgoing) {
    kept.value = [...others(outgoing.post.id), outgoing].sort(inOrder);
  }

  function save(outgoing: Outgoing) {
    storage.set(KEY + outgoing.post.id, outgoing);
    put(outgoing);
    tabs()?.tell({ out: outgoing });
  }

  function drop(id: string) {
    storage.remove(KEY + id);
    kept.value = others(id);
    tabs()?.tell({ gone: id });
  }

  /** What another tab wrote down and perhaps did not live to tell is ours to send as well, unless it was sent (D8). */
  function look() {
    for (const outgoing of load(storage)) {
      const mine = find(outgoing.post.id);
      if (!mine || (outgoing.done && !mine.done)) put(outgoing);
    }
  }

  function send(post: Omit<Post, "type" | "id">) {
    look();
    const outgoing: Outgoing = {
      post: { type: "post", id: uuid7() as Post["id"], ...post },
      at: Date.now(),
      n: (kept.peek().at(-1)?.n ?? 0) + 1,
    };
    save(outgoing);
    void flush();
    return outgoing;
  }

  const ready = () => !closed && ports.link()?.up && performance.now() >= notBefore && waiting()[0];

  async function flush(): Promise<void> {
    look();
    if (sending || !ready()) return;
    sending = true;
    const all = async () => {
      for (let next = ready(); next; next = ready()) await sendOne(next);
    };
    try {
      await (tabs()?.turn ?? alone)(all);
    } finally {
      sending = false;
    }
    // A line that came back before the turn had ended.
    void flush();
  }

  async function sendOne(next: Outgoing): Promise<void> {
    const link = ports.link();
    const reply = await link?.send(next.post);
    if (closed || !reply) return;
    const { id, conversation } = next.post;
    if (reply.ok) {
      const events = reply.events ?? (reply.event ? [reply.event] : []);
      const to = reply.event?.conversation ?? conversation;
      if (to !== conversation) adopt(conversation, to);
      // First the event, then the twin goes: at no moment is the message in neither place.
      for (const event of events) log.place(event);
      save({ ...next, post: { ...next.post, conversation: to }, done: Date.now() });
      busy.value = undefined;
      ports.sent(next.post);
      return;
    }
    const { code, retry, afterMs = RETRY_MS } = reply.fault;
    // Taken back meanwhile, it is nothing to show.
    if (retry === "never") return find(id) && save({ ...next, refused: code });
    const count = tries.peek().id === id ? tries.peek().count + 1 : 1;
    tries.value = { id, count };
    busy.value = reply.unheard ? undefined : reply.fault;
    // A line that broke says nothing of the server: whoever connects anew may send at once.
    const up = link?.up;
    const ms = up ? afterMs + backOff(count - 1, RETRY_MS, RETRY_TO_MS) : 0;
    rest(ms);
    // Each tab would ask once more, one after the other, as soon as it has the turn.
    tabs()?.tell({ busy: busy.peek(), ms });
    // A line that brings no answer may be dead long before that shows; files do not go by it.
    if (retry === "renew" || (reply.unheard === true && up)) ports.again();
  }

  function rest(ms: number) {
    notBefore = performance.now() + ms;
    clearTimeout(timer);
    timer = setTimeout(() => {
      // It has the last word: it may be a little early by the other clock, and nobody would try again.
      notBefore = 0;
      void flush();
    }, ms);
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
    /** Sends nothing for so long, ms. */
    rest,
    /** And its time is not over: a line that breaks after that is no reason to wait. */
    patient: () => busy.peek() && performance.now() < notBefore,
    /** Whether a message should be shown as not sent. */
    failed: (outgoing: Outgoing) =>
      outgoing.refused !== undefined ||
      (tries.value.id === outgoing.post.id && tries.value.count >= FAILED_AFTER_TRIES),
    send,
    /** Sends what waits; safe to call at every occasion. */
    flush,
    /** The page may have slept and not heard what another tab took back: the storage is what counts, where it holds all. */
    wake() {
      if (!storage.brief()) kept.value = load(storage);
      void flush();
    },
    /** What would be sent, in order. */
    waiting,
    /** Another tab says what became of a message; written down it has already. */
    heard({ out, gone }: Said) {
      if (gone) {
        // What we see of the other's storage may be older than its word.
        storage.remove(KEY + gone);
        kept.value = others(gone);
      }
      if (out) {
        const { conversation } = find(out.post.id)?.post ?? out.post;
        put(out);
        if (conversation !== out.post.conversation) ports.adopted(conversation, out.post.conversation);
      }
      void flush();
    },
    /** The visitor wants it tried again: what was refused is a new message, what merely failed keeps its id. */
    retry(id: string) {
      const outgoing = find(id);
      if (outgoing?.refused) {
        drop(id);
        send(withoutId(outgoing.post));
      }
      void flush();
    },
    /** Takes a message back that was never acknowledged; returns its text. */
    takeBack(id: string): string {
      const text = find(id)?.post.text ?? "";
      drop(id);
      return text;
    },
    /** Puts all that waits into a conversation of its own; returns its id, if anything waits. */
    moveAll(): string | undefined {
      look();
      const conversation = uuid7() as Post["conversation"];
      const unsent = kept.peek().filter(({ done }) => !done);
      for (const { refused: _refused, ...outgoing } of unsent)
        save({ ...outgoing, post: { ...outgoing.post, conversation } });
      return unsent.length > 0 ? conversation : undefined;
    },
    /** Offers everything of the last week once more, under the old ids (D10). */
    offerAgain() {
      for (const { done, ...outgoing } of kept.peek()) if (done && !old(done)) save(outgoing);
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
    if (outgoing?.post && !(outgoing.done && old(outgoing.done))) found.push(outgoing);
    else storage.remove(key);
  }
  return found.sort(inOrder);
}

/** What was kept without a count is older than what has one; its ids are made of time. */
function inOrder(one: Outgoing, other: Outgoing): number {
  return (one.n ?? 0) - (other.n ?? 0) || (one.post.id < other.post.id ? -1 : 1);
}

const alone = (act: () => Promise<void>) => act();

function old(done: number): boolean {
  return done < Date.now() - KEEP_MS;
}

function withoutId({ type: _type, id: _id, ...rest }: Post): Omit<Post, "type" | "id"> {
  return rest;
}
