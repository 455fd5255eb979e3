import type { Shelf } from "./ports.ts";

const PREFIX = "deskbell.console.";

/** A shelf in the browser's storage, or in memory where that is blocked. */
export function createShelf(storage: Storage | undefined): Shelf {
  if (!storage) return createMemoryShelf();
  return {
    get: (key) => attempt(() => storage.getItem(PREFIX + key)) ?? undefined,
    set(key, text) {
      attempt(() => (text === undefined ? storage.removeItem(PREFIX + key) : storage.setItem(PREFIX + key, text)));
    },
    keys: (prefix) =>
      (attempt(() => Object.keys(storage)) ?? [])
        .filter((key) => key.startsWith(PREFIX + prefix))
        .map((key) => key.slice(PREFIX.length)),
  };
}

export function createMemoryShelf(): Shelf {
  const texts = new Map<string, string>();
  return {
    get: (key) => texts.get(key),
    set: (key, text) => void (text === undefined ? texts.delete(key) : texts.set(key, text)),
    keys: (prefix) => [...texts.keys()].filter((key) => key.startsWith(prefix)),
  };
}

/** Reads what was kept as JSON; what cannot be read was written by another version and is as good as absent. */
export function readJson<T>(shelf: Shelf, key: string): T | undefined {
  const text = shelf.get(key);
  return text === undefined ? undefined : attempt(() => JSON.parse(text) as T);
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
