import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { App } from "./app.ts";

/** What views need of their surroundings beside the models. */
export interface Surroundings {
  app: App;
  /** Adds a part's styles, once. */
  adopt(css: string): void;
  close(): void;
}

export const AppContext = createContext<Surroundings | undefined>(undefined);

export function useSurroundings(): Surroundings {
  const surroundings = useContext(AppContext);
  if (!surroundings) throw new Error("Cannot draw: no app in the context");
  return surroundings;
}

export function useApp(): App {
  return useSurroundings().app;
}
