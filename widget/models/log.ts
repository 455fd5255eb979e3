import { applyTalk, gap } from "../../protocol/apply-talk.ts";
import type { Conversation } from "../../protocol/conversation.ts";
import type { Event } from "../../protocol/event.ts";
import type { VisitorHello } from "../../protocol/hello.ts";
import type { ServerPulse } from "../../protocol/pulse.ts";
import { type Signal, signal } from "../signals.ts";
import type { Storage } from "../storage.ts";
import type { VisitorLink } from "./session.ts";

const RETRY_MS = 1_000;

/** A conversation and the stretch of its log that we hold: without holes, up to its head. */
export interface Talk {
  conversation: Conversation;
  events: readonly Event[];
}

/**
 * What the server said, and nothing else: one signal per conversation, changed only by `apply` (D4, D11). What cannot be
 * placed is dropped and fetched.
 */
export function createLog(ports: {
  storage: Storage;
  link(): VisitorLink | undefined;
  /** Asks for a new hello. */
  reconnect(): void;
  /** The server's log was restored from a backup: what it had acknowledged may be gone (D10). */
  restored(): void;
}) {
  const { storage } = ports;
  const talks = signal<ReadonlyMap<string, Signal<Talk>>>(new Map());
  /** Conversations being fetched, and whether to look once more afterwards. */
  const syncing = new Map<string, boolean>();
  const listeners = new Set<(event: Event) => void>();
  let early: Event[] | undefined = [];
  /** Of what this tab holds: another tab may be further. */
  let epoch = storage.get<string>("epoch");
  let doubted = false;
  let closed = false;

  const at = (id: string) => talks.value.get(id);
  const add = (talk: Talk) => {
    const made = signal(talk);
    talks.value = new Map(talks.value).set(talk.conversation.id, made);
    return made;
  };
  const head = (id: string) => at(id)?.peek().conversation.head.talk ?? 0;

  /** Takes an event from a push, a reply or a sync, in whatever order they come. */
  function place(event: Event) {
    if (event.stream !== "talk") return;
    if (early) {
      early.push(event);
      return;
    }
    const talk = at(event.conversation) ?? add({ conversation: unknown(event), events: [] });
    const { conversation, events } = talk.peek();
    if (event.seq <= conversation.head.talk) return;
    if (gap(conversation, event) || whole(event.conversation) < conversation.head.talk)
      return void sync(event.conversation);
    talk.value = { conversation: applyTalk(conversation, event), events: [...events, event] };
    tell(event);
  }

  function tell(event: Event) {
    for (const listener of listeners) listener(event);
  }

  function hello(hello: VisitorHello) {
    const another = doubted || (epoch !== undefined && epoch !== hello.epoch);
    doubted = false;
    epoch = hello.epoch;
    storage.set("epoch", epoch);
    if (another) forget();
    const fresh = new Map(talks.peek());
    const news: Event[] = [];
    for (const conversation of hello.conversations) {
      const mine = fresh.get(conversation.id);
      const sent = another ? [] : hello.events.filter((event) => event.conversation === conversation.id);
      const held = mine?.peek();
      const joined = join(held?.events ?? [], sent);
      // Newer than the snapshot where pushes overtook it: fold them onto it.
      const talk = joined.reduce(onto, { conversation: marks(conversation, held?.conversation), events: joined });
      // Of a conversation that we held, what came while the line was down is no history.
      if (held) news.push(...joined.filter(({ seq }) => seq > whole(conversation.id)));
      if (mine) mine.value = talk;
      else fresh.set(conversation.id, signal(talk));
    }
    talks.value = fresh;
    for (const event of news) tell(event);
    const waiting = early ?? [];
    early = undefined;
    for (const event of waiting) place(event);
    for (const { conversation } of all())
      if (whole(conversation.id) < conversation.head.talk) void sync(conversation.id);
    if (another) ports.restored();
  }

  function pulse(pulse: ServerPulse) {
    if (pulse.type === "read") {
      const talk = at(pulse.conversation);
      if (!talk) return;
      const { conversation, events } = talk.peek();
      const { visitor = 0, agents = 0 } = pulse;
      const read = {
        visitor: Math.max(conversation.read.visitor, visitor),
        agents: Math.max(conversation.read.agents, agents),
      };
      talk.value = { conversation: { ...conversation, read }, events };
    }
    if (pulse.type === "heads" && !early) {
      if (pulse.epoch !== epoch) {
        forget();
        return doubt();
      }
      for (const [id, { talk }] of Object.entries(pulse.heads)) if (talk !== head(id)) void sync(id);
    }
  }

  /** Fetches what follows the last event we hold, until there is no more (D7). */
  async function sync(id: string): Promise<void> {
    if (syncing.has(id)) return void syncing.set(id, true);
    if (!ports.link()?.up || early) return;
    syncing.set(id, false);
    for (let more = true; more && !closed; ) more = (await fetchNext(id)) || syncing.get(id) === true;
    syncing.delete(id);
  }

  /** One page of a sync; returns whether to go on. */
  async function fetchNext(id: string): Promise<boolean> {
    syncing.set(id, false);
    const after = whole(id);
    const reply = await ports.link()?.send({ type: "sync", conversation: id as Conversation["id"], after });
    if (closed || early || !reply) return false;
    if (!reply.ok) {
      if (reply.fault.retry === "after") setTimeout(() => !closed && void sync(id), reply.fault.afterMs ?? RETRY_MS);
      return false;
    }
    if ((reply.head ?? after) < after) {
      doubt();
      return false;
    }
    const events = reply.events ?? [];
    if (!at(id) && events[0]) add({ conversation: unknown(events[0]), events: [] });
    for (const event of events) fill(event);
    return reply.more === true && events.length > 0;
  }

  /** Like `place`, but also up to a snapshot's head: a snapshot may know more than the events sent along. */
  function fill(event: Event) {
    const talk = at(event.conversation);
    if (!talk) return;
    const { conversation, events } = talk.peek();
    if (event.seq > conversation.head.talk) return place(event);
    const last = events.at(-1)?.seq;
    if (last === undefined || event.seq === last + 1) talk.value = { conversation, events: [...events, event] };
  }

  /** Puts events before those we hold, where they meet them. */
  function prepend(id: string, older: readonly Event[]) {
    const talk = at(id);
    if (!talk) return;
    const { conversation, events } = talk.peek();
    const joined = join(older, events);
    if (joined.at(-1) === events.at(-1)) talk.value = { conversation, events: joined };
  }

  /**
   * Lets the server tell it all again. What we hold goes only at its hello: the handshake says how far we were, so that a
   * server that has lost some of this epoch hears of it (D10).
   */
  function doubt() {
    early = [];
    doubted = true;
    ports.reconnect();
  }

  function forget() {
    talks.value = new Map();
  }

  /** The last event without a hole before it, or the snapshot's head where no event was sent along. */
  function whole(id: string): number {
    const talk = at(id)?.peek();
    return talk?.events.at(-1)?.seq ?? 0;
  }

  function all(): Talk[] {
    return Array.from(talks.peek().values(), (talk) => talk.peek());
  }

  return {
    talks,
    place,
    hello,
    pulse,
    sync,
    prepend,
    forget,
    epoch: () => epoch,
    /** The visitor has read this far; kept here at once, told to the server by the caller. */
    read(id: string, seq: number) {
      pulse({ type: "read", conversation: id as Conversation["id"], visitor: seq });
    },
    /** Where each conversation stands, for a handshake. */
    since: () => Object.fromEntries(all().map(({ conversation }) => [conversation.id, whole(conversation.id)])),
    /** Called with every event that is new to us and follows what we had; not with history. */
    onEvent(listener: (event: Event) => void) {
      listeners.add(listener);
    },
    dispose() {
      closed = true;
    },
  };
}

export type Log = ReturnType<typeof createLog>;

function onto({ conversation, events }: Talk, event: Event): Talk {
  return { conversation: applyTalk(conversation, event), events };
}

/** Two stretches of one log as one, in order, each event once; what lies behind a hole is left out. */
function join(one: readonly Event[], other: readonly Event[]): Event[] {
  const bySeq = new Map([...one, ...other].map((event) => [event.seq, event]));
  const sorted = [...bySeq.values()].sort((a, b) => a.seq - b.seq);
  const hole = sorted.findIndex((event, index) => index > 0 && event.seq !== (sorted[index - 1]?.seq ?? 0) + 1);
  return hole < 0 ? sorted : sorted.slice(0, hole);
}

/** Read marks never go back (D10). */
function marks(fresh: Conversation, held: Conversation | undefined): Conversation {
  if (!held) return fresh;
  return {
    ...fresh,
    read: {
      visitor: Math.max(fresh.read.visitor, held.read.visitor),
      agents: Math.max(fresh.read.agents, held.read.agents),
    },
  };
}

/** A conversation of which we know one event only: everything else follows by applying. */
function unknown({ conversation, at }: Event): Conversation {
  return {
    id: conversation,
    site: "" as Conversation["site"],
    status: "open",
    episode: 1,
    openedAt: at,
    updatedAt: at,
    head: { talk: 0 },
    read: { visitor: 0, agents: 0 },
  };
}
