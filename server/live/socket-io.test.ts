import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { refuse } from "../../protocol/index.ts";
import { openDesk, SHOP, type TestDesk } from "../../test/support/desk.ts";
import { createLimits, type Limits } from "../limits.ts";
import { type Sockets, serveSockets } from "./socket-io.ts";

/* What a connection costs before anybody says whose it is. */

const FEW = 3;
const JOINS_WITHIN_MS = 400;

let desk: TestDesk;
let http: Server;
let served: Sockets;
/** How many connections each address was counted to open. */
let begun: Map<string, number>;
let open = FEW;
let handshakes = Number.POSITIVE_INFINITY;

beforeEach(async () => {
  desk = await openDesk();
  begun = new Map();
  open = FEW;
  handshakes = Number.POSITIVE_INFINITY;
  const limits: Limits = {
    ...createLimits(false),
    async take(limit, of) {
      if (limit !== "handshake") return;
      const count = (begun.get(of) ?? 0) + 1;
      begun.set(of, count);
      if (count > handshakes) refuse("limited", "Too many tries", { afterMs: 2_500 });
    },
    assertRoom(what, count) {
      if (what === "address-sockets" && count >= open) refuse("limited", "Too many connections", { afterMs: 2_500 });
    },
  };
  http = createServer();
  served = serveSockets(http, (_, response) => void response.writeHead(404).end(), {
    gateway: desk.gateway,
    knowsOrigin: async (origin) => origin === SHOP,
    address: ({ headers }) => String(headers["x-address"]),
    limits,
    joinsWithinMs: JOINS_WITHIN_MS,
  });
  await new Promise<void>((listens) => http.listen(0, "127.0.0.1", listens));
});
afterEach(async () => {
  await served.close(0);
  http.closeAllConnections();
  await new Promise((closed) => http.close(closed));
  await desk.close();
});

const HERE = "2001:db8:1:2::1";
const NEIGHBOUR = "2001:db8:1:2:aaaa::1";
const ELSEWHERE = "2001:db8:1:3::1";

const at = (path: string) => `127.0.0.1:${(http.address() as AddressInfo).port}/socket.io/?EIO=4${path}`;

async function poll(address = HERE, more = "", init: RequestInit = {}) {
  const headers = { origin: SHOP, "x-address": address };
  const response = await fetch(`http://${at(`&transport=polling${more}`)}`, { ...init, headers });
  const text = await response.text();
  const sid = text.startsWith("0") ? String(JSON.parse(text.slice(1)).sid) : undefined;
  return { status: response.status, headers: response.headers, text, sid };
}

/** Opens a WebSocket; resolves to 101, or to what it was refused with. */
function upgrade(address = HERE) {
  const socket = new WebSocket(`ws://${at("&transport=websocket")}`, {
    headers: { origin: SHOP, "x-address": address },
  });
  return new Promise<number | undefined>((resolve, reject) => {
    socket.on("open", () => resolve(101));
    socket.on("unexpected-response", (_, response) => resolve(response.resume().statusCode));
    socket.on("error", reject);
  });
}

/** Opens a WebSocket and says these packets; resolves to what was heard, once the server has ended it. */
function say(...packets: string[]) {
  const socket = new WebSocket(`ws://${at("&transport=websocket")}`, { headers: { origin: SHOP, "x-address": HERE } });
  const heard: string[] = [];
  socket.on("message", (packet) => void heard.push(String(packet)));
  socket.on("open", () => {
    for (const packet of packets) socket.send(packet);
  });
  return {
    socket,
    heard,
    ended: new Promise<void>((resolve, reject) => {
      socket.on("close", () => resolve());
      socket.on("error", reject);
    }),
  };
}

describe("A connection that comes in nowhere", () => {
  const asVisitor = () => `40/visitor,${JSON.stringify({ v: 1, site: desk.shop.publicKey })}`;

  test.each([
    ["says nothing", []],
    ["asks into the carrier's own namespace", ["40"]],
    ["asks into one that is not there", ["40/admin,"]],
    ["is refused", [`40/visitor,{"v":1,"site":"pk_none"}`]],
  ] as [string, string[]][])("and %s is ended", async (_, packets) => {
    const { heard, ended } = say(...packets);
    await ended;
    expect(heard.filter((packet) => packet.startsWith("40"))).toEqual([]);
    await expect.poll(() => served.count).toBe(0);
  });

  test("after it left where it was is ended at once", async () => {
    const began = performance.now();
    const { heard, socket, ended } = say(asVisitor());
    await expect.poll(() => heard.some((packet) => packet.startsWith("40/visitor"))).toBe(true);
    socket.send("41/visitor,");
    await ended;
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  test("is told from one that did, which stays", async () => {
    const stays = say(asVisitor());
    await expect.poll(() => stays.heard.some((packet) => packet.startsWith("42/visitor"))).toBe(true);
    await say().ended;
    await say().ended;
    expect(stays.socket.readyState).toBe(WebSocket.OPEN);
    stays.socket.close();
  });
});

describe("An address that opens connections", () => {
  test("too often is told when to come back, in words that its pages may read, and its neighbours are not", async () => {
    handshakes = 1;
    expect((await poll()).status).toBe(200);
    const { status, headers, text } = await poll(NEIGHBOUR);
    expect([status, headers.get("retry-after"), headers.get("access-control-allow-origin")]).toEqual([429, "3", SHOP]);
    expect(JSON.parse(text)).toMatchObject({ fault: { code: "limited", retry: "after", afterMs: 2_500 } });
    expect(await upgrade(NEIGHBOUR)).toBe(429);
    expect((await poll(ELSEWHERE)).status).toBe(200);
  });

  test("is not counted for what it asks on one that is there", async () => {
    handshakes = 1;
    const { sid } = await poll();
    const posted = await poll(HERE, `&sid=${sid}`, { method: "POST", body: `40/visitor,{"v":1}` });
    expect([posted.status, posted.text]).toEqual([200, "ok"]);
    expect((await poll(HERE, `&sid=${sid}`)).text).toContain("44/visitor");
  });

  test("has no more than its number of them, in whatever state, and one more when one has ended", async () => {
    const [first] = [await poll(), await poll(NEIGHBOUR)];
    expect(await upgrade()).toBe(101);
    expect([(await poll(NEIGHBOUR)).status, await upgrade()]).toEqual([429, 429]);
    expect((await poll(ELSEWHERE)).status).toBe(200);
    await poll(HERE, `&sid=${first?.sid}`, { method: "POST", body: "1" });
    expect((await poll()).status).toBe(200);
    expect((await poll()).status).toBe(429);
  });

  test.each(["&sid=", "&sid=none&sid=", "&sid"])(
    "is counted, or opens none, with an address that ends in %s",
    async (more) => {
      const { sid } = await poll(HERE, more);
      expect(begun.size).toBe(sid === undefined ? 0 : 1);
    },
  );
});
