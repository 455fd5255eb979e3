/** What a browser keeps when the page is gone: text under keys, as in `localStorage`. */
export interface Storage {
  get<T>(key: string): T | undefined;
  set(key: string, value: unknown): void;
}

export function createStorage(): Storage {
  const kept = new Map<string, string>();
  return {
    get<T>(key: string) {
      const text = kept.get(key);
      return text === undefined ? undefined : (JSON.parse(text) as T);
    },
    set: (key, value) => void kept.set(key, JSON.stringify(value)),
  };
}

/** The same as the widget's own code finds it in a page. */
export function createLocalStorage(): globalThis.Storage {
  const methods = {
    getItem(this: Record<string, string>, key: string) {
      return this[key] ?? null;
    },
    setItem(this: Record<string, string>, key: string, text: string) {
      this[key] = text;
    },
    removeItem(this: Record<string, string>, key: string) {
      delete this[key];
    },
  };
  return Object.create(methods) as globalThis.Storage;
}
