import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { io, type Socket } from "socket.io-client";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ConversationId, EventId, Reply } from "../../protocol/index.ts";
import { openDesk, SHOP, type TestDesk } from "../../test/support/desk.ts";
import { createLimits } from "../limits.ts";
import { mintId } from "../store/ids.ts";
import { type Sockets, serveSockets } from "./socket-io.ts";

/* A stop over real connections: each ends in a silence of its client, never between a message and its answer (D1). */

const WRITERS = 12;

let desk: TestDesk;
let http: Server;
let served: Sockets;
const people: Socket[] = [];

beforeEach(async () => {
  desk = await openDesk();
  http = createServer();
  served = serveSockets(http, (_, response) => void response.writeHead(404).end(), {
    gateway: desk.gateway,
    knowsOrigin: async () => true,
    address: () => "::1",
    limits: createLimits(false),
  });
  await new Promise<void>((listens) => http.listen(0, "127.0.0.1", listens));
});

afterEach(async () => {
  for (const socket of people.splice(0)) socket.disconnect();
  await new Promise((closed) => http.close(closed));
  await desk.close();
});

async function comesIn(): Promise<Socket> {
  const { token } = await desk.welcome();
  const socket = io(`http://127.0.0.1:${(http.address() as AddressInfo).port}/visitor`, {
    auth: { v: 1, site: desk.shop.publicKey, token },
    extraHeaders: { origin: SHOP },
    transports: ["websocket"],
    forceNew: true,
    reconnection: false,
  });
  people.push(socket);
  await new Promise((greeted) => socket.once("hello", greeted));
  return socket;
}

/** Writes as an outbox does: the next with every answer, and nothing more once it is asked for patience. */
async function writes(socket: Socket): Promise<string[]> {
  const conversation = mintId<ConversationId>();
  const outcomes: string[] = [];
  while (socket.connected) {
    const post = { type: "post", conversation, id: mintId<EventId>(), text: `Message ${outcomes.length}` };
    const outcome: string = await socket.emitWithAck("command", post).then(
      (reply: Reply) => (reply.ok ? "stored" : reply.fault.code),
      () => "cut off",
    );
    outcomes.push(outcome);
    if (outcome !== "stored") break;
  }
  return outcomes;
}

test("a stop leaves no message of a busy outbox without an answer", async () => {
  const sockets = await Promise.all(Array.from({ length: WRITERS }, comesIn));
  const ends = sockets.map((socket) => new Promise((ended) => socket.once("disconnect", ended)));
  const written = sockets.map(writes);
  await expect.poll(() => desk.store.read(async () => desk.audience.visitors())).toBeTruthy();
  desk.gateway.stop();
  const [outcomes] = await Promise.all([Promise.all(written), served.close(0)]);
  expect(outcomes.map((one) => one.at(-1))).toEqual(Array.from({ length: WRITERS }, () => "unavailable"));
  expect(new Set(outcomes.flatMap((one) => one.slice(0, -1)))).toEqual(new Set(["stored"]));
  expect(new Set(await Promise.all(ends))).toEqual(new Set(["io server disconnect"]));
});

test("who is silent is let go of at once, with a word, the last of them too", async () => {
  const sockets = await Promise.all([comesIn(), comesIn()]);
  const ends = sockets.map((socket) => new Promise((ended) => socket.once("disconnect", ended)));
  await served.close(0);
  expect(await Promise.all(ends)).toEqual(["io server disconnect", "io server disconnect"]);
});
