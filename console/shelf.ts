import { signal } from "@preact/signals";
import { openVault } from "../ui/vault.ts";
import type { Shelf } from "./ports.ts";

const PREFIX = "deskbell.console.";
/** Storage that does not take this many characters is as good as full: a message or two. */
const ROOM = 4_096;

/**
 * A shelf in the browser's `localStorage`; in IndexedDB where that is blocked or full; in memory where nothing keeps
 * anything, and then it says so (D15). Resolves once what was kept before can be read.
 */
export async function openShelf(page: Storage | undefined, open: typeof openVault = openVault): Promise<Shelf> {
  const memory = new Map<string, string>();
  const brief = signal(false);
  let place = page;
  let deeper: Promise<void> | undefined;
  /** Whether IndexedDB was tried, and whether it lost something since. */
  let tried = false;
  let lost = false;

  const tell = () => {
    brief.value = tried && (lost || memory.size > 0);
  };
  const write = (key: string, text: string) => {
    const kept = attempt(() => {
      place?.setItem(PREFIX + key, text);
      return place !== undefined;
    });
    if (kept) memory.delete(key);
    else {
      memory.set(key, text);
      deeper ??= goDeeper();
    }
    tell();
  };
  const remove = (key: string) => {
    memory.delete(key);
    attempt(() => place?.removeItem(PREFIX + key));
    tell();
  };
  const goDeeper = async () => {
    try {
      place = await open(PREFIX, page, () => {
        lost = true;
        tell();
      });
      for (const [key, text] of [...memory]) write(key, text);
    } catch {
      // Then memory is all there is.
    }
    tried = true;
    tell();
  };
  const shelf: Shelf = {
    brief,
    get: (key) => memory.get(key) ?? attempt(() => place?.getItem(PREFIX + key)) ?? undefined,
    set: (key, text) => void (text === undefined ? remove(key) : write(key, text)),
    keys(prefix) {
      const kept = (attempt(() => Object.keys(place ?? {})) ?? []).filter((key) => key.startsWith(PREFIX));
      const all = new Set([...memory.keys(), ...kept.map((key) => key.slice(PREFIX.length))]);
      return [...all].filter((key) => key.startsWith(prefix));
    },
  };
  shelf.set("room", "-".repeat(ROOM));
  shelf.set("room", undefined);
  if (shelf.get("vault") !== undefined) deeper ??= goDeeper();
  await deeper;
  return shelf;
}

/** The part of a shelf that is one agent's: whoever writes through it reaches nobody else's words. */
export function shelfOf(shelf: Shelf, agent: string): Shelf {
  const own = `${agent}.`;
  return {
    brief: shelf.brief,
    get: (key) => shelf.get(own + key),
    set: (key, text) => shelf.set(own + key, text),
    keys: (prefix) => shelf.keys(own + prefix).map((key) => key.slice(own.length)),
  };
}

export function createMemoryShelf(): Shelf {
  const texts = new Map<string, string>();
  return {
    brief: signal(false),
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
