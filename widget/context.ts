import { Component, type ComponentChildren } from "preact";
import type { App } from "./app.ts";
import type { Desk } from "./desk.ts";
import { useContext } from "./hooks.ts";

/** What views need of their surroundings beside the models. */
export interface Surroundings {
  app: App;
  /** Adds a part's styles, once. */
  adopt(css: string): void;
  close(): void;
  /** A view broke. */
  failed(error: unknown): void;
}

/** Hands its surroundings to all views below. */
export class Surround extends Component<Surroundings & { children: ComponentChildren }> {
  override getChildContext() {
    return this.props;
  }

  /** Nothing escapes into the page: the panel closes, and opening it draws it anew. */
  override componentDidCatch(error: unknown) {
    this.props.failed(error);
    this.setState({});
  }

  override render() {
    return this.props.children;
  }
}

export function useSurroundings(): Surroundings {
  return useContext<Surroundings>();
}

export function useApp(): App {
  return useSurroundings().app;
}

/** For what is drawn only once there is one. */
export function useDesk(): Desk {
  const desk = useApp().desk.made.value;
  if (!desk) throw new Error("Cannot draw: there is nobody to talk to yet");
  return desk;
}
