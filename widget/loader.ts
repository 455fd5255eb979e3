import type { App, AppChunk, Door, Options } from "./door.ts";
import css from "./styles/launcher.css?inline";

/*
 * The script a page embeds. Draws the launcher and keeps the page's calls; asks for nothing, stores nothing, connects to
 * nothing. The app comes when somebody comes near, when the page calls for it, when a conversation waits, and else when the
 * page has long been idle.
 */

declare const __APP__: string;

type Call = [verb: string, ...args: unknown[]];
type Listener = (detail: unknown) => void;
type Api = ((...call: Call) => unknown) & Record<string, (...args: unknown[]) => unknown> & { q?: Iterable<Call> };

/** Calls that want the app at once; the others wait until somebody else wants it. */
const WANTING = /^(open|article|search)$/;
const Z_INDEX = 2147483000;
/** For so long a page that is never idle keeps us from looking whether a conversation waits, ms. */
const LOOK_MS = 2000;
/** After the page has loaded the app is fetched ahead, ms. */
const AHEAD_MS = 2000;
/** A server that is silent for so long is called missing. */
const PATIENCE_MS = 8000;
/** Two removals within this time are a fight; then we pause. */
const FIGHT_MS = 200;
const PAUSE_MS = 1000;
const NAME = "deskbell-widget";

/** Tells when it is taken out of the page, by whomever and with whatever. */
class Host extends HTMLElement {
  declare lost: (() => void) | undefined;
  /** A copy in a page's snapshot of itself (Turbo's) is nobody's. */
  connectedCallback() {
    if (!this.lost) this.remove();
  }
  disconnectedCallback() {
    this.lost?.();
  }
}

const page = window as unknown as { Deskbell?: Api; requestIdleCallback?: typeof requestIdleCallback };
const stub = page.Deskbell;
const script = (document.currentScript ?? document.querySelector('[src*="/widget.js"]')) as HTMLScriptElement;
const src = new URL(script.src);
// By attributes, or by the query where a tag manager drops them.
const said = { ...Object.fromEntries(src.searchParams), ...script.dataset } as unknown as Options;

// A second tag on the page, or a second run of the first (Turbo, Astro), changes nothing, unless we were destroyed.
if (stub?.init) stub.init(said);
else start();

function start() {
  let kept: Call[] = [];
  let options: Options | undefined;
  let hidden: boolean | undefined;
  let door: Door | undefined;
  let app: App | undefined;
  let fetching: Promise<AppChunk> | undefined;
  let entering: Door | undefined;
  let failed: HTMLElement;
  let again = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  let patience: typeof timer;
  let life = new AbortController();

  /** What needs no app. */
  const own: Record<string, (...args: never[]) => unknown> = {
    init,
    on(name: string, listener: Listener) {
      const hear = (event: unknown) => listener((event as CustomEvent).detail);
      document.addEventListener(`deskbell:${name}`, hear, life);
      return () => document.removeEventListener(`deskbell:${name}`, hear);
    },
    launcher(wish: string) {
      hidden = wish === "hide";
      if (door) door.launcher.hidden = hidden;
    },
    /** Leaves nothing but the function itself, which can begin again. */
    destroy() {
      app?.dispose();
      clearTimeout(timer);
      clearTimeout(patience);
      life.abort();
      life = new AbortController();
      kept = [];
      app = door = options = entering = hidden = undefined;
    },
  };
  const take = (...[verb, ...args]: Call) => {
    try {
      const mine = own[verb];
      if (mine) return mine(...(args as never[]));
      if (app) return app.call(verb, args);
      // Whoever presses twice, because nothing comes, wants it open.
      if (verb === "toggle") verb = "open";
      if (verb === "logout") kept = [];
      const call: Call = [verb, ...args];
      kept.push(call);
      if (wants(call)) enter(true);
    } catch (error) {
      tell("error", error);
    }
  };
  // Every verb is a function too; `await Deskbell` is none.
  const api = new Proxy(take as Api, {
    get: (own, verb: string) => own[verb] ?? (verb !== "then" && ((...args: unknown[]) => take(verb, ...args))),
  });
  page.Deskbell = api;
  for (const early of stub?.q ?? []) take(...early);
  init(said);

  /** Whether the app must come for a call: to show something, or to wipe what lies here. */
  function wants([verb, first]: Call) {
    return WANTING.test(verb) || (/^(logout|consent)$/.test(verb) && !first && waits());
  }

  /** Whether a conversation or an unsent message is waiting from another page. */
  function waits() {
    try {
      return Object.keys(localStorage).join().includes(`deskbell:${options?.site}:`);
    } catch {
      // Storage is blocked.
    }
  }

  function init(given?: Options) {
    if (options || !given?.site) return;
    options = given;
    // Not while the page is still being read: we stand at its end, and are nobody's first or last child before.
    if (document.readyState !== "loading") draw();
    else document.addEventListener("readystatechange", draw, life);
  }

  function draw() {
    if (!options || door) return;
    const { lang, position, launcher: wish, label, color, offset = "20", z = Z_INDEX } = options;
    const tags = [lang, document.documentElement.lang, ...navigator.languages];
    if (!customElements.get(NAME)) customElements.define(NAME, Host);
    const host = element(NAME as "output") as HTMLElement as Host;
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    // In a shadow `!important` outdoes the page's own: nothing of a page reaches the host.
    sheet.replaceSync(`:host{all:initial!important;position:fixed!important;z-index:${z}!important}${css}`);
    root.adoptedStyleSheets = [sheet];
    const [inline, block = inline] = `${offset}`.split(",");
    const surface = element("div", { className: "ui", style: `--inline:${inline}px;--block:${block}px` as never });
    surface.dataset.side = position ?? (document.dir === "rtl" ? "left" : "right");
    // Words for all of Chinese; other languages have theirs from the app.
    const zh = /^zh/i.test(tags.find((tag) => /^(en|zh)/i.test(tag as string)) as string);
    failed = element("output", { role: "alert", textContent: zh ? "未接通，再按一次" : "Couldn’t load. Try again" });
    const launcher = element("button", {
      className: "launcher",
      ariaLabel: label || (zh ? "客服" : "Open support"),
      // With as much room at its end.
      textContent: (label && `${label}\u2003`) as string,
      style: `background:${color}` as never,
      ariaExpanded: "false",
      hidden: hidden ?? wish === "none",
      // Whoever comes near finds it drawn already, closed.
      onpointerenter: enter,
      onfocus: enter,
      onclick: () => take("toggle"),
    });
    surface.append(launcher);
    root.append(surface);
    door = { host: src.origin, options, tags, root, surface, launcher, tell };
    // The page's shortcuts stay quiet while a visitor types, and its traps let go of the focus.
    for (const type of ["keydown", "keypress", "keyup", "focusin"])
      root.addEventListener(type, (event) => event.stopPropagation());
    keep(host, life.signal);
    if (kept.some(wants)) enter(true);
    // Later: the first look into a page's storage waits for the browser to read it.
    const look = () => {
      if (options?.consent !== "pending" && waits()) enter();
      else if (!(navigator as { connection?: { saveData?: boolean } }).connection?.saveData) whenIdle(ahead, AHEAD_MS);
    };
    whenIdle(look, 0, LOOK_MS);
    queueMicrotask(() => tell("ready"));
  }

  /** Long after the page has loaded, so that a click finds the app here already. */
  function ahead() {
    if (document.readyState === "complete") fetchApp();
    else whenIdle(ahead, AHEAD_MS);
  }

  /** After `ms`, and then as soon as the page is idle; where it never is, after `timeout` at the latest. */
  function whenIdle(act: () => void, ms: number, timeout?: number) {
    // Not any more where we were destroyed meanwhile. A mere timer takes the options for no delay.
    timer = setTimeout(() => (page.requestIdleCallback ?? setTimeout)(() => door && act(), { timeout } as never), ms);
  }

  function fetchApp() {
    // At another address after a failure, which a browser would remember: see part.ts.
    fetching ??= import(/* @vite-ignore */ `${src.origin}/${again}${__APP__}`) as Promise<AppChunk>;
    // Its name in any language, as soon as it can be known.
    fetching
      .then(({ name }) => name(door))
      .catch(() => {
        fetching = undefined;
        again += "~/";
      });
    return fetching;
  }

  async function enter(byHand?: unknown) {
    if (!door || app) return;
    const into = door;
    const say = () => app || into.surface.append(failed);
    if (byHand === true) {
      failed.remove();
      clearTimeout(patience);
      patience = setTimeout(say, PATIENCE_MS);
    }
    if (entering === into) return;
    entering = into;
    const mounted = await fetchApp()
      .then((loaded) => loaded.mount(into))
      .catch((error) => tell("error", error));
    if (door !== into) return mounted?.dispose();
    if (mounted) {
      app = mounted;
      failed.remove();
      for (const call of kept.splice(0)) take(...call);
    } else if (patience) say();
    entering = undefined;
  }

  function tell(name: string, detail?: unknown) {
    document.dispatchEvent(new CustomEvent(`deskbell:${name}`, { detail }));
  }
}

/** Puts the host into the body, again whenever the page takes it out or swaps its body, until the signal. */
function keep(host: Host, signal: AbortSignal) {
  let last = 0;
  let timer: ReturnType<typeof setTimeout>;
  const lost = () => {
    // A page that removes what it does not know would otherwise fight us without a pause.
    timer = setTimeout(put, Date.now() - last < FIGHT_MS ? PAUSE_MS : 0);
  };
  const put = () => {
    last = Date.now();
    document.body?.append(host);
    if (!host.isConnected) lost();
  };
  host.lost = lost;
  put();
  signal.onabort = () => {
    host.lost = undefined;
    clearTimeout(timer);
    host.remove();
  };
}

function element<T extends keyof HTMLElementTagNameMap>(name: T, set?: Partial<HTMLElementTagNameMap[T]>) {
  return Object.assign(document.createElement(name), set);
}
