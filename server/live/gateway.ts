import { type Fault, fault, PROTOCOL_VERSION, type Reply, refuse } from "../../protocol/index.ts";
import type { Desk } from "../desk/desk.ts";
import type { Limits } from "../limits.ts";
import { admitAgent } from "./agent.ts";
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
}

export interface GatewayParts {
  desk: Desk;
  audience: Audience;
  presence: Presence;
  limits: Limits;
  isHome(origin: string, host: string | undefined): boolean;
  log(error: unknown): void;
}

export function createGateway(parts: GatewayParts): Gateway {
  const { log } = parts;
  return {
    async admit(namespace, handshake) {
      try {
        assertVersion(handshake.auth);
        const admission = await (namespace === "visitor" ? admitVisitor : admitAgent)(parts, handshake);
        return { start: (peer) => begin(admission, peer, log) };
      } catch (error) {
        return { fault: faultOf(error, log) };
      }
    },
  };
}

function assertVersion(auth: unknown): void {
  if (typeof auth !== "object" || auth === null || !("v" in auth)) refuse("invalid", "Expected auth.v", { field: "v" });
  if (auth.v !== PROTOCOL_VERSION) refuse("unsupported-version", `This server speaks version ${PROTOCOL_VERSION}`);
}

async function begin(admission: Admission, peer: Peer, log: (error: unknown) => void): Promise<Session> {
  let session: Awaited<ReturnType<Admission>> | undefined;
  try {
    session = await admission(peer);
  } catch (error) {
    // The greeting failed, so the client has nothing to stand on: it comes again.
    faultOf(error, log);
    peer.close();
  }
  return {
    async command(raw, reply) {
      // Nobody would ever know what became of it.
      if (typeof reply !== "function") return;
      const answer = await execute(session, raw, log);
      reply(answer);
    },
    pulse(raw) {
      try {
        session?.pulse(raw);
      } catch (error) {
        faultOf(error, log);
      }
    },
    gone: () => session?.gone(),
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
