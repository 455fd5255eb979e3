import type { Pages } from "./ports.ts";

/** By a channel of the browser's own: it reaches pages whose line is down. */
export function createPages(channel: BroadcastChannel): Pages {
  return {
    tell: (agent) => channel.postMessage({ agent }),
    hear(told) {
      const listen = ({ data }: MessageEvent<{ agent?: string }>) => told(data.agent);
      channel.addEventListener("message", listen);
      return () => channel.removeEventListener("message", listen);
    },
  };
}
