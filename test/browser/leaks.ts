import type { BrowserContext, Page } from "playwright-core";

/** What a page holds that outlives its elements, by name, each with how many. */
export type Held = Record<string, number>;

declare global {
  interface Window {
    held(): Held;
  }
}

/** Counts, from the page's first moment, listeners of what lasts, timers, observers and sockets. */
export function countLeaks(context: BrowserContext): Promise<unknown> {
  return context.addInitScript(() => {
    const held = new Map<object, string>();
    const lasting = (target: EventTarget) =>
      !(target instanceof Node) ||
      target === document ||
      target === document.documentElement ||
      target === document.body;
    const listeners = new Map<string, object>();
    const ids = new WeakMap<object, number>();
    let next = 0;
    const id = (one: object) => {
      if (!ids.has(one)) ids.set(one, ++next);
      return ids.get(one);
    };
    const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (type, listener, options) {
      const target = this ?? window;
      if (listener && lasting(target) && !(target instanceof AbortSignal)) {
        const key = `${id(target)} ${type} ${id(listener)}`;
        const token = {};
        listeners.set(key, token);
        held.set(token, `listener ${type}`);
        const { once, signal } = typeof options === "object" && options ? options : {};
        if (once) add.call(target, type, () => held.delete(token), { once });
        if (signal) add.call(signal, "abort", () => held.delete(token));
      }
      return add.call(target, type, listener, options);
    };
    EventTarget.prototype.removeEventListener = function (type, listener, options) {
      const target = this ?? window;
      if (listener) held.delete(listeners.get(`${id(target)} ${type} ${id(listener)}`) ?? {});
      return remove.call(target, type, listener, options);
    };
    const timers = new Map<number, object>();
    const timed = (set: "setTimeout" | "setInterval", clear: "clearTimeout" | "clearInterval") => {
      const [native, end] = [window[set], window[clear]];
      (window as unknown as Record<string, unknown>)[set] = (act: () => void, ms?: number, ...rest: unknown[]) => {
        const token = {};
        held.set(token, `${set} ${ms ?? 0}`);
        const run = (...given: unknown[]) => {
          if (set === "setTimeout") held.delete(token);
          (act as (...given: unknown[]) => void)(...given);
        };
        const timer = (native as (act: unknown, ms?: number, ...rest: unknown[]) => number)(run, ms, ...rest);
        timers.set(timer, token);
        return timer;
      };
      (window as unknown as Record<string, unknown>)[clear] = (timer?: number) => {
        held.delete(timers.get(timer ?? -1) ?? {});
        end(timer);
      };
    };
    timed("setTimeout", "clearTimeout");
    timed("setInterval", "clearInterval");
    for (const name of ["MutationObserver", "ResizeObserver", "IntersectionObserver"] as const) {
      const { observe, disconnect } = window[name].prototype as ResizeObserver;
      Object.assign(window[name].prototype, {
        observe(this: ResizeObserver, ...given: Parameters<ResizeObserver["observe"]>) {
          held.set(this, name);
          observe.apply(this, given);
        },
        disconnect(this: ResizeObserver) {
          held.delete(this);
          disconnect.apply(this);
        },
      });
    }
    window.WebSocket = class extends WebSocket {
      constructor(...given: ConstructorParameters<typeof WebSocket>) {
        super(...given);
        held.set(this, "WebSocket");
        const { close } = this;
        this.close = (...said) => {
          held.delete(this);
          close.apply(this, said);
        };
      }
    };
    window.held = () => {
      const counts: Held = {};
      for (const name of held.values()) counts[name] = (counts[name] ?? 0) + 1;
      return counts;
    };
  });
}

export function heldBy(page: Page): Promise<Held> {
  return page.evaluate(() => window.held());
}
