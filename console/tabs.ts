import { turn } from "../ui/turn.ts";
import type { Tabs } from "./ports.ts";

/** By Web Locks and a BroadcastChannel of the agent's own: nobody else's page hears what they write (D12). */
export function openTabs(agent: string): Tabs {
  const name = `deskbell.console.${agent}`;
  const channel = new BroadcastChannel(name);
  let closed = false;
  return {
    turn: (what, act) => turn(`${name}.${what}`, act),
    tell(said) {
      if (!closed) channel.postMessage(said);
    },
    hear(told) {
      channel.onmessage = ({ data }: MessageEvent) => told(data as never);
    },
    close() {
      closed = true;
      channel.close();
    },
  };
}

/** Of a page that is on its own. */
export const NO_TABS: Tabs = { turn: (_, act) => act(), tell() {}, hear() {}, close() {} };
