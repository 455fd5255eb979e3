import type { AgentCard, Availability } from "../../protocol/index.ts";
import { cardOf } from "../desk/actors.ts";
import type { AgentPeer, Audience, Place, VisitorPeer } from "./audience.ts";

/*
 * Who is there: for a site's visitors, whether anybody answers; for agents, who is looking at what. Nothing is stored.
 */

/** An agent who reloads their page was not away. */
const AWAY_AFTER_MS = 3_000;

export interface Presence {
  availability(site: number): Availability;
  /** An agent's socket came or went. */
  changed(member: AgentPeer): void;
  /** A conversation was opened or left on some agent's socket. */
  viewing(place: Place): void;
  viewers(key: number): AgentCard[];
  /** Tells a visitor whether their person is there. */
  greet(member: VisitorPeer): void;
  close(): void;
}

export function createPresence(audience: Audience): Presence {
  const told = new Map<number, string>();
  const timers = new Map<number, NodeJS.Timeout>();

  const availability = (site: number): Availability => {
    const cards = new Map<string, AgentCard>();
    for (const { agent } of audience.agents()) if (agent.sites.has(site)) cards.set(agent.id, cardOf(agent));
    return { state: cards.size > 0 ? "online" : "away", agents: [...cards.values()] };
  };

  const tell = (site: number) => {
    timers.delete(site);
    const now = availability(site);
    const text = JSON.stringify(now);
    if (told.get(site) === text) return;
    told.set(site, text);
    for (const member of audience.visitors()) {
      if (member.visitor.site.key !== site) continue;
      member.peer.send("pulse", { type: "availability", availability: now });
      greet(member);
    }
  };

  const greet = ({ peer, conversations, visitor }: VisitorPeer) => {
    const here = availability(visitor.site.key).agents;
    for (const { id, joined } of conversations.values()) {
      if (!joined) continue;
      const agents = here.filter((card) => card.id === joined.id);
      peer.send("pulse", { type: "presence", conversation: id, agents });
    }
  };

  const viewers = (key: number) => {
    const cards = new Map<string, AgentCard>();
    for (const { agent } of audience.agentsAt(key)) cards.set(agent.id, cardOf(agent));
    return [...cards.values()];
  };

  return {
    availability,
    viewers,
    greet,
    changed({ agent }) {
      for (const site of agent.sites) {
        if (timers.has(site)) continue;
        const wait = availability(site).state === "online" ? 0 : AWAY_AFTER_MS;
        timers.set(site, setTimeout(tell, wait, site).unref());
      }
    },
    viewing({ siteKey, key, id }) {
      audience.pulseSiteAgents(siteKey, { type: "viewing", conversation: id, agents: viewers(key) });
    },
    close() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
