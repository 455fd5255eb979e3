import { Component, type FunctionComponent, options } from "preact";
import { effect, type Signal, signal } from "./signals.ts";

/*
 * What a function component needs here: it draws itself again when a signal it read has changed, and has refs and effects.
 * Does for us what `@preact/signals` and `preact/hooks` do, at a fifth of their bytes, over Preact's public doors: every
 * function component becomes a class as its vnode is made; a Fragment too, except in the build, where it is one already.
 */

type Draw = FunctionComponent<never>;
type Undo = () => unknown;
interface Effect {
  act(): unknown;
  over: readonly unknown[];
  due: boolean;
  undo?: Undo | undefined;
}
interface Drawing extends Component {
  cells: unknown[];
  effects: Effect[];
}

type Drawn = new (props: object) => Component;

const classes = new WeakMap<Draw, Drawn>();
const before = options.vnode;
let current: Drawing | undefined;
let cell = 0;

options.vnode = (vnode) => {
  const { type } = vnode as { type: unknown };
  if (typeof type === "function" && !type.prototype?.render) vnode.type = tracked(type as Draw) as never;
  before?.(vnode);
};

/** The same thing at each drawing, made at the first. */
export function useOnce<T>(make: () => T): T {
  const { cells } = drawing();
  const at = cell++;
  if (at === cells.length) cells.push(make());
  return cells[at] as T;
}

export function useRef<T>(first: T): { current: T } {
  return useOnce(() => ({ current: first }));
}

/** A signal of this component's own. */
export function useSignal<T>(first: T): Signal<T> {
  return useOnce(() => signal(first));
}

/** Acts after drawing, before the screen shows it, whenever one of `over` has changed; what it returns undoes it. */
export function useEffect(act: () => unknown, over: readonly unknown[]): void {
  const { effects } = drawing();
  const known = useOnce<Effect>(() => {
    const made = { act, over: [{}], due: true };
    effects.push(made);
    return made;
  });
  known.due ||= over.some((value, at) => value !== known.over[at]);
  known.act = act;
  known.over = over;
}

/** A ref for what comes where something was pressed that is gone now: it has the focus, which would else be nowhere. */
export function takesFocus(element: HTMLElement | null): void {
  if (document.activeElement === document.body) element?.focus({ preventScroll: true });
}

/** What the nearest `getChildContext` above gave. */
export function useContext<T>(): T {
  return drawing().context as T;
}

function drawing(): Drawing {
  if (!current) throw new Error("Cannot use a hook: nothing is being drawn");
  return current;
}

function tracked(draw: Draw): Drawn {
  const known = classes.get(draw);
  if (known) return known;
  class Tracked extends Component implements Drawing {
    cells: unknown[] = [];
    effects: Effect[] = [];
    untrack: Undo | undefined;

    override render(props: object) {
      let drawn: ReturnType<Draw> = null;
      let first = true;
      this.untrack?.();
      // The first run draws and remembers what was read; the second says that it changed, reads nothing, and is the last.
      this.untrack = effect(() => {
        if (!first) return this.setState({});
        first = false;
        current = this;
        cell = 0;
        try {
          drawn = draw(props as never);
        } finally {
          current = undefined;
        }
      });
      return drawn;
    }

    override componentDidMount() {
      for (const known of this.effects) {
        if (!known.due) continue;
        known.due = false;
        known.undo?.();
        const undo = known.act();
        known.undo = typeof undo === "function" ? (undo as Undo) : undefined;
      }
    }

    override componentDidUpdate() {
      this.componentDidMount();
    }

    override componentWillUnmount() {
      this.untrack?.();
      for (const { undo } of this.effects) undo?.();
    }
  }
  classes.set(draw, Tracked);
  return Tracked;
}
