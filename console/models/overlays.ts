import { type ReadonlySignal, signal } from "@preact/signals";

export type OverlayName =
  | "palette"
  | "keys"
  | "assign"
  | "tag"
  | "snooze"
  | "views"
  | "filter"
  | "me"
  | "sites"
  | "details";

/** What lies over the page: one thing at a time. */
export interface Overlays {
  readonly open: ReadonlySignal<OverlayName | undefined>;
  show(name: OverlayName): void;
  toggle(name: OverlayName): void;
  close(): void;
}

export function createOverlays(): Overlays {
  const open = signal<OverlayName>();
  return {
    open,
    show(name) {
      open.value = name;
    },
    toggle(name) {
      open.value = open.peek() === name ? undefined : name;
    },
    close() {
      open.value = undefined;
    },
  };
}
