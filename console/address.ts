import type { Address } from "./ports.ts";

/** The browser's own address bar. */
export function createAddress(window: Window): Address {
  return {
    get path() {
      return window.location.pathname;
    },
    get search() {
      return window.location.search;
    },
    go(path, replace) {
      if (replace) window.history.replaceState(null, "", path);
      else window.history.pushState(null, "", path);
    },
    onMove(moved) {
      window.addEventListener("popstate", moved);
      return () => window.removeEventListener("popstate", moved);
    },
  };
}
