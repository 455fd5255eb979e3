import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { expect, test } from "vitest";
import { openHttpDesk } from "../../test/support/http-desk.ts";
import { createMetrics } from "../metrics.ts";

test("a client that leaves in the middle of a request is no error of ours: nothing is logged, nothing counts as 5xx", async () => {
  const metrics = createMetrics();
  const desk = await openHttpDesk({ metrics });
  const http = createServer();
  const listener = getRequestListener(desk.app.fetch);
  http.on("request", (request, response) => void listener(request, response));
  await new Promise<void>((listens) => http.listen(0, "127.0.0.1", listens));
  const socket = connect((http.address() as AddressInfo).port, "127.0.0.1");
  const head =
    "POST /api/session HTTP/1.1\r\nHost: desk.example\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked";
  const begun = new Promise((asked) => http.once("request", asked));
  socket.write(`${head}\r\n\r\n63\r\n{"email":`);
  await begun;
  socket.resetAndDestroy();
  const counted = async () => (await metrics.requests.get()).values.map(({ labels }) => labels.status);
  await expect.poll(counted, { timeout: 10_000 }).toEqual([400]);
  expect(desk.errors).toEqual([]);
  http.close();
  await desk.close();
});
