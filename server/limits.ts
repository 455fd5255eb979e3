import { RateLimiterMemory } from "rate-limiter-flexible";
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

export interface Limits {
  /** Counts one try; refuses with `limited` where there were too many. */
  take(limit: Limit, of: string): Promise<void>;
  /** The try was a good one and counts no longer. */
  giveBack(limit: Limit, of: string): Promise<void>;
}

export function createLimits(on: boolean): Limits {
  if (!on) return { take: async () => {}, giveBack: async () => {} };
  const limiters = new Map(
    Object.entries(LIMITS).map(([name, { times, within }]) => [
      name,
      new RateLimiterMemory({ keyPrefix: name, points: times, duration: within }),
    ]),
  );
  return {
    async take(limit, of) {
      const over = await limiters
        .get(limit)
        ?.consume(of)
        .then(
          () => undefined,
          (refused: { msBeforeNext: number }) => refused,
        );
      if (over) refuse("limited", "Too many tries", { afterMs: Math.max(1000, over.msBeforeNext) });
    },
    async giveBack(limit, of) {
      await limiters.get(limit)?.reward(of);
    },
  };
}

/** What stands for everybody in one network: nobody gets a fresh count for the next address in their own block. */
export function networkOf(address: string): string {
  const four = /^(?:::ffff:)?(\d+\.\d+\.\d+)\.\d+$/.exec(address);
  if (four) return `${four[1]}.0/24`;
  const [head = "", tail = ""] = address.split("::", 2);
  const groups = head.split(":").filter(Boolean);
  const rest = tail.split(":").filter(Boolean);
  const zeros = address.includes("::") ? Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill("0") : [];
  return `${[...groups, ...zeros, ...rest].slice(0, 4).join(":")}::/64`;
}
