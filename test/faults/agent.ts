import { setTimeout as sleep } from "node:timers/promises";
import type {
  AgentCommand,
  Command,
  ConversationId,
  EventId,
  Fault,
  Hello,
  Reply,
  ServerPulse,
} from "../../protocol/index.ts";
import { mintId } from "../../server/store/ids.ts";
import { type Connection, createConnection } from "./connection.ts";
import type { History } from "./history.ts";
import type { Random } from "./random.ts";
import type { StageAgent } from "./stage.ts";

/* An agent at the console: opens what is in the inbox, and asks again under the same id until there is an answer. */

const BACK_OFF_MS = 200;
type Offer = Extract<AgentCommand, { type: "post" | "note" }>;

/** Until the owner of a conversation has brought it back. */
const INSISTS_MS = 12_000;
/** So many conversations are open at once; `since` takes 50. */
export const OPEN_LIMIT = 12;

/** A message of an agent's own, and where it stands. */
export interface Own {
  readonly id: EventId;
  readonly conversation: ConversationId;
  readonly seq: number;
}

export interface AgentParts {
  name: string;
  url(): string;
  as: StageAgent;
  history: History;
  random: Random;
  transports?: readonly ("websocket" | "polling")[];
  replyAfterMs?: number;
}

export interface Agent {
  readonly name: string;
  readonly as: StageAgent;
  readonly connection: Connection;
  /** Conversations that are open here, whose events are heard. */
  readonly open: ReadonlySet<ConversationId>;
  /** Commands that still wait for an answer. */
  readonly busy: number;
  /** Who is responsible, as far as was heard. */
  assigneeOf(conversation: ConversationId): string | null;
  /** What is in the inbox. */
  look(): Promise<ConversationId[]>;
  watch(conversation: ConversationId): Promise<boolean>;
  leave(conversation: ConversationId): Promise<void>;
  post(conversation: ConversationId, text: string): Promise<Reply>;
  note(conversation: ConversationId, text: string): Promise<Reply>;
  claim(conversation: ConversationId): Promise<Reply>;
  /** Any other command, again until it is answered. */
  ask(command: AgentCommand): Promise<Reply>;
  /** Messages of their own that were acknowledged, to change. */
  readonly own: readonly Own[];
  /** Their messages that they took back. */
  readonly takenBack: ReadonlySet<EventId>;
  edit(message: Pick<Own, "conversation" | "seq">, text: string): Promise<Reply>;
  /** Takes a message back. */
  redact(message: Pick<Own, "conversation" | "seq">): Promise<Reply>;
  offline(forMs: number): Promise<void>;
  close(): void;
}

export function createAgent(parts: AgentParts): Agent {
  const { name, as, history, random } = parts;
  const open = new Set<ConversationId>();
  const assignees = new Map<ConversationId, string | null>();
  let own: Own[] = [];
  let offers: Offer[] = [];
  const takenBack = new Set<EventId>();
  /** What a refusal for staleness has shown. */
  const looked = new Map<ConversationId, number>();
  let busy = 0;
  let closed = false;
  let greetedFor: ConversationId[] = [];

  const connection = createConnection({
    person: name,
    namespace: "agent",
    url: parts.url(),
    history,
    random,
    ...(parts.replyAfterMs !== undefined && { replyAfterMs: parts.replyAfterMs }),
    ...(parts.transports && { transports: parts.transports }),
    kept: {},
    streams: ["talk", "desk"],
    auth() {
      const since = Object.fromEntries(
        [...open].map((id) => {
          const { talk, desk } = connection.view(id);
          return [id, { talk: talk.length, desk: desk.length }];
        }),
      );
      greetedFor = Object.keys(since) as ConversationId[];
      return { v: 1, token: as.token, since };
    },
    sync: (conversation, stream, after): AgentCommand => ({ type: "sync", conversation, stream, after }),
    *heads(hello: Hello) {
      // What was missed ends at the head; where nothing was, the head is where we stand, if we are not ahead.
      for (const id of greetedFor) {
        for (const stream of ["talk", "desk"] as const) {
          const missed = hello.events.filter((event) => event.conversation === id && event.stream === stream);
          yield [id, stream, missed.at(-1)?.seq ?? connection.view(id)[stream].length];
        }
      }
    },
    follows: (conversation) => open.has(conversation),
    greeted() {},
    pulsed(pulse: ServerPulse) {
      if (pulse.type !== "row") return;
      const { id, assignee, head } = pulse.row;
      assignees.set(id, assignee?.id ?? null);
      // It was gone when this connection was greeted, and its visitor has brought it back: it is open nowhere (D10).
      if (open.has(id) && head.talk > 0 && !connection.views.get(id)?.talk.length) void subscribe(id);
    },
    forgot(conversation) {
      // Where they stand in the log that is now, nobody has said yet.
      own = own.filter((one) => conversation !== undefined && one.conversation !== conversation);
      const again = offers.filter((offer) => !conversation || offer.conversation === conversation);
      // One conversation waits for its visitor; the others do not wait for it.
      for (const offered of Map.groupBy(again, ({ conversation }) => conversation).values()) void offerAgain(offered);
    },
    unauthorized() {
      history.doubts.push({ rule: "D12", person: name, says: "an API key that worked is unknown" });
    },
  });

  /** Again until it is answered for good: under the same id, so that it happens once (D2). */
  const persist = async (command: AgentCommand): Promise<Reply> => {
    busy += 1;
    try {
      for (;;) {
        const current = command.type === "post" ? { ...command, seen: seenIn(command.conversation) } : command;
        const reply: Reply = connection.up
          ? await connection.send(current as Command)
          : { ok: false, fault: { code: "unavailable", message: "Offline", retry: "after" } as Fault };
        if (reply.ok || reply.fault.retry !== "after" || closed) return reply;
        await sleep((reply.fault.afterMs ?? BACK_OFF_MS) * (0.5 + random.next() / 2));
      }
    } finally {
      busy -= 1;
    }
  };

  /**
   * What was acknowledged once and is gone with the log: colleagues have written since, and the conversation itself may
   * come back only when its visitor does (D10).
   */
  const insist = async (command: Offer, until: number) => {
    for (let tries = 0; (tries === 0 || performance.now() < until) && !closed; tries++) {
      const { ok, fault } = { fault: undefined, ...(await persist(command)) };
      if (ok || (fault?.code !== "stale" && fault?.code !== "not-found")) return;
      for (const event of fault.events ?? [])
        looked.set(event.conversation, Math.max(looked.get(event.conversation) ?? 0, event.seq));
      if (fault.code === "not-found") await sleep(BACK_OFF_MS);
    }
  };

  const offerAgain = async (offered: readonly Offer[]) => {
    busy += 1;
    // One deadline for all of a conversation: whatever comes after it is still tried once.
    const until = performance.now() + INSISTS_MS;
    for (const offer of offered) await insist(offer, until);
    busy -= 1;
  };

  /** Opens it on this connection and takes what it holds; whether it is there. */
  const subscribe = async (conversation: ConversationId): Promise<boolean> => {
    const on = connection.pushes;
    const reply = await connection.send({ type: "open", conversation });
    if (!reply.ok) return false;
    const { head = { talk: 0, desk: 0 }, assignee } = reply.conversation ?? {};
    assignees.set(conversation, assignee?.id ?? null);
    // Another connection stands by now: its greeting said from where.
    if (on === connection.pushes) {
      on.from(conversation, "talk", head.talk);
      on.from(conversation, "desk", head.desk ?? 0);
    }
    for (const event of reply.events ?? []) history.hear(name, event);
    await connection.mend(conversation);
    return true;
  };

  const seenIn = (conversation: ConversationId) =>
    Math.max(connection.views.get(conversation)?.talk.length ?? 0, looked.get(conversation) ?? 0);

  const write = async (type: "post" | "note", conversation: ConversationId, text: string): Promise<Reply> => {
    const { id } = history.write({ person: name, id: mintId<EventId>(), type, text, conversation });
    const command = { type, conversation, id, text, ...(type === "post" && { seen: 0 }) } as Offer;
    const reply = await persist(command);
    if (reply.ok && reply.event) {
      offers.push(command);
      if (type === "post") own.push({ id, conversation: reply.event.conversation, seq: reply.event.seq });
    }
    return reply;
  };

  const agent: Agent = {
    name,
    as,
    connection,
    open,
    get own() {
      return own;
    },
    takenBack,
    get busy() {
      return busy;
    },
    assigneeOf: (conversation) => assignees.get(conversation) ?? null,
    async look() {
      const reply = await connection.send({ type: "inbox", site: as.site.id, view: "all", limit: 50 });
      if (!reply.ok) return [];
      for (const row of reply.rows ?? []) assignees.set(row.id, row.assignee?.id ?? null);
      return (reply.rows ?? []).map(({ id }) => id);
    },
    async watch(conversation) {
      if (open.has(conversation)) return true;
      for (const old of open) {
        if (open.size < OPEN_LIMIT) break;
        await agent.leave(old);
      }
      open.add(conversation);
      if (await subscribe(conversation)) return true;
      open.delete(conversation);
      connection.forget(conversation);
      return false;
    },
    async leave(conversation) {
      open.delete(conversation);
      connection.pushes.end(conversation);
      connection.forget(conversation);
      if (connection.up) await connection.send({ type: "leave", conversation });
    },
    post: (conversation, text) => write("post", conversation, text),
    note: (conversation, text) => write("note", conversation, text),
    claim(conversation) {
      return persist({ type: "assign", conversation, agent: as.id, was: agent.assigneeOf(conversation) as never });
    },
    edit: ({ conversation, seq }, text) => persist({ type: "edit", conversation, target: seq, text }),
    async redact({ conversation, seq }) {
      const reply = await persist({ type: "redact", conversation, target: seq });
      const taken = own.find((one) => one.conversation === conversation && one.seq === seq);
      // What was taken back is offered to no log again.
      if (reply.ok && taken) {
        takenBack.add(taken.id);
        offers = offers.filter(({ id }) => id !== taken.id);
        own = own.filter((one) => one !== taken);
      }
      return reply;
    },
    ask: persist,
    async offline(forMs) {
      connection.offline();
      await sleep(forMs);
      if (!closed) connection.online();
    },
    close() {
      closed = true;
      connection.close();
    },
  };
  return agent;
}
