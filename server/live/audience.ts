import type { AgentCard, Conversation, ConversationId, Event, ServerPulse } from "../../protocol/index.ts";
import type { AgentActor, VisitorActor } from "../desk/actors.ts";
import type { ConversationRecord } from "../desk/conversations/conversation-record.ts";
import type { Publish } from "../desk/publish.ts";
import type { Peer } from "./peer.ts";

/*
 * Who hears what (D12): a visitor the `talk` of their own conversations; an agent both streams of the conversations open
 * on that socket, and rows of the sites they answer for. The store is never asked here.
 */

/** Rows of one site go out at most this often; the newest state of each wins. */
const ROWS_EVERY_MS = 250;
/**
 * In a rush all rows for all agents are no more than 10,000 pushes a second, a few at once, whichever row has waited
 * longest: all of them together would hold up every message for a quarter of a second.
 */
const ROW_PUSHES_A_MS = 10;
const ROW_PUSHES_AT_ONCE = 500;

/** Where a conversation is: all that a pulse needs to know of it. */
export interface Place {
  readonly key: number;
  readonly id: ConversationId;
  readonly siteKey: number;
  readonly visitorKey: number;
  /** The visitor's person. */
  joined: AgentCard | undefined;
}

export interface VisitorPeer {
  readonly peer: Peer;
  visitor: VisitorActor;
  /** Names the token it came with, so that the socket ends with it. */
  readonly token?: string;
  readonly conversations: Map<ConversationId, Place>;
}

export interface AgentPeer {
  readonly peer: Peer;
  readonly agent: AgentActor;
  /** Names the session behind the cookie, so that the socket ends with it. */
  readonly session: string | undefined;
  /** The conversations open on this socket. */
  readonly open: Map<ConversationId, Place>;
  /** Their agent said that they are not there for visitors. */
  away?: boolean;
}

export interface Audience extends Publish {
  enterVisitor(member: VisitorPeer): void;
  leaveVisitor(member: VisitorPeer): void;
  enterAgent(member: AgentPeer): void;
  leaveAgent(member: AgentPeer): void;
  open(member: AgentPeer, place: Place): void;
  shut(member: AgentPeer, place: Place): void;
  visitors(): Iterable<VisitorPeer>;
  /** How many connections a visitor has. */
  countOf(visitor: number): number;
  agents(): Iterable<AgentPeer>;
  agentsAt(conversationKey: number): Iterable<AgentPeer>;
  /** A pulse to everyone in a conversation but the one who caused it. */
  pulse(place: Pick<Place, "key" | "visitorKey">, pulse: ServerPulse, but?: Peer): void;
  pulseSiteAgents(site: number, pulse: ServerPulse): void;
  close(): void;
}

export function createAudience(): Audience {
  const visitors = new Map<number, Set<VisitorPeer>>();
  const agents = new Set<AgentPeer>();
  const watching = new Map<number, Set<AgentPeer>>();
  const rows = new Map<number, Map<ConversationId, Conversation>>();
  const timers = new Map<number, NodeJS.Timeout>();

  const visitorPeers = (key: number) => visitors.get(key) ?? [];
  const agentsAt = (key: number) => watching.get(key) ?? [];

  const tellAgents = ({ key }: ConversationRecord, events: readonly Event[]) => {
    for (const { peer } of agentsAt(key)) for (const event of events) peer.send("event", event);
  };

  const row = (record: ConversationRecord) => {
    const site = record.siteKey;
    const waiting = rows.get(site);
    if (waiting) waiting.set(record.view.id, record.view);
    else rows.set(site, new Map([[record.view.id, record.view]]));
    if (!timers.has(site)) sendRows(site);
  };

  const sendRows = (site: number) => {
    timers.delete(site);
    const changed = rows.get(site);
    if (!changed) return;
    const listeners = [...agents].filter(({ agent }) => agent.sites.has(site));
    let pushes = 0;
    for (const [id, row] of changed) {
      if (pushes > 0 && pushes + listeners.length > ROW_PUSHES_AT_ONCE) break;
      changed.delete(id);
      pushes += listeners.length;
      const pulse = { type: "row", row };
      for (const { peer } of listeners) peer.send("pulse", pulse);
    }
    if (changed.size === 0) rows.delete(site);
    const rest = changed.size === 0 ? ROWS_EVERY_MS : pushes / ROW_PUSHES_A_MS;
    timers.set(site, setTimeout(sendRows, rest, site).unref());
  };

  const audience: Audience = {
    enterVisitor(member) {
      add(visitors, member.visitor.key, member);
    },
    leaveVisitor(member) {
      drop(visitors, member.visitor.key, member);
    },
    enterAgent(member) {
      agents.add(member);
    },
    leaveAgent(member) {
      agents.delete(member);
      for (const { key } of member.open.values()) drop(watching, key, member);
    },
    open(member, place) {
      // Who left while the conversation was looked up would be told of it, and seen looking at it, for ever.
      if (!agents.has(member)) return;
      member.open.set(place.id, place);
      add(watching, place.key, member);
    },
    shut(member, place) {
      member.open.delete(place.id);
      drop(watching, place.key, member);
    },
    *visitors() {
      for (const members of visitors.values()) yield* members;
    },
    countOf: (visitor) => visitors.get(visitor)?.size ?? 0,
    agents: () => agents,
    agentsAt,

    stored(record, events) {
      // First whoever waits for it; its author has it on the screen.
      if (events[0]?.by.kind === "visitor") tellAgents(record, events);
      const talk = events.filter((event: Event) => event.stream === "talk");
      for (const member of visitorPeers(record.visitorKey)) {
        const known = member.conversations.get(record.view.id);
        if (known) known.joined = record.joined;
        else member.conversations.set(record.view.id, placeOf(record));
        for (const event of talk) member.peer.send("event", event);
      }
      if (events[0]?.by.kind !== "visitor") tellAgents(record, events);
      row(record);
    },
    read(record, side, seq) {
      audience.pulse(record, { type: "read", conversation: record.view.id, [side]: seq });
      row(record);
    },
    changed(visitor, records) {
      for (const member of visitorPeers(visitor.key)) member.visitor = visitor;
      for (const record of records) row(record);
    },

    pulse(place, pulse, but) {
      for (const { peer } of visitorPeers(place.visitorKey)) if (peer !== but) peer.send("pulse", pulse);
      for (const { peer } of agentsAt(place.key)) if (peer !== but) peer.send("pulse", pulse);
    },
    pulseSiteAgents(site, pulse) {
      for (const { agent, peer } of agents) if (agent.sites.has(site)) peer.send("pulse", pulse);
    },
    close() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
  return audience;
}

export function placeOf({ key, view, siteKey, visitorKey, joined }: ConversationRecord): Place {
  return { key, id: view.id, siteKey, visitorKey, joined };
}

function add<T>(map: Map<number, Set<T>>, key: number, member: T) {
  const members = map.get(key);
  if (members) members.add(member);
  else map.set(key, new Set([member]));
}

function drop<T>(map: Map<number, Set<T>>, key: number, member: T) {
  const members = map.get(key);
  members?.delete(member);
  if (members?.size === 0) map.delete(key);
}
