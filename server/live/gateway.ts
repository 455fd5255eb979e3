import { setTimeout as sleep, setImmediate as turn } from "node:timers/promises";
import { type Fault, fault, PROTOCOL_VERSION, type Reply, refuse } from "../../protocol/index.ts";
import type { Desk } from "../desk/desk.ts";
import { type Limits, subscriberOf } from "../limits.ts";
import { admitAgent } from "./agent.ts";
import type { Alarm } from "./ahead.ts";
import type { Audience } from "./audience.ts";
import { faultOf, type Handshake, type Peer, type Session } from "./peer.ts";
import type { Presence } from "./presence.ts";
import { admitVisitor } from "./visitor.ts";

/** What a recognised connection can do; made once its carrier stands. */
export type Admission = (peer: Peer) => Promise<{
  execute(raw: unknown): Promise<Reply>;
  pulse(raw: unknown): void;
  gone(): void;
}>;

export type Namespace = "visitor" | "agent";

/**
 * The way in. Every handshake and every command passes here, is decoded by its schema, and meets the one catch: what a
 * client sends can be refused, never break the server.
 */
export interface Gateway {
  /** Resolves to what starts the session, or to the fault that ends the handshake. */
  admit(
    namespace: Namespace,
    handshake: Handshake,
  ): Promise<{ start(peer: Peer): Promise<Session> } | { fault: Fault }>;
  /** Lets nobody else in. Who is in is served until their session is finished. */
  stop(): void;
}

export interface GatewayParts {
  desk: Desk;
  audience: Audience;
  presence: Presence;
  limits: Limits;
  isHome(origin: string, host: string | undefined): boolean;
  log(error: unknown): void;
  /** Hears of clients that know more than the log. */
  alarm?: Alarm;
  /** For counting: a command was answered, with `ok`, `again` or a fault's code. */
  answered?(by: Namespace, outcome: string): void;
  /** For counting: a connection came (1) or went (-1). */
  connected?(of: Namespace, change: 1 | -1): void;
}

export function createGateway(parts: GatewayParts): Gateway {
  const { log } = parts;
  let stopped = false;
  return {
    async admit(namespace, handshake) {
      try {
        if (stopped) refuse("unavailable", "The server is stopping", { afterMs: comeBackAfterMs() });
        await parts.limits.take("address", subscriberOf(handshake.address));
        assertVersion(handshake.auth);
        const admission = await (namespace === "visitor" ? admitVisitor : admitAgent)(parts, handshake);
        return { start: (peer) => begin(namespace, admission, peer, parts) };
      } catch (error) {
        return { fault: faultOf(error, log) };
      }
    },
    stop() {
      stopped = true;
    },
  };
}

/** Whoever was answered just now may be sending the next: a connection is cut after so long a silence. */
const QUIET_MS = 250;
/** Who does not fall silent is served for so long, and then asked for patience. */
const SERVED_MS = 500;
const LOOK_EVERY_MS = 10;

/** Who types says so every three seconds; what is more than this is no typing, and would be told to others. */
const PULSES_A_SECOND = 5;

/** Spread, so that those who were sent away do not come back as one. */
function comeBackAfterMs(): number {
  return 500 + Math.floor(Math.random() * 1500);
}

function assertVersion(auth: unknown): void {
  if (typeof auth !== "object" || auth === null || !("v" in auth)) refuse("invalid", "Expected auth.v", { field: "v" });
  if (auth.v !== PROTOCOL_VERSION) refuse("unsupported-version", `This server speaks version ${PROTOCOL_VERSION}`);
}

async function begin(
  namespace: Namespace,
  admission: Admission,
  peer: Peer,
  { log, answered, connected }: GatewayParts,
): Promise<Session> {
  connected?.(namespace, 1);
  let session: Awaited<ReturnType<Admission>> | undefined;
  try {
    session = await admission(peer);
  } catch (error) {
    // The greeting failed, so the client has nothing to stand on: it comes again.
    faultOf(error, log);
    peer.close();
  }
  let begun = 0;
  /** When anything worth an answer was last answered. */
  let busyAt = Number.NEGATIVE_INFINITY;
  let patience = false;
  let second = 0;
  let pulses = 0;
  return {
    async command(raw, reply) {
      // Nobody would ever know what became of it.
      if (typeof reply !== "function") return;
      if (patience) {
        busyAt = performance.now();
        const stopping = fault("unavailable", "The server is stopping", { afterMs: comeBackAfterMs() });
        return reply({ ok: false, fault: stopping });
      }
      begun++;
      const answer = await execute(session, raw, log);
      reply(answer);
      begun--;
      // Garbage holds no stop up.
      if (answer.ok || answer.fault.retry !== "never") busyAt = performance.now();
      answered?.(namespace, answer.ok ? (answer.again ? "again" : "ok") : answer.fault.code);
    },
    pulse(raw) {
      const now = Math.floor(performance.now() / 1_000);
      if (now !== second) [second, pulses] = [now, 0];
      if (++pulses > PULSES_A_SECOND) return;
      try {
        session?.pulse(raw);
      } catch (error) {
        faultOf(error, log);
      }
    },
    async finish() {
      const since = performance.now();
      const busy = () => begun > 0 || performance.now() - busyAt < QUIET_MS;
      // Looked at twice: what came while this process had no turn has not been read yet.
      while (busy() || (await turn().then(busy))) {
        patience = performance.now() - since > SERVED_MS;
        await sleep(LOOK_EVERY_MS);
      }
    },
    gone() {
      connected?.(namespace, -1);
      session?.gone();
    },
  };
}

async function execute(
  session: Awaited<ReturnType<Admission>> | undefined,
  raw: unknown,
  log: (error: unknown) => void,
): Promise<Reply> {
  try {
    if (!session) return { ok: false, fault: fault("unavailable", "Not greeted") };
    return await session.execute(raw);
  } catch (error) {
    return { ok: false, fault: faultOf(error, log) };
  }
}
