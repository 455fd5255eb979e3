import type { Command, Reply } from "./command.ts";
import type { Event } from "./event.ts";
import type { Hello } from "./hello.ts";
import type { AgentPulse, ServerPulse } from "./pulse.ts";

/** How long a command waits for its reply before the client may send it again under the same id. */
export const REPLY_AFTER_MS = 10_000;
/** And where none came, or no connection is there, it may be sent again after this long. */
const AGAIN_AFTER_MS = 1000;

/** What a link needs of its carrier: a Socket.IO client socket is one, and so is one end of a test's pair. */
export interface Emitter {
  readonly connected: boolean;
  emit(name: string, ...args: unknown[]): unknown;
  on(name: string, listener: (...args: never[]) => void): unknown;
  off(name: string, listener: (...args: never[]) => void): unknown;
}

/** What a client hears. `up` and `down` are the carrier's; `refused` is a handshake that ended in a fault. */
export interface Heard<H extends Hello = Hello> {
  hello: H;
  event: Event;
  pulse: ServerPulse;
  up: undefined;
  down: undefined;
  refused: Error & { data?: unknown };
}

/** A reply; `unheard` where it is the client's own word, because none came: to the command, or to a file that goes before it. */
export type Answered = Reply & { unheard?: true | "file" };

/** The one way a client's models reach the server. */
export interface Link<C extends Command = Command, H extends Hello = Hello> {
  readonly up: boolean;
  /** Never rejects. No reply in time, or no connection, is `unavailable`: send again, same id. */
  send(command: C): Promise<Answered>;
  /** Forgotten where there is no connection. */
  pulse(pulse: AgentPulse): void;
  /** Returns the unsubscribe. */
  on<N extends keyof Heard<H>>(name: N, listener: (heard: Heard<H>[N]) => void): () => void;
}

const CARRIER = { up: "connect", down: "disconnect", refused: "connect_error" } as const;

/** A link over any emitter that speaks the protocol's four names. */
export function createLink<C extends Command, H extends Hello>(
  emitter: Emitter,
  replyAfterMs = REPLY_AFTER_MS,
): Link<C, H> {
  /** What waits for a reply. A reply never comes on another connection than the command went by. */
  const waiting = new Set<() => void>();
  emitter.on("disconnect", () => {
    for (const lost of [...waiting]) lost();
  });
  return {
    get up() {
      return emitter.connected;
    },
    send(command) {
      return new Promise((settle) => {
        const lost = (message: string) =>
          done({
            ok: false,
            fault: { code: "unavailable", message, retry: "after", afterMs: AGAIN_AFTER_MS },
            unheard: true,
          });
        const cut = () => lost("The connection broke");
        const done = (reply: Answered) => {
          clearTimeout(timer);
          waiting.delete(cut);
          settle(reply);
        };
        const timer = setTimeout(() => lost("No reply in time"), replyAfterMs);
        if (!emitter.connected) return lost("No connection");
        waiting.add(cut);
        emitter.emit("command", command, done);
      });
    },
    pulse(pulse) {
      if (emitter.connected) emitter.emit("pulse", pulse);
    },
    on(name, listener) {
      const carried = name in CARRIER ? CARRIER[name as keyof typeof CARRIER] : name;
      const heard = listener as (...args: never[]) => void;
      emitter.on(carried, heard);
      return () => void emitter.off(carried, heard);
    },
  };
}
