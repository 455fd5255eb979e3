import { HEADS_EVERY_MS, type ServerPulse } from "../../protocol/index.ts";
import { toTime } from "../clock.ts";
import type { Desk } from "../desk/desk.ts";
import * as conversations from "../store/conversations.ts";
import type { Audience, Place } from "./audience.ts";
import type { Peer } from "./peer.ts";

type Heads = Extract<ServerPulse, { type: "heads" }>["heads"];

/**
 * Every 12 seconds, tells each socket where the streams of its conversations stand, read from the log itself: whatever
 * push was lost, its reader finds the hole (D8).
 */
export function startHeads(
  desk: Desk,
  audience: Audience,
  everyMs = HEADS_EVERY_MS,
): { stop(): void; beat(): Promise<void> } {
  const beat = async () => {
    const listeners: { peer: Peer; places: Place[]; both: boolean }[] = [];
    for (const { peer, conversations } of audience.visitors()) {
      if (conversations.size > 0) listeners.push({ peer, places: [...conversations.values()], both: false });
    }
    for (const { peer, open } of audience.agents()) {
      if (open.size > 0) listeners.push({ peer, places: [...open.values()], both: true });
    }
    if (listeners.length === 0) return;
    const keys = new Set(listeners.flatMap(({ places }) => places.map(({ key }) => key)));
    const known = await desk.store.read((db) => conversations.heads(db, [...keys]));
    const now = toTime(desk.clock.now());
    for (const { peer, places, both } of listeners) {
      const heads: Heads = {};
      for (const { key, id } of places) {
        const head = known.get(key);
        if (head) heads[id] = both ? head : { talk: head.talk };
      }
      peer.send("pulse", { type: "heads", epoch: desk.store.epoch, now, heads });
    }
  };
  const timer = setInterval(() => void beat().catch(() => undefined), everyMs).unref();
  return { beat, stop: () => clearInterval(timer) };
}
