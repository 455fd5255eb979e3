import type { Feature } from "./feature.ts";

const FIRST_SIZE = 1024;
const MAX_LOAD = 0.7;
const EMPTY = -1;
const REMOVED = -2;

/** From features to numbers: an open table in two typed arrays, a third of the memory of a `Map`. */
export interface FeatureTable {
  /** -1 where there is none. */
  get(feature: Feature): number;
  /** For a feature that is not there yet. */
  set(feature: Feature, value: number): void;
  delete(feature: Feature): void;
  each(visit: (feature: Feature, value: number) => void): void;
}

export function createFeatureTable(): FeatureTable {
  let keys = new Int32Array(FIRST_SIZE).fill(EMPTY);
  let values = new Int32Array(FIRST_SIZE);
  let mask = FIRST_SIZE - 1;
  /** Taken places, those of removed features among them. */
  let used = 0;
  let size = 0;

  return {
    get(feature) {
      for (let at = place(feature); ; at = (at + 1) & mask) {
        const key = keys[at];
        if (key === feature) return values[at] as number;
        if (key === EMPTY) return -1;
      }
    },
    set(feature, value) {
      if (used > keys.length * MAX_LOAD) grow();
      put(feature, value);
      size++;
    },
    delete(feature) {
      for (let at = place(feature); keys[at] !== EMPTY; at = (at + 1) & mask) {
        if (keys[at] !== feature) continue;
        keys[at] = REMOVED;
        size--;
        return;
      }
    },
    each(visit) {
      for (let at = 0; at < keys.length; at++) {
        const key = keys[at] as number;
        if (key >= 0) visit(key, values[at] as number);
      }
    },
  };

  /** The kind stands in the lowest bits and takes few values, so they are mixed in. */
  function place(feature: Feature): number {
    return (Math.imul(feature, 0x9e3779b1) >>> 7) & mask;
  }

  function put(feature: Feature, value: number): void {
    let at = place(feature);
    while ((keys[at] as number) >= 0) at = (at + 1) & mask;
    if (keys[at] === EMPTY) used++;
    keys[at] = feature;
    values[at] = value;
  }

  function grow(): void {
    const [oldKeys, oldValues] = [keys, values];
    const room = size > (used * MAX_LOAD) / 2 ? keys.length * 2 : keys.length;
    keys = new Int32Array(room).fill(EMPTY);
    values = new Int32Array(room);
    mask = room - 1;
    used = 0;
    for (let i = 0; i < oldKeys.length; i++) {
      const key = oldKeys[i] as number;
      if (key >= 0) put(key, oldValues[i] as number);
    }
  }
}
