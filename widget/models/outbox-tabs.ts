import type { Event } from "../../protocol/event.ts";
import type { Outgoing } from "./outbox.ts";

/** For so long a tab waits until another has sent: one that a browser froze must not hold up the others. */
const TURN_MS = 5_000;

/** What tabs of one visitor tell each other. */
export interface Said {
  /** Who the visitor is in that tab, and in which epoch: others do not listen. */
  as?: string;
  /** A message was written, sent, moved or acknowledged. */
  out?: Outgoing;
  /** A message was taken back. */
  gone?: string;
  /** An event arrived. */
  event?: Event;
}

/** The visitor's other tabs on the same website. */
export interface Tabs {
  /**
   * Acts while no other tab does, or after waiting in vain: the turn saves work and keeps the order of what two tabs
   * send; that a message is stored once is its id's doing (D2).
   */
  turn(act: () => Promise<void>): Promise<void>;
  tell(said: Said): void;
  hear(listener: (said: Said) => void): void;
  close(): void;
}

/** By Web Locks and a BroadcastChannel; a tab without them is on its own. */
export function createTabs(site: string): Tabs {
  const name = `deskbell:${site}`;
  let channel = globalThis.BroadcastChannel && new BroadcastChannel(name);
  return {
    async turn(act) {
      let begun: Promise<void> | undefined;
      const once = () => (begun ??= act());
      try {
        // Undefined on pages without HTTPS.
        await navigator.locks.request(name, { signal: AbortSignal.timeout(TURN_MS) }, once);
      } catch {
        await once();
      }
    },
    tell: (said) => channel?.postMessage(said),
    hear(listener) {
      if (channel) channel.onmessage = ({ data }) => listener(data);
    },
    close() {
      channel?.close();
      channel = undefined as never;
    },
  };
}
