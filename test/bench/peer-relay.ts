import { setTimeout as sleep } from "node:timers/promises";
import { io, type Socket } from "socket.io-client";
import { v7 } from "uuid";
import type { Measured, Ready, Round } from "./protocol.ts";

/*
 * The generator, in a process of its own: visitors who post and agents who look at their conversations. It speaks the
 * four names and no more, so it drives the bare relay as well as Deskbell.
 */

const ORIGIN = "http://bench.example";
const VISITORS = 40;
const AGENTS = 4;
/** How many messages each visitor has on the way at once, where as many go as can. */
const IN_FLIGHT = 4;
const CONNECT_AT_ONCE = 50;
const TEXT = "The blue one arrived broken, and I would like to send it back. What do I do? 谢谢";

interface Visitor {
  socket: Socket;
  conversation: string;
}

let visitors: Visitor[] = [];
let idle: Socket[] = [];
const sentAt = new Map<string, number>();
let latencies: number[] = [];

process.on("message", async (asked: { type: string } & Record<string, unknown>) => {
  if (asked.type === "connect") await connect(asked.server as Ready);
  if (asked.type === "idle") await connectIdle(asked.server as Ready, asked.count as number);
  if (asked.type === "measure") return void process.send?.(await measure(asked.round as Round));
  if (asked.type === "stop") process.exit(0);
  process.send?.({ type: "done" });
});

async function connect(server: Ready): Promise<void> {
  visitors = await Promise.all(
    Array.from({ length: VISITORS }, async () => ({ socket: await dial(server, "visitor"), conversation: v7() })),
  );
  await Promise.all(visitors.map((one) => post(one, "First")));
  const agents = await Promise.all(Array.from({ length: AGENTS }, () => dial(server, "agent")));
  for (const [i, { conversation }] of visitors.entries()) {
    const agent = agents[i % AGENTS];
    await agent?.emitWithAck("command", { type: "open", conversation });
  }
  for (const agent of agents) {
    agent.on("event", ({ id }: { id: string }) => {
      const at = sentAt.get(id);
      if (at === undefined) return;
      sentAt.delete(id);
      latencies.push(performance.now() - at);
    });
  }
}

async function connectIdle(server: Ready, count: number): Promise<void> {
  for (const socket of idle) socket.disconnect();
  idle = [];
  while (idle.length < count) {
    const length = Math.min(CONNECT_AT_ONCE, count - idle.length);
    idle.push(...(await Promise.all(Array.from({ length }, () => dial(server, "visitor")))));
  }
}

async function dial({ url, site, key }: Ready, namespace: "visitor" | "agent"): Promise<Socket> {
  const socket = io(`${url}/${namespace}`, {
    auth: { v: 1, ...(namespace === "visitor" ? { site } : { token: key }) },
    transports: ["websocket"],
    forceNew: true,
    reconnection: false,
    ...(namespace === "visitor" && { extraHeaders: { origin: ORIGIN } }),
  });
  await new Promise((greeted, refused) => {
    socket.once("hello", greeted);
    socket.once("connect_error", refused);
  });
  return socket;
}

async function post({ socket, conversation }: Visitor, text = TEXT): Promise<void> {
  const id = v7();
  sentAt.set(id, performance.now());
  const reply = await socket.emitWithAck("command", { type: "post", conversation, id, text });
  if (!reply.ok) throw new Error(`Refused: ${JSON.stringify(reply)}`);
}

async function measure({ rate, seconds }: Round): Promise<Measured> {
  latencies = [];
  sentAt.clear();
  let acknowledged = 0;
  const began = performance.now();
  const until = began + seconds * 1000;
  if (rate === undefined) {
    const busy = async (one: Visitor) => {
      while (performance.now() < until) {
        await post(one);
        acknowledged += 1;
      }
    };
    await Promise.all(visitors.flatMap((one) => Array.from({ length: IN_FLIGHT }, () => busy(one))));
  } else {
    const on: Promise<void>[] = [];
    for (let sent = 0; performance.now() < until; ) {
      // As many as are due by now, so that a late timer does not thin the load.
      const due = Math.floor(((performance.now() - began) / 1000) * rate);
      for (; sent < due; sent++) {
        const one = visitors[sent % VISITORS];
        if (one) on.push(post(one).then(() => void acknowledged++));
      }
      await sleep(1);
    }
    await Promise.all(on);
  }
  const took = (performance.now() - began) / 1000;
  // The last pushes are on their way.
  for (let i = 0; i < 100 && sentAt.size > 0; i++) await sleep(10);
  return { type: "measured", acknowledged, seconds: took, latencies };
}
