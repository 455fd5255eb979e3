import { type Fault, fault, Refusal } from "../../protocol/index.ts";

/** One end of a connection as `live/` sees it: a Socket.IO socket is wrapped into one, and so is a test's pair. */
export interface Peer {
  /**
   * Forgotten where the connection is gone: a push may be lost, heads find it (D8). The payload is never changed
   * afterwards: what goes to many is encoded once.
   */
  send(name: "hello" | "event" | "pulse", payload: object): void;
  close(): void;
}

/** How a client asks to be let in. */
export interface Handshake {
  auth: unknown;
  origin: string | undefined;
  host: string | undefined;
  cookie: string | undefined;
  address: string;
}

/** What a connection does with what it hears, until it is gone. */
export interface Session {
  /** Decodes, carries out, and answers. Never throws. */
  command(raw: unknown, reply: unknown): Promise<void>;
  pulse(raw: unknown): void;
  /**
   * Resolves once everything is answered and nothing more is asked: then it may be cut. Who goes on asking is served for
   * a moment and then refused, so that they pause.
   */
  finish(): Promise<void>;
  gone(): void;
}

/** The fault behind whatever was thrown; a bug becomes `unavailable`, for its command may be tried again. */
export function faultOf(error: unknown, log: (error: unknown) => void): Fault {
  if (error instanceof Refusal) {
    if (error.cause !== undefined) log(error.cause);
    return error.fault;
  }
  log(error);
  return fault("unavailable", "Something broke on our side", { afterMs: 5_000 });
}
