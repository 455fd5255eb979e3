import { type ReadonlySignal, signal } from "@preact/signals";
import type { Sentences } from "../sentences/sentences.ts";

const SHOWN_MS = 6_000;

export interface Toast {
  readonly id: number;
  readonly say: (t: Sentences) => string;
  readonly action?: { readonly say: (t: Sentences) => string; readonly run: () => void };
}

/** Short messages about what was just done, or could not be. */
export interface Toasts {
  readonly shown: ReadonlySignal<readonly Toast[]>;
  /** Returns what it is closed by. */
  show(say: Toast["say"], action?: Toast["action"], lastsMs?: number): number;
  close(id: number): void;
  dispose(): void;
}

export function createToasts(): Toasts {
  const shown = signal<readonly Toast[]>([]);
  const timers = new Map<number, ReturnType<typeof setTimeout>>();
  let last = 0;

  function close(id: number) {
    clearTimeout(timers.get(id));
    timers.delete(id);
    shown.value = shown.peek().filter((toast) => toast.id !== id);
  }

  return {
    shown,
    show(say, action, lastsMs = SHOWN_MS) {
      const id = ++last;
      // Two at once are read; more are noise.
      shown.value = [...shown.peek().slice(-1), { id, say, ...(action && { action }) }];
      timers.set(
        id,
        setTimeout(() => close(id), lastsMs),
      );
      return id;
    },
    close,
    dispose() {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
