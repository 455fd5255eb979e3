import { type ReadonlySignal, signal } from "@preact/signals";
import type { Address } from "../ports.ts";
import { pathOf, type Route, routeOf } from "./routes.ts";

export interface Router {
  readonly route: ReadonlySignal<Route>;
  /** `replace` leaves no step to go back to. */
  go(route: Route, options?: { readonly replace?: boolean }): void;
  dispose(): void;
}

export function createRouter(address: Address): Router {
  const route = signal(routeOf(address.path, address.search));
  const stop = address.onMove(() => {
    route.value = routeOf(address.path, address.search);
  });
  return {
    route,
    go(next, { replace = false } = {}) {
      address.go(pathOf(next), replace);
      route.value = next;
    },
    dispose: stop,
  };
}
