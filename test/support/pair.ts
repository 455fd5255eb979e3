import type { Fault } from "../../protocol/faults.ts";
import type { Emitter } from "../../protocol/link.ts";

/*
 * Two ends of a connection whose packets lie in queues until a test lets them through: disorder without sleeping.
 * Values are copied through JSON, as a wire would.
 */

type Packet = { name: string; args: unknown[] };
type Listener = (...args: never[]) => void;

export interface End extends Emitter {
  connected: boolean;
}

export interface Pair {
  readonly client: End;
  readonly server: End;
  /** How many packets wait, by direction. */
  readonly waiting: { up: number; down: number };
  /** Lets packets through, the oldest first; all that wait now, unless told how many. Returns how many went. */
  flush(direction: "up" | "down", count?: number): number;
  /** Loses the oldest packet of a direction. */
  lose(direction: "up" | "down"): void;
  /** Opens both ends, as a carrier does. */
  connect(): void;
  /** Tells the client that it was not let in, as a carrier does. */
  refuse(fault: Fault): void;
  /** Cuts the line: what waits is lost on both sides. */
  cut(): void;
}

export function createPair(): Pair {
  const up: Packet[] = [];
  const down: Packet[] = [];
  const client = createEnd(up, down);
  const server = createEnd(down, up);
  const queues = { up, down };
  const ends = { up: server, down: client };
  return {
    client: client.end,
    server: server.end,
    get waiting() {
      return { up: up.length, down: down.length };
    },
    flush(direction, count = queues[direction].length) {
      const packets = queues[direction].splice(0, count);
      for (const packet of packets) ends[direction].hear(packet);
      return packets.length;
    },
    lose(direction) {
      queues[direction].shift();
    },
    connect() {
      client.end.connected = true;
      server.end.connected = true;
      client.hear({ name: "connect", args: [] });
    },
    refuse(fault) {
      client.hear({ name: "connect_error", args: [Object.assign(new Error(fault.message), { data: copy(fault) })] });
    },
    cut() {
      if (!client.end.connected) return;
      up.length = 0;
      down.length = 0;
      client.end.connected = false;
      server.end.connected = false;
      client.hear({ name: "disconnect", args: ["transport close"] });
      server.hear({ name: "disconnect", args: ["transport close"] });
    },
  };
}

function createEnd(out: Packet[], back: Packet[]) {
  const listeners = new Map<string, Set<Listener>>();
  const end: End = {
    connected: false,
    emit(name, ...args) {
      out.push({ name, args: args.map((arg) => (typeof arg === "function" ? replyThrough(arg, back) : copy(arg))) });
    },
    on(name, listener) {
      const known = listeners.get(name) ?? new Set();
      known.add(listener);
      listeners.set(name, known);
    },
    off(name, listener) {
      listeners.get(name)?.delete(listener);
    },
  };
  return {
    end,
    hear({ name, args }: Packet) {
      if (name === REPLY) {
        const [reply, ...answered] = args as [(...answer: unknown[]) => void, ...unknown[]];
        return reply(...answered);
      }
      for (const listener of [...(listeners.get(name) ?? [])]) (listener as (...heard: unknown[]) => void)(...args);
    },
  };
}

const REPLY = "\u0000reply";

/** An acknowledgement is a packet of its own on the way back. */
function replyThrough(reply: unknown, back: Packet[]) {
  return (...answer: unknown[]) => back.push({ name: REPLY, args: [reply, ...answer.map(copy)] });
}

function copy<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
}
