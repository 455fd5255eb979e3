import type { VisitorCommand } from "../../protocol/command.ts";
import type { VisitorHello } from "../../protocol/hello.ts";
import type { ServerPulse } from "../../protocol/pulse.ts";
import type { Open } from "./transport.ts";

/*
 * Commands over plain HTTP, and asking every few seconds where the conversations stand: for pages behind a proxy that lets
 * no socket through. To the client it looks like a Socket.IO server: the same packets, made here.
 */

const ASK_EVERY_MS = 4_000;
const ASK_EVERY_HIDDEN_MS = 30_000;
/** How often it looks whether a socket gets through by now. */
const PROBE_EVERY_MS = 60_000;
const OPENED = `0${JSON.stringify({ pingInterval: 2 * ASK_EVERY_HIDDEN_MS, pingTimeout: ASK_EVERY_HIDDEN_MS })}`;
/** `4` a message; then Socket.IO's kinds: connect, event with its number, refused. */
const CONNECT = /^40([^,]*,)(.*)$/s;
const EVENT = /^42([^,]*,)(\d+)(.*)$/s;

type Standing = Omit<VisitorHello, "token" | "events">;

export const openPlain: Open = (host, to) => {
  const stop = new AbortController();
  const timers = new Set<ReturnType<typeof setInterval>>();
  let base = "";
  let token: string | undefined;
  let prefix = "";

  const end = () => {
    if (stop.signal.aborted) return;
    close();
    to.closed();
  };
  const close = () => {
    stop.abort();
    for (const timer of timers) clearInterval(timer);
  };
  /** Rejects with a fault, or with what the network said. */
  const ask = async (path: string, body?: unknown) => {
    const response = await fetch(base + path, {
      credentials: "omit",
      cache: "no-store",
      signal: stop.signal,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { method: "POST", body: JSON.stringify(body) }),
    });
    const answer = await response.json();
    if (!response.ok) throw answer.fault ?? answer;
    return answer;
  };
  const tell = (kind: string, ...what: unknown[]) => {
    if (!stop.signal.aborted) to.packet(`4${kind}${JSON.stringify(what.length > 1 ? what : what[0])}`);
  };
  const pulse = (pulse: ServerPulse) => tell(`2${prefix}`, "pulse", pulse);

  async function connect(auth: { site: string; token?: string }) {
    base = `${host}/api/widget/${auth.site}`;
    token = auth.token;
    try {
      // Whoever brings no token is new, as over a socket.
      if (!token) token = (await ask("/visitors", {})).token;
      const standing: Standing = await ask("/conversations");
      tell(`0${prefix}`, { sid: "" });
      tell(`2${prefix}`, "hello", { ...standing, events: [], slow: true, ...(!auth.token && { token }) });
      void follow();
      timers.add(setInterval(probe, PROBE_EVERY_MS));
    } catch (why) {
      if (!isFault(why)) return end();
      tell(`4${prefix}`, { message: why.code, data: why });
    }
  }

  /** Says by pulses what has changed: who hears of a head fetches what lies before it (D8). */
  async function follow() {
    while (!stop.signal.aborted) {
      await pause(document.visibilityState === "visible" ? ASK_EVERY_MS : ASK_EVERY_HIDDEN_MS);
      try {
        const { now, epoch, availability, conversations }: Standing = await ask("/conversations");
        pulse({ type: "availability", availability });
        for (const { id, read } of conversations) pulse({ type: "read", conversation: id, ...read });
        const heads = Object.fromEntries(conversations.map(({ id, head }) => [id, { talk: head.talk }]));
        pulse({ type: "heads", epoch, now, heads });
      } catch (why) {
        if (!isFault(why) || why.retry !== "after") return end();
        await pause(why.afterMs ?? ASK_EVERY_MS, true);
      }
    }
  }

  async function carryOut(id: string, command: VisitorCommand) {
    try {
      const reply =
        command.type === "sync"
          ? await ask(`/conversations/${command.conversation}/events?${placeOf(command)}`)
          : await ask("/commands", command);
      tell(`3${prefix}${id}`, [reply]);
    } catch (why) {
      if (!isFault(why)) return end();
      tell(`3${prefix}${id}`, [{ ok: false, fault: why }]);
    }
  }

  /** A socket that opens is the better way: this one ends, and the client begins with the first. */
  function probe() {
    const socket = new WebSocket(`${host.replace(/^http/, "ws")}/socket.io/?EIO=4&transport=websocket`);
    // Opened alone says little: some proxies open what they then leave silent.
    socket.onmessage = () => {
      socket.close();
      end();
    };
  }

  /** Ends early where the page comes to the front, unless the server asked for it. */
  const pause = (ms: number, asked = false) =>
    new Promise<void>((over) => {
      const done = () => {
        clearTimeout(timer);
        timers.delete(timer);
        document.removeEventListener("visibilitychange", done);
        over();
      };
      const timer = setTimeout(done, ms);
      timers.add(timer);
      if (!asked) document.addEventListener("visibilitychange", done, { signal: stop.signal });
    });

  queueMicrotask(() => to.packet(OPENED));
  return {
    send(packet) {
      const [, namespace, auth] = CONNECT.exec(packet) ?? [];
      if (namespace && auth) {
        prefix = namespace;
        return void connect(JSON.parse(auth));
      }
      const [, , id, data] = EVENT.exec(packet) ?? [];
      // What has no number is a pulse: nobody waits for it.
      if (id && data) void carryOut(id, JSON.parse(data)[1]);
    },
    close,
  };
};

function placeOf({ after, limit }: Extract<VisitorCommand, { type: "sync" }>) {
  return new URLSearchParams({ after: `${after}`, ...(limit !== undefined && { limit: `${limit}` }) });
}

function isFault(why: unknown): why is { code: string; retry: string; afterMs?: number } {
  return typeof why === "object" && why !== null && "code" in why && "retry" in why;
}
