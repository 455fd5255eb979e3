import { type Server as HttpServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { Server as Engine } from "engine.io";
import { Server, type Socket } from "socket.io";
import { type Fault, fault, Refusal, statusOf } from "../../protocol/index.ts";
import { type Limits, subscriberOf } from "../limits.ts";
import { type Backlog, boundBacklog } from "./backlog.ts";
import { coalesceWrites } from "./coalesce.ts";
import { createDoor } from "./door.ts";
import type { Gateway, Namespace } from "./gateway.ts";
import { createPackets, type Encoded, packetParser } from "./packets.ts";
import type { Handshake, Peer, Session } from "./peer.ts";

/* Socket.IO as the carrier: it moves packets and notices dead connections. Delivery is ours (D16). */

const PATH = "/socket.io/";
/** What a poll may be; the engine would call any other a fault of ours. */
const METHODS = ["GET", "POST", "OPTIONS"];
/** A command is at most 64 KB; what is over twice that ends the connection in the transport. */
const PACKET_BYTES = 128 * 1024;
/** What a client may leave unread before a push cuts it off, so that its memory is bounded; it syncs when it comes back. */
const UNREAD_BYTES = 1024 * 1024;
/** The same for all it asked for itself, such as the streams of many conversations at once over a slow line. */
const UNREAD_ANSWERS_BYTES = 8 * 1024 * 1024;
/** How long a stop waits for answers beyond the time it takes its leave in. */
const LEAVES_WITHIN_MS = 2_000;
/** How long a connection may be nobody's: twice what the widget waits, which then tries another way. */
const JOINS_WITHIN_MS = 20_000;
const PING_EVERY_MS = 25_000;
const PING_WAITS_MS = 20_000;

export interface SocketParts {
  gateway: Gateway;
  /** Whether a page of this origin may open a connection at all. */
  knowsOrigin(origin: string, host: string | undefined): Promise<boolean>;
  /** How many proxies before us are believed about addresses. */
  address(request: IncomingMessage): string;
  limits: Limits;
  /** How long a connection stays that has come in nowhere. */
  joinsWithinMs?: number;
}

export interface Sockets {
  readonly count: number;
  /**
   * Ends every connection at a moment of its own, so that they do not all come back at once, and once what it asked is
   * answered. Until then each is served.
   */
  close(withinMs: number): Promise<void>;
}

/** Serves Socket.IO on an HTTP server, in front of `next`, which answers everything else. */
export function serveSockets(
  http: HttpServer,
  next: (request: IncomingMessage, response: ServerResponse) => void,
  { gateway, knowsOrigin, address, limits, joinsWithinMs = JOINS_WITHIN_MS }: SocketParts,
): Sockets {
  const io = new Server({ serveClient: false, parser: packetParser, connectTimeout: joinsWithinMs });
  // Socket.IO lets anybody into `/`, and takes who sits there for somebody.
  io.use((_, next) => next(new Error("Nothing is here")));
  const engine = new Engine({
    maxHttpBufferSize: PACKET_BYTES,
    perMessageDeflate: false,
    httpCompression: false,
    pingInterval: PING_EVERY_MS,
    pingTimeout: PING_WAITS_MS,
    // Polling from the sites' pages; whether one may is decided before, by its origin.
    cors: { origin: true, credentials: true },
  });
  io.bind(engine);
  coalesceWrites(engine);
  const backlog = boundBacklog(engine, UNREAD_ANSWERS_BYTES);
  const openFrom = countConnections(engine, (request) => subscriberOf(address(request)));

  // Before the upgrade, not in it: CORS does not guard WebSockets, and a refusal has a body.
  const refusal = async (request: IncomingMessage): Promise<Fault | undefined> => {
    const { origin, host } = request.headers;
    if (origin !== undefined && !(await knowsOrigin(origin, host))) {
      return fault("forbidden", `No site lists ${origin}`);
    }
    if (!beginsConnection(request)) return undefined;
    // The engine keeps a connection for a while before anybody says whose it is.
    try {
      const subscriber = subscriberOf(address(request));
      await limits.take("handshake", subscriber);
      limits.assertRoom("address-sockets", openFrom(subscriber));
      return undefined;
    } catch (error) {
      if (error instanceof Refusal) return error.fault;
      throw error;
    }
  };

  http.on("request", (request, response) => {
    if (!isSocketPath(request)) return next(request, response);
    if (!METHODS.includes(request.method ?? ""))
      return void response.writeHead(405, { allow: METHODS.join(", ") }).end();
    void refusal(request).then(
      (refused) => {
        if (!refused) return engine.handleRequest(request as never, response);
        const { status, headers, body } = answerOf(refused, request);
        response.writeHead(status, headers).end(body);
      },
      () => response.writeHead(503).end(),
    );
  });
  const door = createDoor();
  http.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!isSocketPath(request)) return void socket.destroy();
    socket.on("error", () => socket.destroy());
    door(() => void upgrade(request, socket, head));
  });
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) =>
    refusal(request).then(
      (refused) => {
        if (!refused) return engine.handleUpgrade(request as never, socket, head);
        const { status, headers, body } = answerOf(refused, request);
        const lines = Object.entries({ ...headers, connection: "close" }).map(([name, value]) => `${name}: ${value}`);
        socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, "", body].join("\r\n"));
      },
      () => socket.destroy(),
    );

  for (const namespace of ["visitor", "agent"] as const) serveNamespace(io, namespace, gateway, backlog, address);

  return {
    get count() {
      return engine.clientsCount;
    },
    async close(withinMs) {
      const open = () => [...io.of("/visitor").sockets.values(), ...io.of("/agent").sockets.values()];
      const gone = open().map((socket) => sleep(Math.random() * withinMs).then(() => leave(socket)));
      // Some were at the door when it was shut.
      const all = Promise.all(gone).then(() => Promise.all(open().map(leave)));
      await Promise.race([all, sleep(withinMs + LEAVES_WITHIN_MS, undefined, { ref: false })]);
      // What was written in this turn is on its way before the engine lets go of all.
      await new Promise(setImmediate);
      engine.close();
    },
  };
}

/** By socket, what its connection is doing. */
const sessions = new WeakMap<Socket, Promise<Session>>();

async function leave(socket: Socket): Promise<void> {
  await (await sessions.get(socket))?.finish();
  socket.disconnect(true);
}

function serveNamespace(
  io: Server,
  namespace: Namespace,
  gateway: Gateway,
  backlog: Backlog,
  address: SocketParts["address"],
): void {
  const sockets = io.of(`/${namespace}`);
  const encoded = createPackets(sockets.name);
  const starts = new WeakMap<Socket, (peer: Peer) => Promise<Session>>();

  sockets.use((socket, next) => {
    void gateway.admit(namespace, handshakeOf(socket, address)).then((admitted) => {
      if ("start" in admitted) {
        starts.set(socket, admitted.start);
        return next();
      }
      next(Object.assign(new Error(admitted.fault.message), { data: admitted.fault }));
    });
  });

  sockets.on("connection", (socket) => {
    const start = starts.get(socket);
    if (!start) return void socket.disconnect(true);
    // Commands may come before the greeting is out: they wait for the session, in order.
    const session = start(peerOf(socket, encoded, backlog));
    sessions.set(socket, session);
    socket.on("command", (raw: unknown, reply: unknown) => void session.then((live) => live.command(raw, reply)));
    socket.on("pulse", (raw: unknown) => void session.then((live) => live.pulse(raw)));
    socket.on("disconnect", () => {
      void session.then((live) => live.gone());
      // Who left, and stays on the line, would be counted by no limit but that of lines.
      if ((socket as unknown as Inside).client.sockets.size === 0) socket.conn.close();
    });
    socket.on("error", () => socket.disconnect(true));
  });
}

function peerOf(socket: Socket, encoded: (name: string, payload: object) => Encoded, backlog: Backlog): Peer {
  const { client } = socket as unknown as Inside;
  return {
    send(name, payload) {
      if (!socket.connected) return;
      if (backlog(socket.conn) > UNREAD_BYTES) return void socket.disconnect(true);
      const { packets, options } = encoded(name, payload);
      client.writeToEngine(packets, options);
    },
    close: () => void socket.disconnect(true),
  };
}

/** What Socket.IO keeps to itself, and its own adapters use. */
interface Inside {
  client: {
    writeToEngine(packets: readonly string[], options: object): void;
    /** In which namespaces its connection is. */
    sockets: ReadonlyMap<string, unknown>;
  };
}

function handshakeOf(socket: Socket, address: SocketParts["address"]): Handshake {
  const { auth, headers } = socket.handshake;
  return {
    auth,
    origin: headers.origin,
    host: headers.host,
    cookie: headers.cookie,
    address: address(socket.request),
  };
}

function isSocketPath({ url = "" }: IncomingMessage): boolean {
  return url.startsWith(PATH) || url.startsWith(`${PATH.slice(0, -1)}?`);
}

/** Whether a request asks for a connection of its own, and not for more of one that is there. Read as the engine does. */
function beginsConnection({ method, url = "" }: IncomingMessage): boolean {
  return method === "GET" && !Object.fromEntries(new URL(url, "http://desk").searchParams).sid;
}

/** How many connections of an address are open, in whatever state. */
function countConnections(engine: Engine, subscriberFrom: (request: IncomingMessage) => string) {
  const open = new Map<string, number>();
  const change = (subscriber: string, by: 1 | -1) => {
    const count = (open.get(subscriber) ?? 0) + by;
    if (count > 0) open.set(subscriber, count);
    else open.delete(subscriber);
  };
  engine.on("connection", (connection: { request: IncomingMessage; once(event: "close", heard: () => void): void }) => {
    const subscriber = subscriberFrom(connection.request);
    change(subscriber, 1);
    connection.once("close", () => change(subscriber, -1));
  });
  return (subscriber: string) => open.get(subscriber) ?? 0;
}

/** A refusal before there is a connection. Whose origin is known may read in it when to come back. */
function answerOf(refused: Fault, { headers: { origin } }: IncomingMessage) {
  const { code, message, afterMs } = refused;
  const status = statusOf(refused);
  const body = JSON.stringify({
    type: "about:blank",
    title: code,
    status,
    detail: message,
    fault: refused,
    ...refused,
  });
  const headers = {
    "content-type": "application/problem+json",
    "content-length": String(Buffer.byteLength(body)),
    ...(afterMs !== undefined && { "retry-after": String(Math.ceil(afterMs / 1_000)) }),
    ...(origin !== undefined &&
      code !== "forbidden" && {
        "access-control-allow-origin": origin,
        "access-control-allow-credentials": "true",
        vary: "origin",
      }),
  };
  return { status, headers, body };
}
