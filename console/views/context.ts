import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { App } from "../app.ts";
import type { Entrance } from "../entrance.ts";
import type { Sentences } from "../sentences/sentences.ts";

export const EntranceContext = createContext<Entrance | undefined>(undefined);

/** What a view reaches whether or not somebody is signed in. */
export function useEntrance(): Entrance {
  const entrance = useContext(EntranceContext);
  if (!entrance) throw new Error("This view stands outside of the console");
  return entrance;
}

/** The one way a view reaches an agent's models. */
export const AppContext = createContext<App | undefined>(undefined);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error("This view is for somebody who is signed in");
  return app;
}

/** What the console says, in the person's language. */
export function useSentences(): Sentences {
  return useEntrance().t.value;
}
