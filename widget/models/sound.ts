import { ring as ringAlone, strike } from "../../ui/bell-sound.ts";
import { signal } from "../signals.ts";
import { type Storage, storagePrefix } from "../storage.ts";

/** The key under which the visitor's wish for silence is kept. */
const KEY = "silent";

/** Rings unless the visitor wants silence; of several tabs one. */
export function ring(storage: Storage, site: string): void {
  if (!storage.get(KEY)) ringAlone(`${storagePrefix(site)}ring`);
}

/** Whether it rings, as a switch. */
export function createSound(storage: Storage) {
  const on = signal(!storage.get(KEY));
  return {
    on,
    toggle() {
      on.value = !on.peek();
      if (on.peek()) {
        storage.remove(KEY);
        // What one has switched on is heard at once.
        strike();
      } else storage.set(KEY, true);
    },
  };
}
