import { vi } from "vitest";

/*
 * What a browser keeps things in, for tests without one.
 */

/** A page's own storage, that takes texts that are no longer than there is room. */
export function createPageStorage(room = () => Number.POSITIVE_INFINITY): Storage {
  return Object.defineProperties({} as Record<string, string>, {
    getItem: {
      value(this: Record<string, string>, key: string) {
        return this[key] ?? null;
      },
    },
    setItem: {
      value(this: Record<string, string>, key: string, text: string) {
        if (text.length > room()) throw new DOMException("Full", "QuotaExceededError");
        this[key] = text;
      },
    },
    removeItem: {
      value(this: Record<string, string>, key: string) {
        delete this[key];
      },
    },
  }) as never;
}

/** Puts a database into this browser, as far as `ui/vault` knows one, until `vi.unstubAllGlobals`; returns what is in it. */
export function stubDatabase(heard: (event: StorageEvent) => void = () => {}): Map<string, string> {
  const rows = new Map<string, string>();
  const request = (result: unknown) => {
    const one = { result, onsuccess: () => {} };
    queueMicrotask(() => one.onsuccess());
    return one;
  };
  const transaction = () => {
    const asked: (() => void)[] = [];
    const commit = () => {
      for (const act of asked.splice(0)) act();
    };
    // As a browser does by itself, once it has answered: for a page that is gone by then, never.
    setTimeout(commit);
    const store = {
      getAllKeys: () => request([...rows.keys()]),
      getAll: () => request([...rows.values()]),
      put: (text: string, key: string) => asked.push(() => rows.set(key, text)),
      delete: (key: string) => asked.push(() => rows.delete(key)),
    };
    return { objectStore: () => store, commit };
  };
  vi.stubGlobal("indexedDB", { open: () => request({ transaction }) });
  vi.stubGlobal("IDBKeyRange", { bound: () => undefined });
  vi.stubGlobal("StorageEvent", function (this: object, _type: string, about: object) {
    Object.assign(this, about);
  });
  vi.stubGlobal("dispatchEvent", heard);
  return rows;
}
