import { signal } from "../signals.ts";
import type { Storage } from "../storage.ts";

const KEY = "draft";
const FILES_KEY = "files";

/** The text in the composer; survives reload and navigation (D15). Never leaves the page before it is sent. */
export function createDraft(storage: Storage) {
  const text = signal(storage.get<string>(KEY) ?? "");
  /** Ids of files that are to go along; what they are is known to `uploads`. */
  const files = signal<string[]>(storage.get(FILES_KEY) ?? []);
  return {
    text,
    files,
    /** Also what was sent must be taken out where it is kept, or it stands in the field of the next page again. */
    hold(ids: string[]) {
      files.value = ids;
      storage.set(FILES_KEY, ids);
    },
    /** Counts changes that did not come from the keyboard: then the field takes the text over. */
    set(value: string) {
      text.value = value;
      if (value) storage.set(KEY, value);
      else storage.remove(KEY);
    },
  };
}

export type Draft = ReturnType<typeof createDraft>;
