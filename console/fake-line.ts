import type { AgentCommand, Reply } from "../protocol/command.ts";
import type { Conversation } from "../protocol/conversation.ts";
import type { Event, EventOf } from "../protocol/event.ts";
import { fault } from "../protocol/faults.ts";
import type { AgentHello } from "../protocol/hello.ts";
import type { AgentId, ConversationId, EventId, SiteId, VisitorId } from "../protocol/ids.ts";
import type { Answered, Heard, Link } from "../protocol/link.ts";
import type { AgentCard, SiteCard } from "../protocol/people.ts";
import type { AgentPulse } from "../protocol/pulse.ts";
import type { Line } from "./ports.ts";

/*
 * A server for the console's own tests: in memory, answering when it is told to.
 */

type Answer = (command: AgentCommand) => Reply | undefined;

export interface FakeLine extends Line {
  readonly sent: AgentCommand[];
  readonly pulsed: AgentPulse[];
  up: boolean;
  /** What the next handshake would say of the agent. */
  away(): boolean;
  /** Decides what commands are answered; those without an answer stay open until `reply`. */
  answer: Answer;
  /** Answers the oldest open command. */
  reply(reply: Answered): Promise<void>;
  tell<N extends keyof Heard<AgentHello>>(name: N, heard: Heard<AgentHello>[N]): void;
}

export function createFakeLine(): FakeLine {
  const listeners = new Map<string, Set<(heard: never) => void>>();
  const open: ((reply: Answered) => void)[] = [];
  const tell = (name: string, heard: unknown) => {
    for (const listener of listeners.get(name) ?? []) listener(heard as never);
  };
  const line: FakeLine = {
    sent: [],
    pulsed: [],
    up: true,
    answer: () => undefined,
    async reply(reply) {
      open.shift()?.(reply);
      await settled();
    },
    tell,
    away: () => false,
    connect(_since, away) {
      line.away = away;
    },
    again() {},
    disconnect() {},
    link: {
      get up() {
        return line.up;
      },
      send(command) {
        if (!line.up) return Promise.resolve({ ok: false, fault: fault("unavailable", "No connection") });
        line.sent.push(command);
        const answer = line.answer(command);
        return answer ? Promise.resolve(answer) : new Promise((settle) => open.push(settle));
      },
      pulse: (pulse) => void line.pulsed.push(pulse),
      on(name, listener) {
        const all = listeners.get(name) ?? new Set();
        listeners.set(name, all);
        all.add(listener as (heard: never) => void);
        return () => void all.delete(listener as (heard: never) => void);
      },
    } satisfies Link<AgentCommand, AgentHello>,
  };
  return line;
}

/** All promises that could settle have settled. */
export async function settled(): Promise<void> {
  await new Promise((done) => setTimeout(done));
}

const uuid = (n: number) => `01976d80-0000-7000-8000-${String(n).padStart(12, "0")}`;

export const CONVERSATION = uuid(1) as ConversationId;
export const SITE: SiteCard = {
  id: uuid(2) as SiteId,
  key: "pk_larkfield" as SiteCard["key"],
  name: "Larkfield",
  locales: ["en"],
};
export const MARA: AgentCard = { id: uuid(3) as AgentId, name: "Mara Lindqvist" };
export const TOMAS: AgentCard = { id: uuid(4) as AgentId, name: "Tomás Reyes" };
const PRIYA = { kind: "visitor", id: uuid(5) } as const;

const clock = (seq: number) => `2026-03-01T10:${String(seq).padStart(2, "0")}:00.000Z`;

export function hello(events: Event[] = [], epoch = "one"): AgentHello {
  return {
    v: 1,
    now: clock(59),
    epoch,
    agent: { ...MARA, email: "mara@larkfield.test", role: "owner" },
    sites: [SITE],
    agents: [MARA, TOMAS],
    events,
  };
}

export function conversation(more: Partial<Conversation> = {}): Conversation {
  return {
    id: CONVERSATION,
    site: SITE.id,
    status: "open",
    episode: 1,
    openedAt: clock(0),
    updatedAt: clock(0),
    head: { talk: 0, desk: 0 },
    read: { visitor: 0, agents: 0 },
    visitor: { id: uuid(5) as VisitorId, name: "Priya Raman", verified: false },
    tags: [],
    priority: 0,
    ...more,
  };
}

/** A message; `id` is made from `seq` unless it is given. */
export function posted(seq: number, text: string, more: Partial<EventOf<"posted">> = {}): EventOf<"posted"> {
  return {
    conversation: CONVERSATION,
    stream: "talk",
    seq,
    id: uuid(100 + seq) as EventId,
    at: clock(seq),
    by: PRIYA,
    type: "posted",
    text,
    ...more,
  };
}

export function byAgent({ id, name }: AgentCard) {
  return { by: { kind: "agent", id, name } } as const;
}
