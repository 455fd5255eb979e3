import type { Deskbell, LoadOptions } from "./options.ts";

export type * from "./options.ts";

/** Before the script has come: the stub, which keeps the calls; then the script's own. */
type Global = ((...call: unknown[]) => unknown) & { init?: unknown; q?: unknown[][] };

const TAG = "deskbell-widget";

/** The widget of this page, as typed functions. On a server they do nothing. */
export const deskbell: Deskbell = {
  init: (options) => call("init", options),
  identify: (identity) => call("identify", identity),
  update: (details) => call("update", details),
  open: (at) => call("open", at),
  close: () => call("close"),
  toggle: () => call("toggle"),
  launcher: (wish) => call("launcher", wish),
  article: (id) => call("article", id),
  search: (q) => call("search", q),
  suggest: (ids) => call("suggest", ids),
  prefill: (text) => call("prefill", text),
  track: (name, meta) => call("track", name, meta),
  setLocale: (tag) => call("setLocale", tag),
  consent: (given) => call("consent", given),
  logout: () => call("logout"),
  destroy: () => call("destroy"),
  on(event, listener) {
    if (typeof document === "undefined") return () => {};
    const hear = (heard: Event) => listener((heard as CustomEvent).detail);
    document.addEventListener(`deskbell:${event}`, hear);
    let late = event === "ready" && document.querySelector(TAG) !== null;
    if (late) queueMicrotask(() => late && hear(new CustomEvent(event)));
    return () => {
      late = false;
      document.removeEventListener(`deskbell:${event}`, hear);
    };
  },
};

/** Loads the widget's script, once a page, and begins. Returns `deskbell`, of which everything may be called at once. */
export function loadDeskbell({ host, nonce, ...options }: LoadOptions): Deskbell {
  if (typeof document === "undefined") return deskbell;
  deskbell.init(options);
  const src = `${new URL(host).origin}/widget.js`;
  if (global()?.init || document.querySelector(`script[src^="${src}"]`)) return deskbell;
  const script = document.createElement("script");
  script.async = true;
  if (nonce) script.nonce = nonce;
  script.onerror = () => {
    // Whoever calls again tries again.
    script.remove();
    document.dispatchEvent(new CustomEvent("deskbell:error", { detail: new Error(`Cannot load ${src}`) }));
  };
  script.src = src;
  document.head.append(script);
  return deskbell;
}

function call(...said: [verb: string, ...args: unknown[]]): void {
  if (typeof window === "undefined") return;
  const there = global();
  if (there) return void there(...said);
  const stub: Global = (...call) => void stub.q?.push(call);
  stub.q = [said];
  (window as { Deskbell?: unknown }).Deskbell = stub;
}

function global(): Global | undefined {
  const { Deskbell: there } = window as { Deskbell?: unknown };
  // An element of that id is none.
  return typeof there === "function" ? (there as Global) : undefined;
}
