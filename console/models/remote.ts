import { computed, type ReadonlySignal, signal } from "@preact/signals";
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

/** `about` is whose it is: as soon as that is another, nothing is known of it. */
export function createRemote<T>(ask: () => Promise<Answer<T>>, about?: ReadonlySignal<string | undefined>): Remote<T> {
  const held = signal<Held<T>>({ about: about?.peek() });
  const shown = computed(() => (held.value.about === about?.value ? held.value : undefined));
  let asked = 0;
  return {
    value: computed(() => shown.value?.value),
    fault: computed(() => shown.value?.fault),
    async fetch() {
      const mine = ++asked;
      const of = about?.peek();
      const answer = await ask();
      // An older question must not overwrite the answer to a newer one, nor one about something else.
      if (mine !== asked || of !== about?.peek()) return;
      const before = shown.peek()?.value;
      held.value = answer.ok ? { about: of, value: answer.value } : { about: of, value: before, fault: answer.fault };
    },
    put(next) {
      asked += 1;
      held.value = { about: about?.peek(), value: next };
    },
  };
}

interface Held<T> {
  readonly about: string | undefined;
  readonly value?: T | undefined;
  readonly fault?: Fault;
}
