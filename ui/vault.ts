/*
 * IndexedDB as a page's storage, the visitor's and the agent's, for where `localStorage` is blocked or full: as big as the
 * disk, but a promise away. So all of it is read once, answers come from memory, and what is written is written through.
 * Tabs tell each other of it, for a database does not: each hears the `storage` event that the page's own would have sent.
 */

const STORE = "kept";
/** A database that does not open within this is as good as blocked. */
const OPEN_WITHIN_MS = 1_500;

export interface Vault extends globalThis.Storage {
  /** Whether something could not be written down. */
  readonly lost: boolean;
  /** Hears of other tabs no more, and tells them of nothing. */
  close(): void;
}

/**
 * Opens the vault for keys that begin with `prefix`, with what `page` still holds of them; what is written here leaves the
 * page's own storage, so that no older copy ever comes back. Rejects where there is no IndexedDB either. `onLost` hears
 * when something could not be written down.
 */
export async function openVault(prefix: string, page?: globalThis.Storage, onLost = () => {}): Promise<Vault> {
  const db = await open(indexedDB);
  const kept: Record<string, string> = {};
  const news = new Set<string>();
  let channel: BroadcastChannel | undefined = globalThis.BroadcastChannel && new BroadcastChannel(prefix);
  if (channel)
    channel.onmessage = ({ data: [key, text] }: MessageEvent<[string, string?]>) => {
      news.add(key);
      if (text === undefined) delete kept[key];
      else kept[key] = text;
      dispatchEvent(new StorageEvent("storage", { key, newValue: text ?? null }));
    };
  const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
  const store = db.transaction(STORE).objectStore(STORE);
  const [keys, values] = await Promise.all([settled(store.getAllKeys(range)), settled(store.getAll(range))]);
  const found = { ...page, ...Object.fromEntries(keys.map((key, at) => [`${key}`, values[at]])) };
  // What a tab said meanwhile is newer than what we read.
  for (const [key, text] of Object.entries(found)) if (key.startsWith(prefix) && !news.has(key)) kept[key] = text;
  let lost = false;
  const lose = () => {
    lost = true;
    onLost();
  };

  const write = (act: (store: IDBObjectStore) => unknown) => {
    try {
      const writing = db.transaction(STORE, "readwrite", { durability: "strict" });
      writing.onabort = lose;
      act(writing.objectStore(STORE));
      // Not by itself, once we are answered: of a page that closes in between, what it wrote last would be undone.
      writing.commit();
    } catch {
      lose();
    }
  };
  const leavePage = (key: string) => {
    try {
      page?.removeItem(key);
    } catch {
      // Nothing there to leave.
    }
  };
  return Object.defineProperties(kept, {
    getItem: { value: (key: string) => kept[key] ?? null },
    setItem: {
      value(key: string, text: string) {
        kept[key] = text;
        channel?.postMessage([key, text]);
        write((store) => store.put(text, key));
        leavePage(key);
        try {
          // The next page looks here although there may be room again.
          page?.setItem(`${prefix}vault`, "1");
        } catch {
          // Then it is still full, and looks here for that.
        }
      },
    },
    removeItem: {
      value(key: string) {
        // What another tab took away we need not tell of again.
        if (key in kept) channel?.postMessage([key]);
        delete kept[key];
        write((store) => store.delete(key));
        leavePage(key);
      },
    },
    lost: { get: () => lost },
    close: {
      value() {
        channel?.close();
        channel = undefined;
      },
    },
  }) as never;
}

function open(factory: IDBFactory): Promise<IDBDatabase> {
  const request = factory.open("deskbell", 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  const late = new Promise<never>((_, fail) => setTimeout(() => fail(new Error("Too slow")), OPEN_WITHIN_MS));
  return Promise.race([settled(request), late]);
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}
