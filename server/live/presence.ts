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
/** So many are told in one turn of the event loop, and then those who ask something have theirs. */
const AT_ONCE = 250;

export interface Presence {
  availability(site: number): Availability;
  /** An agent's socket came or went, or its agent turned away or back. */
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
  /** The sites' lines as they are in this turn of the event loop: all who are told in it are told of the same one. */
  const lines = new Map<number, ReadonlyMap<number, Standing>>();

  const lineOf = (site: number): ReadonlyMap<number, Standing> => {
    const known = lines.get(site);
    if (known) return known;
    if (lines.size === 0) setImmediate(() => lines.clear());
    const line = attendance?.standings(site) ?? new Map<number, Standing>();
    lines.set(site, line);
    return line;
  };

  const here = (site: number): AgentCard[] => {
    const cards = new Map<string, AgentCard>();
    const photos = attendance?.photos(site) ?? true;
    for (const { agent, away } of audience.agents())
      if (!away && agent.sites.has(site)) cards.set(agent.id, seen(agent, photos));
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
    const pulse = { type: "availability", availability: now };
    const members = [...audience.visitors()].filter(({ visitor }) => visitor.site.key === site);
    inTurns(members, (some) => {
      // Since then something else is so, and all are told that.
      if (told.get(site) !== text) return;
      const [agents, line] = [here(site), lineOf(site)];
      for (const member of some) {
        member.peer.send("pulse", pulse);
        meet(member, agents, line);
      }
    });
  };

  const meet = (member: VisitorPeer, agents: readonly AgentCard[], line: ReadonlyMap<number, Standing>) => {
    const { peer, conversations, visitor } = member;
    for (const { id, joined } of conversations.values()) {
      if (!joined) continue;
      peer.send("pulse", {
        type: "presence",
        conversation: id,
        agents: agents.filter((card) => card.id === joined.id),
      });
    }
    const standing = line.get(visitor.key);
    if (standing) stand(member, standing);
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
    lines.delete(site);
    // Hours that were changed open or close the line as well; who may only be reloading is waited for.
    if (!timers.has(site)) tell(site);
    const waiting = lineOf(site);
    if (waiting.size === 0) return;
    const members = [...audience.visitors()].filter(({ visitor }) => waiting.has(visitor.key));
    inTurns(members, (some) => {
      const line = lineOf(site);
      for (const member of some) {
        const standing = line.get(member.visitor.key);
        if (standing) stand(member, standing);
      }
    });
  };

  const lineMoved = (site: number) => {
    lines.delete(site);
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
    greet(member) {
      const site = member.visitor.site.key;
      meet(member, here(site), lineOf(site));
    },
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

/** The first at once, the others in the turns that follow. */
function inTurns<T>(all: readonly T[], act: (some: readonly T[]) => void): void {
  act(all.slice(0, AT_ONCE));
  if (all.length > AT_ONCE) setImmediate(() => inTurns(all.slice(AT_ONCE), act));
}

/** An agent as visitors see one: where the site says so, without a face. */
function seen(agent: AgentActor, photos: boolean): AgentCard {
  const { avatar, ...card } = cardOf(agent);
  return photos && avatar !== undefined ? { ...card, avatar } : card;
}

function queuePulse({ conversation, stage, ahead, wait }: Standing): ServerPulse {
  return { type: "queue", conversation, stage, ahead, ...(wait && { wait }) };
}
