import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { App } from "../app.ts";
import type { Sentences } from "../sentences/sentences.ts";

/** The one way a view reaches the models. */
export const AppContext = createContext<App | undefined>(undefined);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error("This view stands outside of the console");
  return app;
}

/** What the console says, in the person's language. */
export function useSentences(): Sentences {
  return useApp().t.value;
}
