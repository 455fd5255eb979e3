import { isDeepStrictEqual } from "node:util";
import {
  AgentAuth,
  AgentCommand,
  type AgentHello,
  AgentPulse,
  type Event,
  refuse,
  type Stream,
} from "../../protocol/index.ts";
import { toTime } from "../clock.ts";
import type { AgentActor } from "../desk/actors.ts";
import { cardOf } from "../desk/actors.ts";
import { type ConversationRecord, fromRow } from "../desk/conversations/conversation-record.ts";
import { agentWriter } from "../desk/conversations/log.ts";
import { findRecord } from "../desk/conversations/posting.ts";
import { ANSWER_LENGTH, catchUp } from "../desk/conversations/reading.ts";
import { decode } from "../desk/decode.ts";
import type { Desk } from "../desk/desk.ts";
import { sessionCookie } from "../desk/people/session-cookie.ts";
import { sessionId } from "../desk/people/sessions.ts";
import type { Limits } from "../limits.ts";
import * as conversations from "../store/conversations.ts";
import { toBytes } from "../store/ids.ts";
import type { Alarm } from "./ahead.ts";
import { type AgentPeer, type Audience, placeOf } from "./audience.ts";
import type { Admission } from "./gateway.ts";
import type { Handshake } from "./peer.ts";
import type { Presence } from "./presence.ts";

export interface AgentLive {
  desk: Desk;
  audience: Audience;
  presence: Presence;
  limits: Limits;
  alarm?: Alarm;
  /** Whether a browser's origin is this server's own. */
  isHome(origin: string, host: string | undefined): boolean;
}

/** Recognises an agent by API key or session cookie, or refuses. */
export async function admitAgent(live: AgentLive, handshake: Handshake): Promise<Admission> {
  const { desk, audience, presence } = live;
  const auth = decode(AgentAuth, handshake.auth);
  const { agent, session } = await recognise(live, handshake, auth.token);

  return async (peer) => {
    const member: AgentPeer = { peer, agent, session, open: new Map(), away: auth.away === true };
    // What ended between the handshake and the entrance closed nobody who was inside.
    const stillIn = async () => {
      const now = await recognise(live, handshake, auth.token);
      // A connection remembers by what name and with what rights it came: with others it comes again.
      if (!isDeepStrictEqual(now.agent, agent)) refuse("unavailable", "Your name, role or sites have changed");
      return greet(live, member, auth);
    };
    audience.enterAgent(member);
    presence.changed(member);
    const hello = await stillIn().catch((error) => {
      audience.leaveAgent(member);
      presence.changed(member);
      throw error;
    });
    peer.send("hello", hello);
    tellWhoLooks(live, member);
    // What one connection asks for begins in the order in which it came, whatever is counted before (D5).
    let begun: Promise<unknown> = Promise.resolve();
    return {
      async execute(raw) {
        const turn = begun.then(() => live.limits.take("account", agent.id));
        begun = turn.catch(() => undefined);
        await turn;
        const command = decode(AgentCommand, raw);
        if (command.type === "leave") return leave(live, member, command.conversation);
        // Subscribe first, then fetch (D16).
        if (command.type === "open") await open(live, member, command.conversation);
        return desk.asAgent.execute(agent, command);
      },
      pulse: (raw) => hear(live, member, decode(AgentPulse, raw)),
      gone() {
        const left = [...member.open.values()];
        audience.leaveAgent(member);
        presence.changed(member);
        for (const place of left) presence.viewing(place);
      },
    };
  };
}

async function recognise({ desk, isHome }: AgentLive, handshake: Handshake, token: string | undefined) {
  if (token !== undefined) {
    const agent = await desk.agents.byApiKey(token);
    return { agent: agent ?? refuse("unauthorized", "Unknown API key", { field: "token" }), session: undefined };
  }
  const cookie = sessionCookie(handshake.cookie);
  if (cookie === undefined) return refuse("unauthorized", "Sign in, or bring an API key");
  // A page elsewhere must not speak with an agent's cookie; CORS does not guard WebSockets.
  if (handshake.origin !== undefined && !isHome(handshake.origin, handshake.host)) {
    return refuse("forbidden", `Not from ${handshake.origin}`);
  }
  const agent = await desk.sessions.bySession(cookie);
  return { agent: agent ?? refuse("unauthorized", "This session has ended"), session: sessionId(cookie) };
}

async function greet(
  { desk, audience, alarm }: AgentLive,
  member: AgentPeer,
  { since = {}, epoch }: Pick<AgentAuth, "since" | "epoch">,
): Promise<AgentHello> {
  const { agent } = member;
  const events: Event[] = [];
  // All conversations together are one answer, as a visitor's are, the first named first.
  let room = ANSWER_LENGTH;
  for (const [id, place] of Object.entries(since)) {
    const row = await desk.store.read((db) => conversations.byUid(db, toBytes(id)));
    // What is not theirs is not there.
    if (!row || !agent.sites.has(row.site)) continue;
    const { view } = fromRow(row);
    audience.open(member, placeOf(fromRow(row)));
    for (const stream of ["talk", "desk"] as const)
      alarm?.check(epoch, { conversation: view.id, claimed: place[stream], head: view.head[stream] ?? 0 });
    for (const stream of ["talk", "desk"] as const) {
      const missed = await missedOf(desk, row.id, stream, place[stream], room);
      if (missed.length > 0) room -= JSON.stringify(missed).length;
      events.push(...missed);
    }
  }
  const sites = await desk.sites.allFor(agent);
  const colleagues = new Map<string, AgentActor>();
  for (const site of sites) for (const one of await desk.agents.ofSite(site.key)) colleagues.set(one.id, one);
  return {
    v: 1,
    now: toTime(desk.clock.now()),
    epoch: desk.store.epoch,
    agent: { ...cardOf(agent), email: agent.email, role: agent.role },
    sites: sites.map(({ id, publicKey, name, settings }) => ({ id, key: publicKey, name, locales: settings.locales })),
    agents: [...colleagues.values()].map(cardOf),
    events,
  };
}

async function missedOf(desk: Desk, key: number, stream: Stream, after: number, room: number): Promise<Event[]> {
  return desk.store.read(async (db) => {
    const row = await conversations.byKey(db, key);
    return row ? (await catchUp(db, fromRow(row), stream, after, room)).events : [];
  });
}

async function open({ desk, audience, presence }: AgentLive, member: AgentPeer, id: ConversationRecord["view"]["id"]) {
  const record = await desk.store.read((db) => findRecord(db, id, (found) => member.agent.sites.has(found.siteKey)));
  const place = placeOf(record);
  audience.open(member, place);
  presence.viewing(place);
}

function leave({ audience, presence }: AgentLive, member: AgentPeer, id: ConversationRecord["view"]["id"]) {
  const place = member.open.get(id);
  if (place) {
    audience.shut(member, place);
    presence.viewing(place);
  }
  return { ok: true as const };
}

/** An agent who comes in sees who is looking at what. */
function tellWhoLooks({ audience, presence }: AgentLive, member: AgentPeer) {
  const told = new Set<number>();
  for (const other of audience.agents()) {
    for (const { key, id, siteKey } of other.open.values()) {
      if (told.has(key) || !member.agent.sites.has(siteKey)) continue;
      told.add(key);
      member.peer.send("pulse", { type: "viewing", conversation: id, agents: presence.viewers(key) });
    }
  }
}

function hear(live: AgentLive, member: AgentPeer, pulse: AgentPulse) {
  const { audience, presence } = live;
  switch (pulse.type) {
    case "typing": {
      const place = member.open.get(pulse.conversation);
      if (!place) return;
      const { by } = agentWriter(member.agent);
      return audience.pulse(place, { ...pulse, by }, member.peer);
    }
    case "away":
      // All their pages turn together: one that was left open elsewhere would keep them here.
      for (const one of audience.agents())
        if (one.agent.id === member.agent.id) {
          one.away = pulse.on;
          one.peer.send("pulse", pulse);
        }
      return presence.changed(member);
    default:
      return pulse satisfies never;
  }
}
