/** Small things kept between pages, each under its own key, so that two tabs never overwrite each other's. */
export interface Storage {
  get<T>(key: string): T | undefined;
  set(key: string, value: unknown): void;
  remove(key: string): void;
  /** Keys that begin so, sorted. */
  keys(beginning: string): string[];
  /** Forgets everything of this site. */
  clear(): void;
  /** From now on in the page's storage, or in memory only: what there is moves along, and nothing stays behind. */
  persist(on: boolean): void;
  /** Whether something is kept in memory only, and gone with the page. */
  brief(): boolean;
  /** Takes another place to keep things; what found no room moves there. */
  move(to: globalThis.Storage): void;
  /** Lets go of the page's storage: what is written from now on is written nowhere. */
  close(): void;
}

/** Where a site's things lie in the page's own localStorage. */
export function storagePrefix(site: string): string {
  return `deskbell:${site}:`;
}

/** First-party storage of the page; memory where that is blocked, full or not consented to. `full` hears of the first two. */
export function createStorage(
  site: string,
  persistent: boolean,
  outer: globalThis.Storage | undefined = pageStorage(),
  full = () => {},
): Storage {
  const prefix = storagePrefix(site);
  const memory = new Map<string, string>();
  let wanted = persistent;
  let kept = persistent ? outer : undefined;
  const attempt = <T>(act: (kept: globalThis.Storage) => T): T | undefined => {
    try {
      return kept && act(kept);
    } catch {
      return undefined;
    }
  };
  const keys = (beginning: string) => {
    const found = new Set([...memory.keys(), ...(attempt((store) => Object.keys(store)) ?? [])]);
    return [...found]
      .filter((key) => key.startsWith(prefix + beginning))
      .map((key) => key.slice(prefix.length))
      .sort();
  };
  const remove = (key: string) => {
    memory.delete(prefix + key);
    attempt((store) => store.removeItem(prefix + key));
  };
  const read = (key: string) => memory.get(prefix + key) ?? attempt((store) => store.getItem(prefix + key));
  const set = (key: string, text: string) => {
    const done = attempt((store) => {
      store.setItem(prefix + key, text);
      return true;
    });
    if (done) return memory.delete(prefix + key);
    memory.set(prefix + key, text);
    if (wanted) full();
  };
  return {
    get(key) {
      try {
        const text = read(key);
        return text ? JSON.parse(text) : undefined;
      } catch {
        return undefined;
      }
    },
    set: (key, value) => set(key, JSON.stringify(value)),
    remove,
    keys,
    clear() {
      // What was never read, for want of consent, is forgotten as well.
      kept = outer;
      keys("").forEach(remove);
      if (!wanted) kept = undefined;
    },
    brief: () => memory.size > 0 || (kept as { lost?: boolean } | undefined)?.lost === true,
    move(to) {
      outer = to;
      if (!wanted) return;
      kept = to;
      for (const [key, text] of [...memory]) set(key.slice(prefix.length), text);
    },
    close() {
      wanted = false;
      kept = undefined;
    },
    persist(on) {
      const all = keys("").map((key) => [key, read(key) ?? ""] as const);
      // What was never read, for want of consent, is wiped as well.
      kept = outer;
      if (!on) keys("").forEach(remove);
      wanted = on;
      kept = on ? outer : undefined;
      for (const [key, text] of all) set(key, text);
    },
  };
}

/** Undefined where reading the property alone throws: sandboxed frames, blocked cookies. */
export function pageStorage(): globalThis.Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
