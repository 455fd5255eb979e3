import { signal } from "../signals.ts";
import type { Storage } from "../storage.ts";

const KEY = "draft";

/** The text in the composer; survives reload and navigation (D15). Never leaves the page before it is sent. */
export function createDraft(storage: Storage) {
  const text = signal(storage.get<string>(KEY) ?? "");
  return {
    text,
    /** Ids of files that are to go along; what they are is known to `uploads`. */
    files: signal<string[]>(storage.get("files") ?? []),
    /** Counts changes that did not come from the keyboard: then the field takes the text over. */
    set(value: string) {
      text.value = value;
      if (value) storage.set(KEY, value);
      else storage.remove(KEY);
    },
  };
}

export type Draft = ReturnType<typeof createDraft>;
