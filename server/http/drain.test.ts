import { Agent, createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createDrain, type Drain } from "./drain.ts";

/** Fewer than are asked within the time a stop waits at most. */
const MANY = 30;

let http: Server;
let way: Drain;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

beforeEach(async () => {
  http = createServer();
  way = createDrain(http);
  http.on("request", (_, response) => void setImmediate(() => response.end("said")));
  await new Promise<void>((listens) => http.listen(0, "127.0.0.1", listens));
});

afterEach(() => {
  agent.destroy();
  http.close();
});

function asks(): Promise<{ outcome: string; connection: string | undefined }> {
  return new Promise((resolve) => {
    const { port } = http.address() as AddressInfo;
    const asked = request({ port, host: "127.0.0.1", method: "POST", agent }, (response) => {
      response.resume().once("end", () => resolve({ outcome: "answered", connection: response.headers.connection }));
    });
    asked.once("error", (error: NodeJS.ErrnoException) =>
      resolve({ outcome: error.code ?? "broken", connection: undefined }),
    );
    asked.end("x");
  });
}

test("whoever asks with every answer is answered, and told to come on another connection next", async () => {
  await asks();
  const asking = (async () => {
    const answers = [];
    while (answers.length < MANY) answers.push(await asks());
    return answers;
  })();
  const [answers] = await Promise.all([asking, way.drain().then(way.close)]);
  expect(answers).toEqual(Array.from({ length: MANY }, () => ({ outcome: "answered", connection: "close" })));
});

test("who never falls silent does not hold a stop up", async () => {
  let stopped = false;
  const asking = (async () => {
    while (!stopped) await asks();
  })();
  await way.drain();
  await way.close();
  stopped = true;
  await asking;
  expect(http.listening).toBe(false);
});

test("a request that was begun is answered before the server is closed", async () => {
  await asks();
  const [answer] = await Promise.all([asks(), way.drain().then(way.close)]);
  expect(answer.outcome).toBe("answered");
});
