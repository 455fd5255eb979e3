import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type HttpDesk, openHttpDesk } from "../../test/support/http-desk.ts";
import { createMetrics, type Metrics } from "../metrics.ts";

/* What only a real connection can do wrong is no error of ours: nothing is logged, nothing counts as 5xx. */

let desk: HttpDesk;
let http: Server;
let metrics: Metrics;

beforeEach(async () => {
  metrics = createMetrics();
  desk = await openHttpDesk({ metrics });
  http = createServer();
  const listener = getRequestListener(desk.app.fetch);
  http.on("request", (request, response) => void listener(request, response));
  await new Promise<void>((listens) => http.listen(0, "127.0.0.1", listens));
});
afterEach(async () => {
  http.closeAllConnections();
  http.close();
  await desk.close();
  expect(desk.errors).toEqual([]);
});

/** Sends the head of a request for a session, and returns its connection once the server has begun with it. */
async function asks(host: string, framing: string, body: string): Promise<Socket> {
  const socket = connect((http.address() as AddressInfo).port, "127.0.0.1");
  const begun = new Promise((asked) => http.once("request", asked));
  const headers = `Host: ${host}\r\nContent-Type: application/json\r\n${framing}\r\n`;
  socket.write(`POST /api/session HTTP/1.1\r\n${headers}\r\n${body}`);
  await begun;
  return socket;
}

const answered = async () => (await metrics.requests.get()).values.map(({ labels }) => labels.status);

test("a client that leaves in the middle of a request is answered 400, which nobody hears", async () => {
  const socket = await asks("desk.example", "Transfer-Encoding: chunked", '63\r\n{"email":');
  socket.resetAndDestroy();
  await expect.poll(answered, { timeout: 10_000 }).toEqual([400]);
});

test.each(["1.2.3.4.5", "256.256.256.256", "desk.0x"])("a Host that is none is refused: %s", async (host) => {
  const socket = await asks(host, "Content-Length: 2", "{}");
  const [head] = await new Promise<string[]>((heard) =>
    socket.once("data", (bytes) => heard(`${bytes}`.split("\r\n"))),
  );
  socket.destroy();
  expect(head).toBe("HTTP/1.1 400 Bad Request");
  expect(await answered()).toEqual([400]);
});
