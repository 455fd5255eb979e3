import { connect, createServer, type Server, type Socket } from "node:net";
import type { Random } from "./random.ts";

/* A line between the people and the server that can be as bad as a trial wants. */

export interface Weather {
  /** Each way. */
  delayMs: number;
  /** The part of all packets that is lost: TCP sends them again, so each waits; one in twenty ends the connection. */
  loss: number;
  /** Everything that goes this way on connections that stand is swallowed, for ever. */
  swallow: "up" | "down" | undefined;
  /** WebSockets are refused, as by an old proxy. */
  noUpgrade: boolean;
}

export interface Network {
  readonly url: string;
  readonly weather: Weather;
  /** How many connections were ever made. */
  readonly made: number;
  /** Ends every connection, in the middle of whatever it carries. */
  reset(): void;
  close(): void;
}

const FAIR: Weather = { delayMs: 0, loss: 0, swallow: undefined, noUpgrade: false };
const RESENT_MS = [200, 900] as const;
const LOST_FOR_GOOD = 0.05;

export async function createNetwork(port: number, random: Random, weather: Partial<Weather> = {}): Promise<Network> {
  const state: Weather = { ...FAIR, ...weather };
  const pairs = new Set<Pair>();
  let made = 0;
  const server: Server = createServer((near) => {
    made += 1;
    const far = connect(port, "127.0.0.1");
    const pair: Pair = { near, far, swallowed: undefined };
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      near.resetAndDestroy();
      far.resetAndDestroy();
    };
    for (const socket of [near, far]) socket.setNoDelay(true).on("error", end).on("close", end);
    carry(pair, "up", state, random, end);
    carry(pair, "down", state, random, end);
  });
  await new Promise<void>((listens) => server.listen(0, "127.0.0.1", listens));
  const address = server.address();
  const reset = () => {
    for (const { near, far } of pairs) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
  };
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`,
    weather: state,
    get made() {
      return made;
    },
    reset,
    close() {
      server.close();
      reset();
    },
  };
}

interface Pair {
  near: Socket;
  far: Socket;
  swallowed: "up" | "down" | undefined;
}

/** Keeps the order: what comes after a packet that waits, waits too. */
function carry(pair: Pair, way: "up" | "down", state: Weather, random: Random, end: () => void): void {
  const [from, to] = way === "up" ? [pair.near, pair.far] : [pair.far, pair.near];
  let last = Promise.resolve();
  from.on("data", (bytes) => {
    if (state.swallow === way) pair.swallowed = way;
    if (pair.swallowed === way) return;
    if (state.noUpgrade && way === "up" && /upgrade: websocket/i.test(bytes.toString("latin1"))) {
      pair.near.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    const isLost = random.chance(state.loss);
    if (isLost && random.chance(LOST_FOR_GOOD)) return end();
    const waits = state.delayMs + (isLost ? random.between(...RESENT_MS) : 0);
    const ready = waits > 0 ? new Promise<void>((then) => setTimeout(then, waits)) : undefined;
    last = last.then(() => ready).then(() => void (to.destroyed || to.write(bytes)));
  });
}
