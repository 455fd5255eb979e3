import { chooseLocale } from "../ui/locale.ts";
import { MARK_BUTTON, MARK_DOME } from "../ui/mark.ts";
import type { App, AppChunk, Door, Options } from "./door.ts";
import css from "./styles/launcher.css?inline";

/*
 * The script a page embeds. Draws the launcher and keeps the page's calls; asks for nothing, stores nothing, connects to
 * nothing. The app comes when somebody comes near, when the page calls for it, or when a conversation waits.
 */

declare const __APP__: string;

type Call = [verb: string, ...args: unknown[]];
type Api = ((...call: Call) => unknown) &
  Record<string, (...args: unknown[]) => unknown> & { q?: ArrayLike<unknown>[] };

const VERBS =
  "init identify update open close toggle launcher article search suggest prefill setLocale consent logout destroy on";
/** Calls that want the app at once; the others wait until somebody else wants it. */
const WANTING = /^(open|toggle|article|search|prefill|logout)$/;
const Z_INDEX = 2147483000;
const REINSERT_MS = 16;
const SVG = "http://www.w3.org/2000/svg";
const LABELS = {
  en: "Open support",
  "zh-Hans": "打开客服",
  "zh-Hant": "開啟客服",
};
const CROSS = "M18 6 6 18M6 6l12 12";

const page = window as unknown as { Deskbell?: Api };
const stub = page.Deskbell;
const script = (document.currentScript ??
  document.querySelector('script[src*="/widget.js"]')) as HTMLScriptElement | null;

// A second tag on the page, or a second run of the first (Turbo, Astro), changes nothing.
if (script && !(stub && "on" in stub)) start(new URL(script.src), script.dataset);

function start(src: URL, data: DOMStringMap) {
  const heard = new Map<string, Set<(detail: unknown) => void>>();
  const kept: Call[] = [];
  let options: Options | undefined;
  let door: Door | undefined;
  let app: App | undefined;
  let fetching: Promise<AppChunk> | undefined;
  let undo = () => {};

  const api = ((...[verb, ...args]: Call) => {
    try {
      return call(verb, args);
    } catch (error) {
      tell("error", error);
    }
  }) as Api;
  for (const verb of VERBS.split(" ")) api[verb] = (...args) => api(verb, ...args);
  page.Deskbell = api;

  for (const early of Array.from(stub?.q ?? [])) api(...(Array.from(early) as Call));
  const site = data.site ?? src.searchParams.get("site");
  if (site && !options) init({ ...data, site });

  function call(verb: string, args: unknown[]): unknown {
    if (verb === "init") return init(args[0] as Options);
    if (verb === "on") return listen(args[0] as string, args[1] as (detail: unknown) => void);
    if (verb === "destroy") return destroy();
    if (verb === "launcher") return void door?.launcher.toggleAttribute("hidden", args[0] === "hide");
    if (app) return app.call(verb, args);
    if (verb === "close") return;
    kept.push([verb, ...args]);
    if (WANTING.test(verb)) enter();
  }

  function init(given: Options) {
    if (options || !given?.site) return;
    options = given;
    if (document.body) draw();
    else document.addEventListener("DOMContentLoaded", draw, { once: true });
  }

  function draw() {
    if (!options || door) return;
    const { site, lang, position, theme, launcher: shown, offset = "20", z = Z_INDEX } = options;
    const html = document.documentElement;
    const locale = chooseLocale([lang, html.lang, ...navigator.languages]);
    const host = element("deskbell-widget");
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    // Inline and important: a page's `* { … !important }` must not reach the one element that is its.
    host.style.cssText = `all:initial!important;position:fixed!important;inset:auto!important;z-index:${+z}!important`;
    const surface = element("div", "ui");
    const [inline = 20, block = inline] = offset.split(",").map(Number);
    surface.style.cssText = `--inline:${inline}px;--block:${block}px`;
    const { dataset } = surface;
    dataset.side = position ?? (getComputedStyle(html).direction === "rtl" ? "left" : "right");
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const paint = () => {
      dataset.theme = theme && theme !== "auto" ? theme : dark.matches ? "dark" : "light";
    };
    paint();
    dark.addEventListener("change", paint);

    const launcher = element("button", "launcher");
    launcher.hidden = shown === "none";
    const badge = element("span", "launcher-badge");
    launcher.append(drawing(32, MARK_DOME + MARK_BUTTON), drawing(24, CROSS), badge);
    surface.append(launcher);
    root.append(surface);
    const made: Door = {
      host: src.origin,
      options,
      locale,
      root,
      surface,
      launcher,
      tell,
      show({ open, unread, label }) {
        launcher.ariaExpanded = `${open}`;
        launcher.ariaLabel = label;
        badge.textContent = unread > 99 ? "99+" : `${unread}`;
        badge.hidden = !unread || open;
      },
    };
    made.show({ open: false, unread: 0, label: LABELS[locale] });
    door = made;
    launcher.onpointerenter = launcher.onfocus = chunk;
    launcher.onclick = () => api("toggle");
    // The page's shortcuts stay quiet while a visitor types.
    for (const type of ["keydown", "keypress", "keyup"])
      root.addEventListener(type, (event) => event.stopPropagation());

    const stay = keep(host);
    undo = () => {
      stay();
      dark.removeEventListener("change", paint);
      host.remove();
    };
    if (waits(site)) whenIdle(enter);
    if (kept.some(([verb]) => WANTING.test(verb))) enter();
    queueMicrotask(() => tell("ready"));
  }

  function chunk() {
    fetching ??= import(/* @vite-ignore */ `${src.origin}/${__APP__}`) as Promise<AppChunk>;
    fetching.catch((error) => {
      fetching = undefined;
      tell("error", error);
    });
    return fetching;
  }

  let entering = false;
  function enter() {
    if (!door || entering || app) return;
    entering = true;
    const into = door;
    chunk()
      .then((loaded) => loaded.mount(into))
      .then(
        (mounted) => {
          if (door !== into) return mounted.dispose();
          app = mounted;
          for (const [verb, ...args] of kept.splice(0)) api(verb, ...args);
        },
        () => {
          // Offline, say: the next tap tries again.
          kept.length = 0;
        },
      )
      .finally(() => {
        entering = false;
      });
  }

  function listen(name: string, listener: (detail: unknown) => void) {
    const listeners = heard.get(name) ?? new Set();
    heard.set(name, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  function tell(name: string, detail?: unknown) {
    for (const listener of heard.get(name) ?? [])
      try {
        listener(detail);
      } catch (error) {
        // The page's own mistake, shown as one, without stopping the widget.
        reportError(error);
      }
    document.dispatchEvent(new CustomEvent(`deskbell:${name}`, { detail }));
  }

  function destroy() {
    app?.dispose();
    undo();
    app = door = options = undefined;
    document.removeEventListener("DOMContentLoaded", draw);
    if (page.Deskbell === api) delete page.Deskbell;
  }
}

/** Puts the host into the body, again whenever the page takes it out or swaps its body. Returns the undoing. */
function keep(host: HTMLElement): () => void {
  let tries = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const put = () => {
    timer = undefined;
    // A page that removes what it does not know would otherwise fight us for ever: each time we wait longer.
    tries += 1;
    document.body?.append(host);
    observe();
  };
  const observer = new MutationObserver(() => {
    if (!host.isConnected) timer ??= setTimeout(put, Math.min(REINSERT_MS * 2 ** tries, 2000));
    else observe();
  });
  const observe = () => {
    observer.observe(document.documentElement, { childList: true });
    if (document.body) observer.observe(document.body, { childList: true });
  };
  put();
  return () => {
    clearTimeout(timer);
    observer.disconnect();
  };
}

/** Whether a conversation or an unsent message is waiting from another page. */
function waits(site: string): boolean {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith(`deskbell:${site}:`));
  } catch {
    return false;
  }
}

/** After the page's own work. */
function whenIdle(act: () => void) {
  if ("requestIdleCallback" in window) requestIdleCallback(act, { timeout: 2000 });
  else setTimeout(act, 200);
}

function element<T extends string>(
  name: T,
  className = "",
): T extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[T] : HTMLElement {
  const made = document.createElement(name) as never as HTMLElement;
  made.className = className;
  return made as never;
}

function drawing(box: number, d: string): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${box} ${box}`);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", d);
  svg.append(path);
  return svg;
}
