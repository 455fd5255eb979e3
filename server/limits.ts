import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import { refuse } from "../protocol/faults.ts";

/*
 * How often one may ask, by what and for whom. Generous for people and for an office behind one address, tight where
 * somebody guesses. Counted in memory: a second server counts for itself.
 */

const MINUTE_S = 60;
const LIMITS = {
  /** Guesses at one account's password, from wherever they come. */
  "sign-in-account": { times: 10, within: 10 * MINUTE_S },
  /** Guesses from one network, at whatever account: spraying. */
  "sign-in-network": { times: 100, within: 10 * MINUTE_S },
  setup: { times: 20, within: 10 * MINUTE_S },
  invitation: { times: 30, within: 10 * MINUTE_S },
  /** New visitors from one address; those who come back with a token are not counted. */
  visitor: { times: 600, within: MINUTE_S },
  /** Messages of one visitor. An outbox that comes back from a long flight fits; a script that floods does not. */
  post: { times: 120, within: 10 },
  /** Everything else that one visitor asks for. */
  command: { times: 600, within: 10 },
  /** New visitors of one site, from wherever they come: beyond this it is no rush, but a flood. */
  site: { times: 6_000, within: MINUTE_S },
  /** What one agent or one API key asks for. */
  account: { times: 3_000, within: MINUTE_S },
  /** Messages and all else of an address's visitors, for one who floods may be many visitors: twenty and ten who do. */
  "post-address": { times: 2_400, within: 10 },
  "command-address": { times: 6_000, within: 10 },
  /** Connections that an address opens, before anything is known of who it is. */
  handshake: { times: 6_000, within: MINUTE_S },
  /** What one address asks for, of all that is no file. An office behind one address fits. */
  address: { times: 12_000, within: MINUTE_S },
  /** Files of one visitor, and of everybody in one network: whoever may have many tokens has one network. */
  upload: { times: 30, within: MINUTE_S },
  "upload-network": { times: 300, within: 10 * MINUTE_S },
  /** The further pieces of large ones. */
  piece: { times: 600, within: MINUTE_S },
  "piece-network": { times: 6_000, within: 10 * MINUTE_S },
  /** Faces of one agent. */
  photo: { times: 10, within: MINUTE_S },
  /** Codes to addresses that somebody in one network says are theirs. */
  mail: { times: 20, within: 10 * MINUTE_S },
  suggest: { times: 1200, within: MINUTE_S },
} as const;
export type Limit = keyof typeof LIMITS;

/** How many may be open at the same time. What is closed makes room at once. */
const OPEN = {
  /** Connections of one visitor: every tab in which they talk has one. */
  "visitor-sockets": 20,
  /** Connections of one address: what each leaves unread lies in memory. */
  "address-sockets": 2_000,
} as const;
export type Open = keyof typeof OPEN;
/** What is open stays so for a while. */
const ROOM_AFTER_MS = 10_000;

export interface Limits {
  /** Counts one try; refuses with `limited` where there were too many. */
  take(limit: Limit, of: string): Promise<void>;
  /** The try was a good one and counts no longer. */
  giveBack(limit: Limit, of: string): Promise<void>;
  /** Refuses one more with `limited` where so many are open already. */
  assertRoom(open: Open, count: number): void;
}

export function createLimits(on: boolean): Limits {
  if (!on) return { take: async () => {}, giveBack: async () => {}, assertRoom: () => {} };
  const limiters = new Map(
    Object.entries(LIMITS).map(([name, { times, within }]) => [
      name,
      new RateLimiterMemory({ keyPrefix: name, points: times, duration: within }),
    ]),
  );
  return {
    async take(limit, of) {
      try {
        await limiters.get(limit)?.consume(of);
      } catch (over) {
        refuse("limited", "Too many tries", { afterMs: Math.max(1000, (over as RateLimiterRes).msBeforeNext) });
      }
    },
    async giveBack(limit, of) {
      await limiters.get(limit)?.reward(of);
    },
    assertRoom(open, count) {
      if (count >= OPEN[open]) refuse("limited", "Too many connections", { afterMs: ROOM_AFTER_MS });
    },
  };
}

/**
 * Counts what a visitor asks for: for them, and then for everybody at their address, so that what they are refused
 * themselves takes nothing from their neighbours. It comes as it was sent and counts as what it says it is: what cannot be
 * decoded was asked as well.
 */
export async function takeCommand(limits: Limits, raw: unknown, visitor: string, subscriber: string): Promise<void> {
  const isPost = typeof raw === "object" && raw !== null && "type" in raw && raw.type === "post";
  const limit = isPost ? "post" : "command";
  await limits.take(limit, visitor);
  await limits.take(`${limit}-address`, subscriber);
}

const IPV4 = /^(?:::ffff:)?((\d+\.\d+\.\d+)\.\d+)$/;

/** What one household or office has: an address of IPv4, or the /64 of IPv6, in which everybody has as many as they like. */
export function subscriberOf(address: string): string {
  return IPV4.exec(address)?.[1] ?? networkOf(address);
}

/** What stands for everybody in one network: who guesses gets no fresh count for the next address in their own block. */
export function networkOf(address: string): string {
  const four = IPV4.exec(address)?.[2];
  if (four) return `${four}.0/24`;
  const [head = "", tail = ""] = address.split("::", 2);
  const groups = head.split(":").filter(Boolean);
  const rest = tail.split(":").filter(Boolean);
  const zeros = address.includes("::") ? Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill("0") : [];
  return `${[...groups, ...zeros, ...rest].slice(0, 4).join(":")}::/64`;
}
