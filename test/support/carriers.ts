import { createServer } from "node:http";
import { io } from "socket.io-client";
import type { Emitter } from "../../protocol/link.ts";
import { createLimits } from "../../server/limits.ts";
import type { Namespace } from "../../server/live/gateway.ts";
import type { Session } from "../../server/live/peer.ts";
import { serveSockets } from "../../server/live/socket-io.ts";
import type { TestDesk } from "./desk.ts";
import { createPair, type Pair } from "./pair.ts";

/*
 * What lies between a client and the desk. The laws hold over any carrier, so each is described once and run over both:
 * a pair whose packets lie still until a test lets them through, and Socket.IO over a real connection.
 */

export interface Dial {
  namespace: Namespace;
  /** Asked at every connection: what a client brings changes with what it has. */
  auth: () => unknown;
  origin?: string | undefined;
  cookie?: string | undefined;
}

export interface Line {
  readonly emitter: Emitter;
  /** Connects, or connects again. */
  open(): unknown;
  /** The connection breaks; what was on its way is lost. */
  cut(): void;
  /** The two ends by hand, where the carrier has them. */
  readonly pair?: Pair;
  /** A test moves this line's packets itself: nobody else does, where the carrier can wait. */
  still?: boolean;
}

export interface Wire {
  dial(dial: Dial): Line;
  /** Moves what lies still, where somebody must. */
  pump(): void;
  close(): Promise<void>;
}

export interface Carrier {
  name: string;
  serve(desk: TestDesk): Promise<Wire>;
}

export const pairs: Carrier = { name: "hand-flushed pairs", serve: servePairs };
export const sockets: Carrier = { name: "real sockets", serve: serveRealSockets };
export const carriers: Carrier[] = [pairs, sockets];

async function servePairs({ gateway }: TestDesk): Promise<Wire> {
  const lines = new Set<Line & { readonly pair: Pair }>();

  return {
    dial({ namespace, auth, origin, cookie }) {
      const pair = createPair();
      let session: Promise<Session> | undefined;
      let attempt = 0;
      const hear = (name: string, tell: (live: Session, ...heard: unknown[]) => unknown) =>
        pair.server.on(name, (...heard: unknown[]) => void session?.then((live) => tell(live, ...heard)));
      hear("command", (live, raw, reply) => live.command(raw, reply));
      hear("pulse", (live, raw) => live.pulse(raw));
      hear("disconnect", (live) => live.gone());
      const line = {
        still: false,
        emitter: pair.client,
        pair,
        async open() {
          attempt += 1;
          const current = attempt;
          const handshake = { auth: copy(auth()), origin, cookie, host: undefined, address: "127.0.0.1" };
          const admitted = await gateway.admit(namespace, handshake);
          if (current !== attempt) return;
          if ("fault" in admitted) return pair.refuse(admitted.fault);
          pair.connect();
          const send = (name: string, payload: unknown) => {
            if (current === attempt && pair.server.connected) pair.server.emit(name, payload);
          };
          session = admitted.start({ send, close: pair.cut });
        },
        cut() {
          attempt += 1;
          pair.cut();
        },
      };
      lines.add(line);
      return line;
    },
    pump() {
      for (const { pair, still } of lines) {
        if (still) continue;
        pair.flush("up");
        pair.flush("down");
      }
    },
    async close() {
      for (const { pair } of lines) pair.cut();
    },
  };
}

async function serveRealSockets({ desk, gateway, isHome }: TestDesk): Promise<Wire> {
  const http = createServer();
  const server = serveSockets(http, (_, response) => void response.writeHead(404).end(), {
    gateway,
    knowsOrigin: async (origin) => isHome(origin) || desk.sites.anySiteLists(origin),
    address: () => "127.0.0.1",
    limits: createLimits(false),
  });
  await new Promise<void>((listens) => http.listen(0, "127.0.0.1", listens));
  const address = http.address();
  if (typeof address !== "object" || address === null) throw new Error("Not listening");
  const url = `http://127.0.0.1:${address.port}`;
  const dialled: ReturnType<typeof io>[] = [];
  return {
    dial({ namespace, auth, origin, cookie }) {
      const socket = io(`${url}/${namespace}`, {
        auth: (give) => give(auth() as object),
        autoConnect: false,
        reconnection: false,
        forceNew: true,
        transports: ["websocket"],
        extraHeaders: { ...(origin !== undefined && { origin }), ...(cookie !== undefined && { cookie }) },
      });
      dialled.push(socket);
      return {
        emitter: socket as unknown as Emitter,
        open: () => void socket.connect(),
        // The engine below, not the socket: no farewell is sent, as when a cable is pulled.
        cut: () => void socket.io.engine?.close(),
      };
    },
    pump() {},
    async close() {
      for (const socket of dialled) socket.disconnect();
      await server.close(0);
      http.closeAllConnections();
      await new Promise<void>((closed) => http.close(() => closed()));
    },
  };
}

function copy<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
}
