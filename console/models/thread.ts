import { batch, type ReadonlySignal, signal } from "@preact/signals";
import { apply, gap } from "../../protocol/apply.ts";
import type { AgentCommand, Reply } from "../../protocol/command.ts";
import type { Conversation } from "../../protocol/conversation.ts";
import type { Event } from "../../protocol/event.ts";
import type { AgentHello } from "../../protocol/hello.ts";
import type { ConversationId } from "../../protocol/ids.ts";
import type { Link } from "../../protocol/link.ts";
import { createSecondTry } from "./second-try.ts";

export type Stream = Event["stream"];
export type Log = Readonly<Record<Stream, readonly Event[]>>;

const STREAMS = ["talk", "desk"] as const satisfies Stream[];
const OLDER_LIMIT = 200;
const NOTHING: Log = { talk: [], desk: [] };

/** One conversation as the server has it: a prefix of each log, and what folding it comes to (D4, D11). */
export interface Thread {
  readonly id: ConversationId;
  /** Absent until it was opened. Changed by `apply` alone, but for marks and facts that are not events. */
  readonly conversation: ReadonlySignal<Conversation | undefined>;
  readonly log: ReadonlySignal<Log>;
  readonly state: ReadonlySignal<"opening" | "open" | "missing">;
  readonly older: ReadonlySignal<boolean>;
  /** Where a reader left it who was not at its end, in px, and how much had been said by then: told by its view. */
  left?: { readonly top: number; readonly talk: number } | undefined;
  /** Subscribes and fetches (D16). May be called again at any time; what is known already stays. */
  open(): Promise<void>;
  leave(): void;
  hear(...events: readonly Event[]): void;
  /** The server says where the streams stand: what a lost push left out is fetched, and where we know more, asked about. */
  behind(heads: { readonly talk: number; readonly desk?: number | undefined }): void;
  /** Marks only rise (D10). */
  marked(read: { readonly visitor?: number | undefined; readonly agents?: number | undefined }): void;
  /** Facts that a row carries and no event does. */
  told(row: Conversation): void;
  fetchOlder(): Promise<void>;
  /** Another epoch: what was known is no longer true (D10). */
  forget(): void;
}

/** `ahead` hears that the server knows less than we do: it has lost what it had acknowledged. */
export function createThread(id: ConversationId, link: Link<AgentCommand, AgentHello>, ahead = () => {}): Thread {
  const conversation = signal<Conversation>();
  const log = signal(NOTHING);
  const state = signal<"opening" | "open" | "missing">("opening");
  const older = signal(false);
  const syncing = new Set<Stream>();
  const second = createSecondTry(() => void open());
  let wanted = false;
  let held: Event[] = [];

  const headOf = (stream: Stream) => conversation.peek()?.head[stream] ?? 0;

  function place(event: Event): boolean {
    const now = conversation.peek();
    if (!now) return false;
    if (event.seq <= (now.head[event.stream] ?? 0)) return true;
    if (gap(now, event)) return false;
    batch(() => {
      conversation.value = apply(now, event);
      log.value = { ...log.peek(), [event.stream]: [...log.peek()[event.stream], event] };
    });
    return true;
  }

  function settle() {
    const waiting = held.sort((a, b) => a.seq - b.seq);
    held = [];
    batch(() => {
      held = waiting.filter((event) => !place(event));
    });
    if (conversation.peek()) for (const event of held) void sync(event.stream);
  }

  async function sync(stream: Stream) {
    if (syncing.has(stream)) return;
    syncing.add(stream);
    let more = true;
    while (more) {
      const after = headOf(stream);
      const reply = await link.send({ type: "sync", conversation: id, stream, after });
      // The next heads, or the next connection, asks again.
      if (!reply.ok) break;
      if ((reply.head ?? after) < after) {
        ahead();
        break;
      }
      batch(() => {
        for (const event of reply.events ?? []) place(event);
      });
      more = reply.more === true && headOf(stream) > after;
    }
    syncing.delete(stream);
    held = held.filter((event) => event.seq > headOf(event.stream));
  }

  function take(fresh: Conversation, reply: Extract<Reply, { ok: true }>) {
    const known = log.peek();
    const incoming = reply.events ?? [];
    const joined = {} as Record<Stream, readonly Event[]>;
    for (const stream of STREAMS)
      joined[stream] = join(
        known[stream],
        incoming.filter((event) => event.stream === stream),
      );
    // Pushes that overtook this reply lie beyond its snapshot: folded over it they give what is true now (D11).
    const beyond = STREAMS.flatMap((stream) => joined[stream].filter((event) => event.seq > (fresh.head[stream] ?? 0)));
    const more = typeof reply.more === "object" ? reply.more : {};
    batch(() => {
      log.value = joined;
      conversation.value = beyond.reduce(apply, fresh);
      older.value = STREAMS.some((stream) => more[stream] && (joined[stream][0]?.seq ?? 1) > 1);
      state.value = "open";
    });
  }

  async function open() {
    wanted = true;
    const reply = await link.send({ type: "open", conversation: id });
    if (reply.ok && reply.conversation) {
      second.over();
      take(reply.conversation, reply);
      settle();
    } else if (!reply.ok && reply.fault.retry === "never") state.value = "missing";
    // Nobody who is not subscribed hears of heads (D8). Where the line broke, the next hello opens it.
    else if (!reply.ok && wanted && link.up) second.later(reply.fault);
  }

  return {
    id,
    conversation,
    log,
    state,
    older,
    open,
    leave() {
      wanted = false;
      second.over();
      void link.send({ type: "leave", conversation: id });
    },
    hear(...events) {
      held.push(...events);
      settle();
    },
    behind(heads) {
      if (!conversation.peek()) return;
      for (const stream of STREAMS) if ((heads[stream] ?? 0) !== headOf(stream)) void sync(stream);
    },
    marked({ visitor = 0, agents = 0 }) {
      const now = conversation.peek();
      if (!now) return;
      const read = { visitor: Math.max(now.read.visitor, visitor), agents: Math.max(now.read.agents, agents) };
      if (read.visitor > now.read.visitor || read.agents > now.read.agents) conversation.value = { ...now, read };
    },
    told(row) {
      const now = conversation.peek();
      if (!now) return;
      const { visitor, tier, priority, due, waitingSince } = row;
      const facts = { visitor, tier, priority, due } as Partial<Conversation>;
      // A row that is older than what was heard must not bring a waiting time back.
      const waits = row.head.talk >= now.head.talk && waitingSince !== undefined ? { waitingSince } : {};
      conversation.value = { ...now, ...defined(facts), ...waits };
    },
    async fetchOlder() {
      await Promise.all(STREAMS.map(earlier));
      older.value = STREAMS.some((stream) => (log.peek()[stream][0]?.seq ?? 1) > 1);
    },
    forget() {
      held = [];
      batch(() => {
        conversation.value = undefined;
        log.value = NOTHING;
        state.value = "opening";
      });
    },
  };

  async function earlier(stream: Stream) {
    const first = log.peek()[stream][0]?.seq ?? 1;
    if (first <= 1) return;
    const after = Math.max(0, first - 1 - OLDER_LIMIT);
    const reply = await link.send({ type: "sync", conversation: id, stream, after, limit: first - 1 - after });
    // Asked for twice, it comes twice; and the log may be another by now, that begins elsewhere.
    if (!reply.ok || log.peek()[stream][0]?.seq !== first) return;
    const before = (reply.events ?? []).filter((event) => event.seq < first);
    log.value = { ...log.peek(), [stream]: [...before, ...log.peek()[stream]] };
  }
}

/** Continues what is known with what came, where they touch; where there is a hole between, what came stands alone. */
function join(known: readonly Event[], incoming: readonly Event[]): readonly Event[] {
  const last = known.at(-1)?.seq ?? 0;
  const first = incoming[0]?.seq;
  if (first === undefined) return known;
  if (first > last + 1) return incoming;
  return [...known, ...incoming.filter((event) => event.seq > last)];
}

function defined<T extends object>(facts: T): T {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as T;
}
