import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createClient } from "./client.ts";
import { openPolling } from "./polling.ts";
import { type Open, openWebSocket } from "./transport.ts";

/* Against the official server: what it says is what the protocol is. */

let http: HttpServer;
let server: Server;
let host: string;
const opened: { close(): void }[] = [];

beforeEach(async () => {
  http = createServer();
  server = new Server(http, { pingInterval: 300, pingTimeout: 300 });
  await new Promise<void>((done) => http.listen(0, "127.0.0.1", done));
  host = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});

afterEach(async () => {
  for (const client of opened.splice(0)) client.close();
  await server.close();
});

const dial = (auth: () => unknown = () => ({}), ways = [openWebSocket]) => {
  const client = createClient(host, "/visitor", auth, ways);
  opened.push(client);
  return client;
};

describe.each([
  ["WebSocket", [openWebSocket]],
  ["polling", [openPolling]],
])("the wire over %s", (_, ways) => {
  it("brings auth, events both ways, and replies to whom they belong", async () => {
    server.of("/visitor").on("connection", (socket) => {
      socket.emit("hello", { was: socket.handshake.auth, text: "héllo, 1[2]" });
      socket.on("command", (command, reply) => reply({ ok: true, command }));
    });
    const client = dial(() => ({ site: "pk_x" }), ways);
    const hello = new Promise((heard) => client.on("hello", heard as never));
    client.open();
    expect(await hello).toEqual({ was: { site: "pk_x" }, text: "héllo, 1[2]" });
    const answers = await Promise.all(
      ["a", "b", "c"].map((text) => new Promise((reply) => client.emit("command", { text }, reply))),
    );
    expect(answers).toEqual(["a", "b", "c"].map((text) => ({ ok: true, command: { text } })));
  });

  it("answers pings, so that the line stays", async () => {
    const gone = vi.fn();
    let pings = 0;
    server.engine.on("connection", (socket: { on(name: string, act: (packet: { type: string }) => void): void }) => {
      socket.on("packet", ({ type }) => {
        if (type === "pong") pings += 1;
      });
    });
    server.of("/visitor");
    const client = dial(undefined, ways);
    client.on("disconnect", gone);
    client.open();
    await vi.waitFor(() => expect(pings).toBeGreaterThan(2), { timeout: 5_000 });
    expect(client.connected).toBe(true);
    expect(gone).not.toHaveBeenCalled();
  });

  it("tells a refusal with its fault, and does not try again by itself", async () => {
    let attempts = 0;
    server.of("/visitor").use((_socket, next) => {
      attempts += 1;
      next(Object.assign(new Error("no"), { data: { code: "forbidden", retry: "never", message: "no" } }));
    });
    const client = dial(undefined, ways);
    const refused = new Promise<{ data: unknown }>((heard) => client.on("connect_error", heard as never));
    client.open();
    expect((await refused).data).toMatchObject({ code: "forbidden" });
    expect(client.connected).toBe(false);
    expect(attempts).toBe(1);
  });

  it("comes back after the server let go, and asks for auth again", async () => {
    let seen: unknown[] = [];
    server.of("/visitor").on("connection", (socket) => {
      seen.push(socket.handshake.auth);
      if (seen.length === 1) socket.disconnect();
    });
    let times = 0;
    const client = dial(() => ({ times: ++times }), ways);
    client.open();
    await vi.waitFor(() => expect(seen).toEqual([{ times: 1 }, { times: 2 }]), { timeout: 5_000 });
    await vi.waitFor(() => expect(client.connected).toBe(true));
    seen = [];
  });
});

describe("the wire", () => {
  it("takes polling where no WebSocket gets through", async () => {
    server.of("/visitor");
    http.prependListener("upgrade", (_request, socket) => socket.destroy());
    const client = dial(undefined, [openWebSocket, openPolling]);
    client.open();
    await vi.waitFor(() => expect(client.connected).toBe(true), { timeout: 8_000 });
  });

  it("hears the fault of a request refused before the upgrade", async () => {
    server.engine.opts.allowRequest = (_request: unknown, decide: (error: string, ok: boolean) => void) =>
      decide("forbidden", false);
    const client = dial(undefined, [openWebSocket, openPolling]);
    const heard: unknown[] = [];
    client.on("connect_error", ((error: unknown) => heard.push(error)) as never);
    client.open();
    await vi.waitFor(() => expect(heard.length).toBeGreaterThan(0), { timeout: 8_000 });
    expect(client.connected).toBe(false);
  });

  it("sends nothing and waits for nothing once closed", async () => {
    server.of("/visitor");
    const client = dial();
    client.open();
    await vi.waitFor(() => expect(client.connected).toBe(true));
    client.close();
    expect(client.connected).toBe(false);
    client.emit("command", {}, () => {});
    await vi.waitFor(() => expect(server.of("/visitor").sockets.size).toBe(0));
  });
});

it("Who is let in nowhere comes back by full jitter: anywhere within a time that doubles, up to five seconds", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  let tries = 0;
  const closed: Open = (_, to) => {
    tries++;
    queueMicrotask(() => to.closed());
    return { send() {}, close() {} };
  };
  dial(undefined, [closed]).open();
  for (const [before, ms] of [375, 750, 1_500, 2_500, 2_500].entries()) {
    await vi.advanceTimersByTimeAsync(ms - 1);
    expect(tries).toBe(before + 1);
    await vi.advanceTimersByTimeAsync(1);
    expect(tries).toBe(before + 2);
  }
  vi.useRealTimers();
  vi.restoreAllMocks();
});
