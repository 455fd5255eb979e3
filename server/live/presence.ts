import type { AgentCard, Availability, ServerPulse } from "../../protocol/index.ts";
import { toTime } from "../clock.ts";
import { type AgentActor, cardOf } from "../desk/actors.ts";
import type { Attendance, Standing } from "../desk/availability/attendance.ts";
import type { AgentPeer, Audience, Place, VisitorPeer } from "./audience.ts";

/*
 * Who is there: for a site's visitors, whether anybody answers, and where they stand in line; for agents, who is looking
 * at what. Nothing is stored.
 */

/** An agent who reloads their page was not away. */
const AWAY_AFTER_MS = 3_000;
/** How late a visitor may hear that the team opened, or that they waited for long. */
const LOOK_EVERY_MS = 5_000;
/** A line that moves is told at most this often. */
const LINE_EVERY_MS = 500;

export interface Presence {
  availability(site: number): Availability;
  /** An agent's socket came or went. */
  changed(member: AgentPeer): void;
  /** A conversation was opened or left on some agent's socket. */
  viewing(place: Place): void;
  viewers(key: number): AgentCard[];
  /** Tells a visitor whether their person is there, and where they stand in line. */
  greet(member: VisitorPeer): void;
  /** What changes by the clock alone: hours that begin and end, time that was waited. */
  look(): void;
  close(): void;
}

/** Without `attendance` a team is always open, and nobody knows how long things take. */
export function createPresence(audience: Audience, attendance?: Attendance): Presence {
  const told = new Map<number, string>();
  const timers = new Map<number, NodeJS.Timeout>();
  /** What each visitor's socket was last told of its place in line. */
  const stood = new WeakMap<VisitorPeer["peer"], string>();
  const moving = new Map<number, NodeJS.Timeout>();

  const here = (site: number): AgentCard[] => {
    const cards = new Map<string, AgentCard>();
    const photos = attendance?.photos(site) ?? true;
    for (const { agent } of audience.agents()) if (agent.sites.has(site)) cards.set(agent.id, seen(agent, photos));
    return [...cards.values()];
  };

  const availabilityOf = (site: number): Availability => {
    const { open = true, until } = attendance?.hours(site) ?? {};
    // After hours nobody is promised an answer because a colleague left a tab open.
    if (!open) return { state: "away", agents: [], ...(until !== undefined && { backAt: toTime(until) }) };
    const agents = here(site);
    const reply = attendance?.reply(site);
    return { state: agents.length > 0 ? "online" : "away", agents, ...(reply && { reply }) };
  };

  /** What all of a site's visitors are told, whether or not the team may be seen. */
  const textOf = (site: number, now: Availability) => JSON.stringify([now, here(site)]);

  const tell = (site: number) => {
    clearTimeout(timers.get(site));
    timers.delete(site);
    const now = availabilityOf(site);
    const text = textOf(site, now);
    if (told.get(site) === text) return;
    told.set(site, text);
    for (const member of audience.visitors()) {
      if (member.visitor.site.key !== site) continue;
      member.peer.send("pulse", { type: "availability", availability: now });
      greet(member);
    }
  };

  const greet = (member: VisitorPeer) => {
    const { peer, conversations, visitor } = member;
    const agents = here(visitor.site.key);
    for (const { id, joined } of conversations.values()) {
      if (!joined) continue;
      peer.send("pulse", {
        type: "presence",
        conversation: id,
        agents: agents.filter((card) => card.id === joined.id),
      });
    }
    for (const standing of attendance?.standings(visitor.site.key) ?? []) {
      if (standing.visitorKey === visitor.key) stand(member, standing);
    }
  };

  const stand = ({ peer }: VisitorPeer, standing: Standing) => {
    const pulse = queuePulse(standing);
    const text = JSON.stringify(pulse);
    if (stood.get(peer) === text) return;
    stood.set(peer, text);
    peer.send("pulse", pulse);
  };

  const tellLine = (site: number) => {
    moving.delete(site);
    // Hours that were changed open or close the line as well; who may only be reloading is waited for.
    if (!timers.has(site)) tell(site);
    const standings = new Map(attendance?.standings(site).map((one) => [one.visitorKey, one]));
    if (standings.size === 0) return;
    for (const member of audience.visitors()) {
      const standing = standings.get(member.visitor.key);
      if (standing) stand(member, standing);
    }
  };

  const lineMoved = (site: number) => {
    if (!moving.has(site)) moving.set(site, setTimeout(tellLine, LINE_EVERY_MS, site).unref());
  };

  const viewers = (key: number) => {
    const cards = new Map<string, AgentCard>();
    for (const { agent } of audience.agentsAt(key)) cards.set(agent.id, cardOf(agent));
    return [...cards.values()];
  };

  const look = () => {
    const sites = new Set<number>();
    for (const { visitor } of audience.visitors()) sites.add(visitor.site.key);
    for (const site of sites) tellLine(site);
  };
  const clock = setInterval(look, LOOK_EVERY_MS).unref();
  attendance?.onLine(lineMoved);

  return {
    availability(site) {
      const now = availabilityOf(site);
      // Somebody hears now what nobody was told yet. If it is over before that, they are still to hear what is so.
      if (told.get(site) !== textOf(site, now)) told.delete(site);
      return now;
    },
    viewers,
    greet,
    look,
    changed({ agent }) {
      for (const site of agent.sites) {
        clearTimeout(timers.get(site));
        const wait = here(site).length > 0 ? 0 : AWAY_AFTER_MS;
        timers.set(site, setTimeout(tell, wait, site).unref());
      }
    },
    viewing({ siteKey, key, id }) {
      audience.pulseSiteAgents(siteKey, { type: "viewing", conversation: id, agents: viewers(key) });
    },
    close() {
      clearInterval(clock);
      for (const timer of [...timers.values(), ...moving.values()]) clearTimeout(timer);
      timers.clear();
      moving.clear();
    },
  };
}

/** An agent as visitors see one: where the site says so, without a face. */
function seen(agent: AgentActor, photos: boolean): AgentCard {
  const { avatar, ...card } = cardOf(agent);
  return photos && avatar !== undefined ? { ...card, avatar } : card;
}

function queuePulse({ conversation, stage, ahead, wait }: Standing): ServerPulse {
  return { type: "queue", conversation, stage, ahead, ...(wait && { wait }) };
}
