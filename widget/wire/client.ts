import { backOff } from "../../protocol/back-off.ts";
import type { Emitter } from "../../protocol/link.ts";
import { type Open, openWebSocket, type Transport } from "./transport.ts";

/*
 * A Socket.IO client (protocol 5) for one namespace and text alone: what the official one does for us, at a seventh of its
 * bytes; its own server is what the tests hold it against. https://socket.io/docs/v4/socket-io-protocol/
 */

const RECONNECT_FROM_MS = 750;
const RECONNECT_TO_MS = 5_000;
/** So many vain attempts may be a server that restarts; beyond, a network that lets no socket through. */
const SOCKETS_FIRST = 6;
/** From opening to being let in. */
const OPEN_WITHIN_MS = 10_000;

/** Socket.IO's packet kinds, behind Engine.IO's "4" for a message. */
const CONNECT = "0";
const DISCONNECT = "1";
const EVENT = "2";
const ACK = "3";
const REFUSED = "4";

type Listener = (...args: never[]) => void;

export interface Client extends Emitter {
  /** Connects, or tries at once where it was waiting to. */
  open(): void;
  close(): void;
}

/**
 * Connects to `namespace` at `host` and comes back by itself, until closed, or until the server refuses with data: then
 * `open` is the caller's to call. `auth` is asked at every attempt. Emits nothing while not connected.
 */
export function createClient(
  host: string,
  namespace: string,
  auth: () => unknown,
  ways: readonly Open[],
  /** Nonsense from whoever answers at this address ends there. */
  failed: (error: unknown) => void = () => {},
): Client {
  const listeners = new Map<string, Set<Listener>>();
  const replies = new Map<number, (...answer: unknown[]) => void>();
  const prefix = `${namespace},`;
  let transport: Transport | undefined;
  let connected = false;
  let replyId = 0;
  let way = 0;
  /** A socket has opened once: the way beyond them is for where none gets through, not for a server that restarts. */
  let proved = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const fire = (name: string, ...args: unknown[]) => {
    for (const listener of listeners.get(name) ?? []) (listener as (...heard: unknown[]) => void)(...args);
  };
  const within = (ms: number, act: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(act, ms);
  };
  const comeBack = () => within(backOff(failures++, RECONNECT_FROM_MS, RECONNECT_TO_MS), open);

  function open() {
    if (transport) return;
    let opened = false;
    let patience = OPEN_WITHIN_MS;
    const over = (body?: string) => {
      if (transport !== made) return;
      drop();
      // A way that never opened may be closed to us (a proxy, a policy): the next attempt takes another.
      if (!opened || way > 1) way = (way + 1) % (proved && failures < SOCKETS_FIRST ? 2 : ways.length);
      const refusal = body && parse(body);
      if (refusal) return fire("connect_error", refusal);
      comeBack();
      fire("connect_error", new Error("No connection"));
    };
    const made = (ways[way] ?? openWebSocket)(host, {
      packet(packet) {
        if (transport !== made) return;
        try {
          heard(packet);
        } catch (error) {
          failed(error);
        }
      },
      closed: over,
    });
    const heard = (packet: string) => {
      const kind = packet[0];
      if (kind === "0") {
        opened = true;
        proved ||= way < 2;
        const { pingInterval, pingTimeout } = JSON.parse(packet.slice(1));
        patience = pingInterval + pingTimeout;
        made.send(`4${CONNECT}${prefix}${JSON.stringify(auth())}`);
      } else if (kind === "2") made.send("3");
      else if (kind === "4") message(packet.slice(1));
      // The server pings; silence beyond that is a dead line that nobody closed.
      if (transport === made && (connected || kind === "0")) within(connected ? patience : OPEN_WITHIN_MS, over);
    };
    transport = made;
    within(OPEN_WITHIN_MS, over);
  }

  function message(text: string) {
    const kind = text[0];
    if (!text.startsWith(prefix, 1)) return;
    const rest = text.slice(1 + prefix.length);
    const [, id = ""] = /^(\d*)/.exec(rest) ?? [];
    const data = rest.length > id.length ? JSON.parse(rest.slice(id.length)) : undefined;
    if (kind === EVENT) fire(data[0], ...data.slice(1));
    else if (kind === ACK) {
      const reply = replies.get(Number(id));
      replies.delete(Number(id));
      reply?.(...data);
    } else if (kind === CONNECT) {
      failures = 0;
      connected = true;
      fire("connect");
    } else if (kind === REFUSED) {
      drop();
      const refusal = Object.assign(new Error(data?.message), { data: data?.data });
      // With data the refusal is the server's considered word; without, it is an accident to be tried again.
      if (!refusal.data) comeBack();
      fire("connect_error", refusal);
    } else if (kind === DISCONNECT) {
      drop();
      comeBack();
    }
  }

  /** Lets go of the line; whoever waits for a reply hears of it as "disconnect". */
  function drop() {
    clearTimeout(timer);
    transport?.close();
    transport = undefined;
    replies.clear();
    if (!connected) return;
    connected = false;
    fire("disconnect");
  }

  return {
    get connected() {
      return connected;
    },
    emit(name, ...args) {
      if (!connected) return;
      const reply = args.at(-1);
      let id = "";
      if (typeof reply === "function") {
        args.pop();
        id = `${replyId}`;
        replies.set(replyId++, reply as () => void);
      }
      transport?.send(`4${EVENT}${prefix}${id}${JSON.stringify([name, ...args])}`);
    },
    on(name, listener) {
      const known = listeners.get(name) ?? new Set();
      listeners.set(name, known.add(listener));
    },
    off: (name, listener) => listeners.get(name)?.delete(listener),
    open() {
      if (!transport) clearTimeout(timer);
      open();
    },
    close: drop,
  };
}

/** The fault in a refused request's body, as `connect_error` carries it. */
function parse(body: string): Error | undefined {
  try {
    const said = JSON.parse(body);
    const data = said.fault ?? said;
    if (data.retry) return Object.assign(new Error(data.message), { data });
  } catch {
    // Somebody else's error page: a network failure like any other.
  }
}
