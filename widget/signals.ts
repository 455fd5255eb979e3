/*
 * Signals, computed values and effects, as in `@preact/signals`, which the tests hold them against; at a third of its
 * bytes, because here a computed value lives as long as what it reads. A change marks what may be stale; nothing is computed
 * again before it is read, and no effect runs unless something that it read has another value.
 */

/** More rounds than this are two effects that chase each other. */
const ROUNDS = 100;

export interface ReadonlySignal<T> {
  readonly value: T;
  /** The value, without being told of its changes. */
  peek(): T;
}

export interface Signal<T> extends ReadonlySignal<T> {
  value: T;
}

interface Source {
  version: number;
  readers: Set<Reader>;
  refresh?(): void;
}

interface Reader {
  /** What was read, in which version. */
  read: Map<Source, number>;
  stale(): void;
}

interface Running extends Reader {
  run(): void;
}

let reader: Reader | undefined;
let busy = 0;
const due = new Set<Running>();

export function signal<T>(first: T): Signal<T> {
  const source: Source = { version: 0, readers: new Set() };
  let now = first;
  return {
    get value() {
      note(source);
      return now;
    },
    set value(next) {
      if (next === now) return;
      now = next;
      source.version++;
      for (const one of [...source.readers]) one.stale();
      settle();
    },
    peek: () => now,
  };
}

export function computed<T>(compute: () => T): ReadonlySignal<T> {
  let now: T;
  let fresh = false;
  const node: Source & Reader = {
    version: 0,
    readers: new Set(),
    read: new Map(),
    stale() {
      if (!fresh) return;
      fresh = false;
      for (const one of [...node.readers]) one.stale();
    },
    refresh() {
      if (fresh) return;
      if (!node.version || changed(node)) {
        const next = watched(node, compute);
        if (!node.version || next !== now) node.version++;
        now = next;
      }
      fresh = true;
    },
  };
  const peek = () => {
    node.refresh?.();
    return now;
  };
  return {
    get value() {
      const value = peek();
      note(node);
      return value;
    },
    peek,
  };
}

/** Acts at once and again after every change of what it read; what it returns is called before. Returns the end of it. */
export function effect(act: () => unknown): () => void {
  let undo: unknown;
  let over = false;
  const node: Running = {
    read: new Map(),
    stale: () => due.add(node),
    run() {
      if (typeof undo === "function") undo();
      undo = watched(node, act);
    },
  };
  const end = () => {
    if (over) return;
    over = true;
    forget(node);
    due.delete(node);
    if (typeof undo === "function") undo();
  };
  busy++;
  try {
    node.run();
  } catch (error) {
    end();
    throw error;
  } finally {
    busy--;
  }
  settle();
  return end;
}

function note(source: Source) {
  if (!reader) return;
  source.readers.add(reader);
  reader.read.set(source, source.version);
}

function watched<T>(node: Reader, act: () => T): T {
  const outer = reader;
  forget(node);
  reader = node;
  try {
    return act();
  } finally {
    reader = outer;
  }
}

function forget(node: Reader) {
  for (const source of node.read.keys()) source.readers.delete(node);
  node.read.clear();
}

/** In the order of reading: whether the later ones are still of interest depends on the earlier. */
function changed({ read }: Reader): boolean {
  for (const [source, version] of read) {
    source.refresh?.();
    if (source.version !== version) return true;
  }
  return false;
}

/** Runs what is due, unless somebody further out does. */
function settle() {
  if (busy) return;
  busy++;
  let rounds = 0;
  try {
    for (const node of due) {
      due.delete(node);
      if (++rounds > ROUNDS) throw new Error("Cannot settle: effects change what they read");
      if (changed(node)) node.run();
    }
  } finally {
    busy--;
    due.clear();
  }
}
