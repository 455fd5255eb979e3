import { computed, signal } from "../signals.ts";

export type Place = { view: "home" } | { view: "chat" } | { view: "list" } | { view: "article"; id: string };

/** Where the visitor is in the panel, and the way back. */
export function createPlace() {
  const open = signal(false);
  /** Somebody may be about to open it: Home is drawn, and not shown. A chat never is: what is drawn counts as read. */
  const near = signal(false);
  const path = signal<readonly Place[]>([{ view: "home" }]);

  return {
    open,
    near,
    current: computed<Place>(() => path.value.at(-1) ?? { view: "home" }),
    go(place: Place) {
      const here = path.peek().at(-1);
      if (JSON.stringify(here) === JSON.stringify(place)) return;
      // Home is always the first; going to a place already on the way goes back to it. From the list to another
      // conversation the way back leads to the list.
      const other = here?.view === "list" && place.view === "chat";
      const before = path.peek().filter(({ view }) => !other || view !== "chat");
      const at = before.findIndex(({ view }) => view === place.view && view !== "article");
      path.value = at < 0 ? [...before, place] : before.slice(0, at + 1);
    },
    back() {
      if (path.peek().length > 1) path.value = path.peek().slice(0, -1);
    },
  };
}
