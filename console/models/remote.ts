import { type ReadonlySignal, signal } from "@preact/signals";
import type { Fault } from "../../protocol/fault.ts";
import type { Answer } from "../ports.ts";

/** Something the server has, fetched when asked for. The last good value stays while it is fetched again. */
export interface Remote<T> {
  readonly value: ReadonlySignal<T | undefined>;
  readonly fault: ReadonlySignal<Fault | undefined>;
  fetch(): Promise<void>;
  /** What the server just answered to a change. */
  put(value: T): void;
}

export function createRemote<T>(ask: () => Promise<Answer<T>>): Remote<T> {
  const value = signal<T>();
  const fault = signal<Fault>();
  let asked = 0;
  return {
    value,
    fault,
    async fetch() {
      const mine = ++asked;
      const answer = await ask();
      // An older question must not overwrite the answer to a newer one.
      if (mine !== asked) return;
      fault.value = answer.ok ? undefined : answer.fault;
      if (answer.ok) value.value = answer.value;
    },
    put(next) {
      asked += 1;
      value.value = next;
      fault.value = undefined;
    },
  };
}
