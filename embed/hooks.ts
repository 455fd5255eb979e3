import { deskbell, loadDeskbell } from "./deskbell.ts";
import type { Deskbell, DeskbellEvent, Identity, Listeners, LoadOptions } from "./options.ts";

export interface DeskbellProps extends LoadOptions {
  /** Who is signed in. Without it any more, they are logged out. */
  identity?: Identity | undefined;
  /** What is done when something happens. */
  on?: Listeners | undefined;
}

/** The two hooks that React and Preact share. */
interface Hooks {
  useEffect(act: () => undefined | (() => void), over: readonly unknown[]): void;
  useRef<T>(first: T): { current: T };
}

export const EVENTS: readonly DeskbellEvent[] = [
  "ready",
  "open",
  "close",
  "unread",
  "availability",
  "conversation:started",
  "message:sent",
  "message:received",
  "resolved",
  "reopened",
  "rated",
  "article:viewed",
  "error",
];

/** The widget for as long as a component is mounted, over anybody's hooks. */
export function createUseDeskbell({ useEffect, useRef }: Hooks): (props: DeskbellProps) => Deskbell {
  return ({ identity, on, ...options }) => {
    const heard = useRef(on);
    heard.current = on;
    const known = useRef(false);
    useEffect(() => mount(options, () => heard.current), [JSON.stringify(options)]);
    useEffect(() => {
      if (identity) deskbell.identify(identity);
      else if (known.current) deskbell.logout();
      known.current = Boolean(identity);
      return undefined;
    }, [keyOf(identity)]);
    return deskbell;
  };
}

/** Loads the widget and listens; returns the end of it. */
export function mount(options: LoadOptions, listeners: () => Listeners | undefined): () => void {
  const bell = loadDeskbell(options);
  const offs = EVENTS.map((event) =>
    bell.on(event, (detail) => (listeners()?.[event] as ((detail: unknown) => void) | undefined)?.(detail)),
  );
  return () => {
    for (const off of offs) off();
    bell.destroy();
  };
}

/** Says whether somebody else is signed in. A function is made anew at each drawing, and says nothing. */
export function keyOf(identity: Identity | undefined): string {
  return identity ? JSON.stringify([identity.email, identity.name, identity.token?.toString()]) : "";
}
