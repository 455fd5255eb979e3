import { setTimeout as sleep } from "node:timers/promises";
import { io, type Socket } from "socket.io-client";
import { v7 } from "uuid";
import type { Measured, Ready, Round } from "./protocol.ts";

/*
 * The generator, in a process of its own: visitors who post and agents who look at their conversations. It speaks the
 * four names and no more, so it drives the bare relay as well as Deskbell.
 */

const ORIGIN = "http://bench.example";
/** Unless the bench says how many. */
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
let acks: number[] = [];

process.on("message", async (asked: { type: string } & Record<string, unknown>) => {
  if (asked.type === "connect") {
    await connect(asked.server as Ready, asked.visitors as number | undefined, asked.agents as number | undefined);
  }
  if (asked.type === "idle") await connectIdle(asked.server as Ready, asked.count as number);
  if (asked.type === "measure") return void process.send?.(await measure(asked.round as Round));
  if (asked.type === "stop") process.exit(0);
  process.send?.({ type: "done" });
});

async function connect(server: Ready, people = VISITORS, desk = AGENTS): Promise<void> {
  visitors = (await dialMany(server, "visitor", people)).map((socket) => ({ socket, conversation: v7() }));
  await Promise.all(visitors.map((one) => post(one, "First")));
  const agents = await dialMany(server, "agent", desk);
  for (const [i, { conversation }] of visitors.entries()) {
    const agent = agents[i % agents.length];
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
  idle = await dialMany(server, "visitor", count);
}

async function dialMany(server: Ready, namespace: "visitor" | "agent", count: number): Promise<Socket[]> {
  const made: Socket[] = [];
  while (made.length < count) {
    const length = Math.min(CONNECT_AT_ONCE, count - made.length);
    made.push(...(await Promise.all(Array.from({ length }, () => dial(server, namespace)))));
  }
  return made;
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
  const at = performance.now();
  sentAt.set(id, at);
  const reply = await socket.emitWithAck("command", { type: "post", conversation, id, text });
  acks.push(performance.now() - at);
  if (!reply.ok) throw new Error(`Refused: ${JSON.stringify(reply)}`);
}

async function measure({ rate, seconds }: Round): Promise<Measured> {
  latencies = [];
  acks = [];
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
        const one = visitors[sent % visitors.length];
        if (one) on.push(post(one).then(() => void acknowledged++));
      }
      await sleep(1);
    }
    await Promise.all(on);
  }
  const took = (performance.now() - began) / 1000;
  // The last pushes are on their way.
  for (let i = 0; i < 100 && sentAt.size > 0; i++) await sleep(10);
  return { type: "measured", acknowledged, seconds: took, latencies, acks, unseen: sentAt.size };
}
