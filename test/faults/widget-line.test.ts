import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ConversationId, VisitorCommand, VisitorHello } from "../../protocol/index.ts";
import { createLink, type Emitter } from "../../protocol/link.ts";
import { mintId } from "../../server/store/ids.ts";
import type { Log } from "../../widget/models/log.ts";
import { createOutbox } from "../../widget/models/outbox.ts";
import { createStorage } from "../../widget/storage.ts";
import { createClient } from "../../widget/wire/client.ts";
import { openWebSocket } from "../../widget/wire/transport.ts";
import { openDesk, SHOP, type TestDesk } from "../support/desk.ts";
import { createNetwork, type Network } from "./network.ts";
import { createRandom } from "./random.ts";

/* The widget's own line and outbox over a line that carries one way only, with a heart that beats quicker than in earnest. */

const HEART = { pingInterval: 300, pingTimeout: 300 };
/** Nobody waits for a reply: the heart alone must notice. */
const REPLY_AFTER_MS = 60_000;

let desk: TestDesk;
let http: HttpServer;
let server: Server;
let network: Network;

beforeEach(async () => {
  desk = await openDesk();
  http = createServer();
  server = new Server(http, HEART);
  server.of("/visitor").on("connection", async (socket) => {
    const handshake = { auth: socket.handshake.auth, origin: SHOP, host: undefined, cookie: undefined, address: "::1" };
    const admitted = await desk.gateway.admit("visitor", handshake);
    if ("fault" in admitted) return void socket.disconnect(true);
    const peer = {
      send: (name: string, said: object) => void socket.emit(name, said),
      close: () => void socket.disconnect(true),
    };
    const session = admitted.start(peer);
    socket.on("command", (raw, reply) => void session.then((live) => live.command(raw, reply)));
    socket.on("disconnect", () => void session.then((live) => live.gone()));
  });
  await new Promise<void>((listens) => http.listen(0, "127.0.0.1", listens));
  network = await createNetwork((http.address() as AddressInfo).port, createRandom(1));
});

afterEach(async () => {
  network.close();
  await server.close();
  await desk.close();
});

test.each(["down", "up"] as const)(
  "D2 D8 a line that swallows what goes %s is noticed by its silence; what was sent goes again, and stands there once",
  async (way) => {
    const { token, visitor } = await desk.welcome();
    const client = createClient(network.url, "/visitor", () => ({ v: 1, site: desk.shop.publicKey, token }), [
      openWebSocket,
    ]);
    const link = createLink<VisitorCommand, VisitorHello>(client as unknown as Emitter, REPLY_AFTER_MS);
    const log = { place() {} } as unknown as Log;
    const outbox = createOutbox({
      storage: createStorage("pk_test", false, undefined),
      log,
      tabs: () => undefined,
      link: () => link as never,
      adopted() {},
      again() {},
      sent() {},
    });
    let greetings = 0;
    link.on("hello", () => {
      greetings += 1;
      void outbox.flush();
    });
    client.on("disconnect", (() => {
      // Lines made from now on are good; the one that stood is swallowed for ever by what it carried.
      network.weather.swallow = undefined;
      client.open();
    }) as never);
    client.open();
    await expect.poll(() => greetings).toBe(1);

    const conversation = mintId<ConversationId>();
    const texts = ["Heard by nobody?", "Or by the server alone?", "Once, in any case."];
    network.weather.swallow = way;
    for (const text of texts) outbox.send({ conversation, text });
    await expect.poll(() => outbox.waiting().length, { timeout: 10_000 }).toBe(0);

    expect(greetings).toBeGreaterThan(1);
    const reply = await desk.desk.asVisitor.execute(visitor, { type: "sync", conversation, after: 0 });
    const stored = (reply.ok && reply.events) || [];
    expect(stored.map((event) => event.type === "posted" && event.text)).toEqual(texts);
    outbox.dispose();
    client.close();
  },
  20_000,
);
