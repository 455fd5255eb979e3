import {
  ClientPulse,
  type Event,
  refuse,
  VisitorAuth,
  VisitorCommand,
  type VisitorHello,
} from "../../protocol/index.ts";
import { toTime } from "../clock.ts";
import { fromRow, visitorView } from "../desk/conversations/conversation-record.ts";
import { visitorWriter } from "../desk/conversations/log.ts";
import { ANSWER_LENGTH, catchUp } from "../desk/conversations/reading.ts";
import { decode } from "../desk/decode.ts";
import type { Desk } from "../desk/desk.ts";
import { sessionId } from "../desk/people/sessions.ts";
import { type Limits, subscriberOf, takeCommand } from "../limits.ts";
import * as conversations from "../store/conversations.ts";
import type { Alarm } from "./ahead.ts";
import { type Audience, placeOf, type VisitorPeer } from "./audience.ts";
import type { Admission } from "./gateway.ts";
import type { Handshake } from "./peer.ts";
import type { Presence } from "./presence.ts";

/** A visitor's hello tells of this many conversations. */
const CONVERSATIONS = 20;

export interface VisitorLive {
  desk: Desk;
  audience: Audience;
  presence: Presence;
  limits: Limits;
  alarm?: Alarm;
}

/** Recognises a visitor, or refuses. The site is known by its key and must list the page's origin. */
export async function admitVisitor(live: VisitorLive, handshake: Handshake): Promise<Admission> {
  const { desk } = live;
  const auth = decode(VisitorAuth, handshake.auth);
  const site = await desk.sites.byPublicKey(auth.site);
  if (!desk.sites.originAllowed(site, handshake.origin)) {
    refuse("forbidden", `This site does not list ${handshake.origin ?? "a missing origin"}`);
  }
  const subscriber = subscriberOf(handshake.address);
  const known = auth.token === undefined ? undefined : await desk.visitors.recognise(site, auth.token);
  if (!known) {
    await live.limits.take("visitor", subscriber);
    await live.limits.take("site", site.id);
  }
  const { visitor, token } = known ? { visitor: known, token: undefined } : await desk.visitors.welcome(site);
  // The newest waits, and is told for how long: who has a conversation open somewhere goes on there, and loses no word.
  live.limits.assertRoom("visitor-sockets", live.audience.countOf(visitor.key));

  return async (peer) => {
    const member: VisitorPeer = {
      peer,
      visitor,
      token: sessionId(auth.token ?? token ?? ""),
      conversations: new Map(),
    };
    // Subscribe first, then fetch (D16): what is stored in between is pushed, and dropped by whoever has it.
    live.audience.enterVisitor(member);
    // What ended between the handshake and the entrance closed nobody who was inside.
    const stillIn = async () => {
      if (auth.token !== undefined) await desk.visitors.recognise(site, auth.token);
      return greet(live, member, auth);
    };
    const hello = await stillIn().catch((error) => {
      live.audience.leaveVisitor(member);
      throw error;
    });
    peer.send("hello", { ...hello, ...(token !== undefined && { token }) });
    live.presence.greet(member);
    // What one connection asks for begins in the order in which it came, whatever is counted before (D5).
    let begun: Promise<unknown> = Promise.resolve();
    return {
      async execute(raw) {
        const turn = begun.then(() => takeCommand(live.limits, raw, visitor.id, subscriber));
        begun = turn.catch(() => undefined);
        await turn;
        const command = decode(VisitorCommand, raw);
        return desk.asVisitor.execute(member.visitor, command);
      },
      pulse: (raw) => relayTyping(live, member, raw),
      gone: () => live.audience.leaveVisitor(member),
    };
  };
}

async function greet(
  { desk, presence, alarm }: VisitorLive,
  member: VisitorPeer,
  { since = {}, epoch }: Pick<VisitorAuth, "since" | "epoch">,
): Promise<VisitorHello> {
  const { visitor } = member;
  const { records, events } = await desk.store.read(async (db) => {
    const rows = await conversations.ofVisitor(db, visitor.key, CONVERSATIONS);
    const events: Event[] = [];
    const records = [];
    // All conversations together are one answer, the newest first: anybody may ask for it, and leave it unread.
    let room = ANSWER_LENGTH;
    for (const row of rows) {
      const record = fromRow(row);
      const missed = await catchUp(db, record, "talk", since[record.view.id], room);
      if (missed.events.length > 0) room -= JSON.stringify(missed.events).length;
      events.push(...missed.events);
      records.push({ record, more: missed.more });
    }
    return { records, events };
  });
  for (const { record } of records) {
    const { id, head } = record.view;
    member.conversations.set(id, placeOf(record));
    alarm?.check(epoch, { conversation: id, claimed: since[id] ?? 0, head: head.talk });
  }
  return {
    v: 1,
    now: toTime(desk.clock.now()),
    epoch: desk.store.epoch,
    visitor: visitor.card,
    availability: presence.availability(visitor.site.key),
    conversations: records.map(({ record, more }) => ({ ...visitorView(record), ...(more && { more }) })),
    events,
  };
}

/** Says that a visitor types, to the agents who look at that conversation. The text itself never comes here. */
function relayTyping({ audience }: VisitorLive, member: VisitorPeer, raw: unknown) {
  const { conversation, on } = decode(ClientPulse, raw);
  const place = member.conversations.get(conversation);
  if (!place) return;
  const { by } = visitorWriter(member.visitor);
  audience.pulse(place, { type: "typing", conversation, by, on }, member.peer);
}
