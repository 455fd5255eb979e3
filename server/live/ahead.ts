import type { ConversationId } from "../../protocol/index.ts";

/** The log is told at most this often; the count misses nothing. */
const TELL_EVERY_MS = 60_000;

/** A client has heard more of a stream than the log holds, in the log's own epoch: acknowledged events are gone (D1). */
export interface Ahead {
  conversation: ConversationId;
  /** Where the client stands, and where the log does. */
  claimed: number;
  head: number;
}

export interface Alarm {
  /** Compares what a handshake claims. A client that names another epoch knows that the database was restored. */
  check(epoch: string | undefined, found: Ahead): void;
}

/** `tell` is for people, `count` for a metric. Anybody can claim anything: so each is a hint, and told sparingly. */
export function createAlarm(parts: {
  epoch: string;
  tell(ahead: Ahead, untold: number): void;
  count(): void;
  now?: () => number;
}): Alarm {
  const { now = () => performance.now() } = parts;
  let toldAt = Number.NEGATIVE_INFINITY;
  let untold = 0;
  return {
    check(epoch, found) {
      if (found.claimed <= found.head || (epoch !== undefined && epoch !== parts.epoch)) return;
      parts.count();
      if (now() - toldAt < TELL_EVERY_MS) {
        untold++;
        return;
      }
      toldAt = now();
      parts.tell(found, untold);
      untold = 0;
    },
  };
}
