import type { Open } from "./transport.ts";

/** Between packets in a polling body. */
const SEPARATOR = "\x1e";

export const openPolling: Open = (host, to) => {
  const stop = new AbortController();
  const waiting: string[] = [];
  let address = `${host}/socket.io/?EIO=4&transport=polling`;
  let posting = false;

  const ask = async (init?: RequestInit) => {
    const response = await fetch(`${address}&t=${Date.now().toString(36)}`, { ...init, signal: stop.signal });
    const body = await response.text();
    if (!response.ok) throw body;
    return body;
  };
  const end = (why: unknown) => {
    if (stop.signal.aborted) return;
    stop.abort();
    to.closed(typeof why === "string" ? why : undefined);
  };
  const poll = async () => {
    try {
      while (!stop.signal.aborted)
        for (const packet of (await ask()).split(SEPARATOR)) {
          if (packet[0] === "0") address += `&sid=${JSON.parse(packet.slice(1)).sid}`;
          to.packet(packet);
        }
    } catch (why) {
      end(why);
    }
  };
  // One at a time: two posts in flight could arrive in the wrong order.
  const post = async () => {
    if (posting) return;
    posting = true;
    try {
      while (waiting.length > 0) await ask({ method: "POST", body: waiting.splice(0).join(SEPARATOR) });
    } catch (why) {
      end(why);
    }
    posting = false;
  };
  void poll();
  return {
    send(packet) {
      waiting.push(packet);
      void post();
    },
    close: () => stop.abort(),
  };
};
