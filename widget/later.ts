import { type Signal, signal } from "./signals.ts";

export interface Later<T> {
  /** The model, once it is there. */
  made: Signal<T | undefined>;
  need(): Promise<T>;
  /** Does this to the model if it was ever needed: in the order it was said, also while the model is on its way. */
  ifNeeded(act: (model: T) => void): void;
}

/** A model that comes when it is needed. `need` may be called at every need; a failed loading is tried again then. */
export function later<T>(load: () => Promise<T>): Later<T> {
  const made = signal<T | undefined>(undefined);
  let loading: Promise<T> | undefined;
  return {
    made,
    need() {
      loading ??= load().then(
        (model) => {
          made.value = model;
          return model;
        },
        (error) => {
          loading = undefined;
          throw error;
        },
      );
      return loading;
    },
    ifNeeded: (act) => void loading?.then(act, () => {}),
  };
}
