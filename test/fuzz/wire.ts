import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { getRequestListener } from "@hono/node-server";
import fc from "fast-check";
import { io } from "socket.io-client";
import type { Reply } from "../../protocol/index.ts";
import { createLimits } from "../../server/limits.ts";
import { serveSockets } from "../../server/live/socket-io.ts";
import { HOME, SHOP } from "../support/desk.ts";
import type { HttpDesk } from "../support/http-desk.ts";
import { mutated } from "./garbage.ts";
import type { Counted, Found, Setting, Storm } from "./storm.ts";
import { frame, OPCODES, takesLeave } from "./wire-frames.ts";
import { type Side, type Talk, talks } from "./wire-packets.ts";
import { knocks, type Leaves, leaves, turned, turns, upgrade } from "./wire-requests.ts";

/*
 * The same over the wire, against a server that listens: what Node's parser of HTTP, Engine.IO's of frames and polls and
 * Socket.IO's of packets do with bytes. It is a finding when anything throws, answers 5xx or nothing, or is still there
 * when its client is gone, and when somebody who is connected meanwhile is not served.
 */

export interface Wire {
  readonly storms: { requests: Storm; frames: Storm; polls: Storm };
  close(): Promise<void>;
}

/** How long is waited for what must come. */
const WITHIN_MS = 15_000;
const LOOK_EVERY_MS = 5;
/** Between packets in the body of a poll. */
const SEPARATOR = "\x1e";
/** The number of a command that is asked last: whoever is still there answers it. */
const LAST = 777_777;
const ORIGINS: Record<Side, string> = { visitor: SHOP, agent: HOME };
const METHODS = ["PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

export async function serveWire(desk: HttpDesk, setting: Setting, counted: Counted, found: Found): Promise<Wire> {
  const http = createServer();
  const listener = getRequestListener(desk.app.fetch);
  const served = serveSockets(http, (request, response) => void listener(request, response), {
    gateway: desk.gateway,
    knowsOrigin: async (origin) => desk.isHome(origin) || desk.desk.sites.anySiteLists(origin),
    address: () => "::1",
    limits: createLimits(false),
  });
  await new Promise<void>((listens) => http.listen(0, "127.0.0.1", listens));
  const { port } = http.address() as AddressInfo;
  const threw = (error: unknown) => found("Nobody caught", String((error as Error)?.stack ?? error));
  for (const name of ["uncaughtException", "unhandledRejection"]) process.on(name, threw);

  const bystander = io(`http://127.0.0.1:${port}/visitor`, {
    auth: { v: 1, site: setting.ids.key, token: setting.token },
    extraHeaders: { origin: SHOP },
    transports: ["websocket"],
    reconnection: false,
    forceNew: true,
  });
  await new Promise((greeted) => bystander.once("hello", greeted));
  const tcp = () => new Promise<number>((told) => http.getConnections((_, count) => told(count)));
  const standing = async () => ({
    connections: await tcp(),
    carriers: served.count,
    visitors: [...desk.audience.visitors()].length,
    agents: [...desk.audience.agents()].length,
  });

  /** Whoever was here before is served, and nobody else is here any more. */
  const after = async (kind: string, seed: number, before: Awaited<ReturnType<typeof standing>>) => {
    const asked = { type: "sync", conversation: setting.conversation, after: 0, limit: 1 };
    const reply: Reply | Error = await bystander
      .timeout(WITHIN_MS)
      .emitWithAck("command", asked)
      .catch((error) => error);
    if (reply instanceof Error || !reply.ok) found(`Not served after ${kind}`, { seed, reply: String(reply) });
    const end = performance.now() + WITHIN_MS;
    for (let now = await standing(); ; now = await standing()) {
      // A session of polls that one request began, and nobody took up, has no connection to end with: its time ends it.
      const more = kind === "requests" ? { ...now, carriers: 0 } : now;
      if (Object.entries(more).every(([what, many]) => many <= before[what as keyof typeof before])) return;
      if (performance.now() > end) return found(`Still there after ${kind}`, { seed, before, now });
      await sleep(LOOK_EVERY_MS);
    }
  };
  const storm =
    <T>(kind: string, inputs: fc.Arbitrary<T>, attempt: (input: T) => Promise<string>): Storm =>
    async (many, seed) => {
      const before = await standing();
      const answers = fc
        .sample(inputs, { numRuns: many, seed })
        .map(async (input) => counted(kind, await attempt(input)));
      await Promise.all(answers);
      await after(kind, seed, before);
    };

  const requests = storm("requests", knocks(setting), async ({ bytes, cuts, leaves }) => {
    const line = open(port);
    for (const part of partsOf(bytes, cuts)) await line.write(part);
    line.leave(leaves);
    if (!(await line.closed())) found("A request is never answered", bytes.toString("latin1"));
    const statuses = [...line.heard.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status));
    for (const status of statuses)
      if (status >= 500 && status !== 501) found(`A request answered ${status}`, bytes.toString("latin1"));
    return statuses.length > 0 ? `http ${Math.max(...statuses)}` : "no answer";
  });

  const spoiledFrames = fc.tuple(
    fc.constantFrom(...OPCODES),
    mutated(["x".repeat(200), '42/visitor,1["command",{"type":"contact"}]']),
    fc.record({ fin: fc.boolean(), masked: fc.boolean(), reserved: fc.nat({ max: 7 }) }),
    turns,
  );
  const lines = fc.tuple(talks(setting), fc.option(fc.array(spoiledFrames, { maxLength: 3 })), leaves);
  const frames = storm("frames", lines, async ([talk, spoiled, leaves]) => {
    const line = open(port);
    await line.write(Buffer.from(upgrade(ORIGINS[talk.side])));
    await line.hears(/0\{"sid"/);
    await line.write(frame("text", `4${talk.connect}`));
    const answered = await line.hears(new RegExp(`4[04]/${talk.side},`));
    for (const packet of talk.packets)
      await line.write(typeof packet === "string" ? frame("text", `4${packet}`) : frame("binary", packet));
    await line.write(frame("text", `4${lastOf(talk, setting)}`));
    // Who takes leave of all namespaces may stay connected, and is answered no more.
    const left = talk.packets.some((packet) => typeof packet === "string" && packet.startsWith("1"));
    const alive = left ? "gone" : await line.hears(new RegExp(`43/${talk.side},${LAST}\\[`));
    if (answered === "nothing" || alive === "nothing") found("A connection is neither served nor ended", talk);
    for (const [opcode, payload, how, turns] of spoiled ?? [])
      await line.write(turned(frame(opcode, payload, how), turns));
    line.leave(leaves);
    if (!(await line.closed())) found("A connection stays", { talk, spoiled });
    return alive === "heard" ? "served" : "ended";
  });

  const posts = fc.tuple(
    talks(setting),
    fc.record({
      /** Of the body that carries all packets. */
      turns,
      type: fc.constantFrom("text/plain", "text/plain", "application/octet-stream", "application/json"),
      overlaps: fc.boolean(),
      method: fc.option(fc.constantFrom(...METHODS)),
      prefix: fc.constantFrom("4", "4", "4", "", "1", "2", "3", "5", "6", "7", "b"),
    }),
  );
  const polls = storm("polls", posts, async ([talk, { turns, type, overlaps, method, prefix }]) => {
    const headers = { origin: ORIGINS[talk.side] };
    let worst = 0;
    const ask = async (method: string, query: string, body?: Buffer | string, type = "text/plain") => {
      const address = `http://127.0.0.1:${port}/socket.io/?EIO=4&transport=polling${query}`;
      const sent = body === undefined ? {} : { body: new Uint8Array(Buffer.from(body)) };
      const init = { method, headers: { ...headers, connection: "close", "content-type": type }, ...sent };
      const signal = AbortSignal.timeout(WITHIN_MS);
      const answer = await fetch(address, { ...init, signal }).catch((error: Error) => error);
      if (answer instanceof Error) {
        if (answer.name === "TimeoutError") found("A poll is never answered", { talk, method });
        return { status: 0, text: "" };
      }
      if (answer.status >= 500) found(`A poll answered ${answer.status}`, { talk, method });
      worst = Math.max(worst, answer.status);
      return { status: answer.status, text: await answer.text().catch(() => "") };
    };
    const opened = await ask("GET", "");
    const sid = `&sid=${/"sid":"([\w-]+)"/.exec(opened.text)?.[1]}`;
    await ask("POST", sid, `4${talk.connect}`);
    await ask("GET", sid);
    const body = [...talk.packets, lastOf(talk, setting)]
      .map((packet) => (typeof packet === "string" ? prefix + packet : `b${packet.toString("base64")}`))
      .join(SEPARATOR);
    const said = [ask("POST", sid, turned(Buffer.from(body), turns), type)];
    if (overlaps) said.push(ask("GET", sid), ask("GET", sid), ask("POST", sid, "3"));
    if (method) said.push(ask(method, sid));
    // A poll of the storm that still waits is let go by the farewell.
    await Promise.race([Promise.all(said), ask("GET", sid)]);
    await ask("POST", sid, "1");
    await Promise.all(said);
    for (let left = await ask("GET", sid); left.status === 200; ) left = await ask("GET", sid);
    return `polls ${worst}`;
  });

  return {
    storms: { requests, frames, polls },
    async close() {
      for (const name of ["uncaughtException", "unhandledRejection"]) process.off(name, threw);
      bystander.disconnect();
      await served.close(0);
      http.closeAllConnections();
      await new Promise<void>((closed) => http.close(() => closed()));
    },
  };
}

function lastOf({ side }: Talk, { conversation }: Setting): string {
  return `2/${side},${LAST}["command",${JSON.stringify({ type: "sync", conversation, stream: "talk", after: 0, limit: 1 })}]`;
}

function partsOf(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  return [0, ...cuts].map((cut, at) => bytes.subarray(cut, cuts[at])).filter((part) => part.length > 0);
}

/** A TCP connection to the server, by hand. */
function open(port: number) {
  const socket = connect(port, "127.0.0.1");
  let heard = "";
  let gone = false;
  const waiting = new Set<() => void>();
  const look = () => {
    for (const one of [...waiting]) one();
  };
  socket.on("data", (part) => {
    heard += part.toString("latin1");
    look();
  });
  socket.on("error", () => {});
  socket.on("close", () => {
    gone = true;
    look();
  });
  const until = (holds: () => boolean) =>
    new Promise<boolean>((resolve) => {
      const done = (held: boolean) => {
        clearTimeout(timer);
        waiting.delete(once);
        resolve(held);
      };
      const timer = setTimeout(() => done(false), WITHIN_MS);
      const once = () => holds() && done(true);
      waiting.add(once);
      once();
    });
  return {
    get heard() {
      return heard;
    },
    /** Resolves once it is out of this process's hands, whether or not anybody took it. */
    write: (bytes: Buffer) => new Promise<void>((sent) => void (gone ? sent() : socket.write(bytes, () => sent()))),
    async hears(what: RegExp): Promise<"heard" | "gone" | "nothing"> {
      const came = await until(() => gone || what.test(heard) || takesLeave(heard));
      return what.test(heard) ? "heard" : came ? "gone" : "nothing";
    },
    leave: (how: Leaves) => leaveBy(socket, how),
    async closed() {
      const closed = await until(() => gone);
      socket.destroy();
      return closed;
    },
  };
}

function leaveBy(socket: Socket, how: Leaves): void {
  if (how === "end") socket.end();
  else if (how === "destroy") socket.destroy();
  else socket.resetAndDestroy();
}
