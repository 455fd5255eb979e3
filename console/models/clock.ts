import { type ReadonlySignal, signal } from "@preact/signals";

/** Waiting times are told in minutes: this is often enough for them to look alive. */
const TICK_MS = 5_000;

export interface Clock {
  /** The server's time in milliseconds, as near as we know it; moves on by itself. */
  readonly now: ReadonlySignal<number>;
  /** The server said what time it is: a laptop's own clock may be minutes off. */
  heard(serverTime: string): void;
  /** The server's time right now, without subscribing. */
  read(): number;
  dispose(): void;
}

export function createClock(local: () => number = Date.now): Clock {
  let ahead = 0;
  const read = () => local() + ahead;
  const now = signal(read());
  const timer = setInterval(() => {
    now.value = read();
  }, TICK_MS);
  return {
    now,
    read,
    heard(serverTime) {
      ahead = Date.parse(serverTime) - local();
      now.value = read();
    },
    dispose: () => clearInterval(timer),
  };
}
