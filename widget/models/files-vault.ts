import { type Storage, storagePrefix } from "../storage.ts";

/*
 * Where files wait beside the outbox, through reloads: the page's own IndexedDB, as it is the only store that holds them.
 * Where it is blocked, or nothing may be kept, they wait in memory.
 */

/** Also what the store is called after the site's prefix: `logout` and `consent(false)` delete it by that name. */
const STORE = "files";

interface Kept {
  name: string;
  size: number;
  blob?: Blob | undefined;
}

export function createVault(storage: Storage, site: string) {
  let opened: Promise<IDBDatabase> | undefined;

  const open = () => {
    opened ??= new Promise((settle, fail) => {
      const request = indexedDB.open(storagePrefix(site) + STORE, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE);
      request.onsuccess = () => {
        // Another tab forgets all: we hold nothing open.
        request.result.onversionchange = () => {
          request.result.close();
          opened = undefined;
        };
        settle(request.result);
      };
      request.onerror = () => fail(request.error);
    });
    return opened;
  };
  /** Undefined where there is no such store. */
  const ask = async <T>(
    mode: IDBTransactionMode,
    act: (store: IDBObjectStore) => IDBRequest,
  ): Promise<T | undefined> => {
    try {
      const database = await open();
      return await new Promise<T>((settle, fail) => {
        const request = act(database.transaction(STORE, mode).objectStore(STORE));
        request.onsuccess = () => settle(request.result);
        request.onerror = () => fail(request.error);
      });
    } catch {
      opened = undefined;
      return undefined;
    }
  };
  return {
    /** Only where the outbox is kept as well: without consent nothing stays behind. */
    put(id: string, { name, size, blob }: Kept) {
      if (blob && persists(storage, site)) void ask("readwrite", (store) => store.put({ name, size, blob }, id));
    },
    get: (id: string) => ask<Kept>("readonly", (store) => store.get(id)),
    remove(id: string) {
      void ask("readwrite", (store) => store.delete(id));
    },
    ids: async () => (await ask<string[]>("readonly", (store) => store.getAllKeys())) ?? [],
  };
}

/** Whether what was just written lies in the page's storage, and not in memory. */
function persists(storage: Storage, site: string): boolean {
  try {
    return storage.get(STORE) !== undefined && localStorage.getItem(storagePrefix(site) + STORE) !== null;
  } catch {
    return false;
  }
}
