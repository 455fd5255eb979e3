import type { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** Whoever was answered just now may be sending the next on the same connection: it ends after so long a silence. */
const QUIET_MS = 250;
/** Who goes on asking has been told to come on another connection by then. */
const DRAINS_WITHIN_MS = 1_000;
/** How long a stop waits for requests that were begun. */
const FINISH_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 10;

/** A server's way out: every answer from `drain` on ends its connection, so that none ends in the middle of a request. */
export interface Drain {
  readonly draining: boolean;
  /** Resolves once nothing more is asked, or nobody was to be waited for any longer. */
  drain(): Promise<void>;
  /** Lets nobody in, and resolves once every request that was begun is answered or out of time. */
  close(): Promise<void>;
}

/** To be called before anything else listens to the server. */
export function createDrain(http: Server): Drain {
  let draining = false;
  let busyAt = Number.NEGATIVE_INFINITY;
  const busy = () => {
    busyAt = performance.now();
  };
  http.on("request", (_, response) => {
    busy();
    if (draining) response.setHeader("connection", "close");
    response.once("close", busy);
  });
  return {
    get draining() {
      return draining;
    },
    async drain() {
      draining = true;
      const until = performance.now() + DRAINS_WITHIN_MS;
      while (performance.now() < Math.min(until, busyAt + QUIET_MS)) await sleep(LOOK_EVERY_MS);
    },
    async close() {
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      http.closeIdleConnections();
      const forced = setTimeout(() => http.closeAllConnections(), FINISH_WITHIN_MS).unref();
      await closed;
      clearTimeout(forced);
    },
  };
}
