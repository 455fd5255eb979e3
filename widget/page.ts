import { afterPaint } from "./after-paint.ts";
import type { App } from "./app.ts";
import type { Door } from "./door.ts";
import { computed, effect } from "./signals.ts";
import { storagePrefix } from "./storage.ts";

/* What the app and the page around it hear of each other, beside what is drawn. Each of these returns what ends it. */

/** The launcher's name, count and state. */
export function launcherEffect(app: App, { launcher, options, tell }: Door, badge: HTMLElement) {
  return effect(() => {
    const open = app.place.open.value;
    const unread = app.unread.value;
    const name = (!open && options.label) || app.say(open ? "launcher.close" : "launcher.open");
    const count = () => (unread === 1 ? app.say("launcher.unreadOne") : app.say("launcher.unread", { n: unread }));
    launcher.ariaExpanded = `${open}`;
    launcher.ariaLabel = unread && !open ? `${name}, ${count()}` : name;
    // Drawn, not written: the launcher's name says it in words.
    badge.dataset.n = unread > 99 ? "99+" : `${unread}`;
    badge.hidden = !unread || open;
    tell("unread", unread);
  });
}

/** "(2) " before the page's title while something waits unseen. A page may have a count of its own: only ours goes. */
export function titleEffect(app: App) {
  let ours = "";
  const put = (count: string) => {
    const { title } = document;
    const wanted = count + (title.startsWith(ours) ? title.slice(ours.length) : title);
    ours = count;
    if (title !== wanted) document.title = wanted;
  };
  const stop = effect(() => {
    const unread = app.unread.value;
    put(unread ? `(${unread > 99 ? "99+" : unread}) ` : "");
  });
  // A page that goes elsewhere without loading anew writes a title of its own.
  const again = () => put(ours);
  document.addEventListener("visibilitychange", again);
  return () => {
    document.removeEventListener("visibilitychange", again);
    stop();
    put("");
  };
}

/** What opening and closing mean beside the panel itself: the first load, the way back for the focus. */
export function openEffect(app: App, { root, launcher, tell }: Door) {
  let opener: Element | null = null;
  let was = false;
  return effect(() => {
    const open = app.place.open.value;
    if (open === was) return;
    was = open;
    if (open) {
      opener = document.activeElement === root.host ? launcher : document.activeElement;
      app.place.near.value = false;
      tell("open");
      return afterPaint(() => {
        app.site.load();
        app.suggest();
      });
    } else {
      tell("close");
      const { activeElement, body } = document;
      // Whoever is elsewhere on the page already stays there.
      if (activeElement !== root.host && activeElement !== body) return;
      const back = opener && opener !== body ? opener : launcher;
      // After the dialog has closed and done its own restoring.
      queueMicrotask(() => back instanceof HTMLElement && back.focus({ preventScroll: true }));
    }
  });
}

/** Where the owner wants a person asked first, opening leads to one, once. */
export function askFirst({ mode, place, draft, chat }: App) {
  let led = false;
  return effect(() => {
    if (led || !place.open.value || mode.value !== "ask-first") return;
    led = true;
    if (place.current.peek().view === "home" && !draft.text.peek()) chat();
  });
}

/** Whether somebody answers, as soon as it is known and whenever it changes. */
export function availabilityEffect({ availability }: App, { tell }: Door) {
  const state = computed(() => availability.value?.state);
  return effect(() => {
    if (state.value) tell("availability", state.value);
  });
}

/** The page comes back, or goes elsewhere without loading anew. */
export function pageListeners(app: App, { host, options: { site } }: Door, again: () => void) {
  let told = false;
  const desk = app.desk.made.peek;
  /** For the owner's install page, once. */
  const blocked = ({ blockedURI, effectiveDirective }: SecurityPolicyViolationEvent) => {
    if (told || !blockedURI.includes(host.slice(host.indexOf("/")))) return;
    told = true;
    app.http.site(effectiveDirective).catch(() => {});
  };
  const wake = () => {
    if (document.visibilityState === "visible") desk()?.wake();
    else desk()?.leave();
  };
  const network = () => {
    desk()?.session.network(navigator.onLine);
    wake();
  };
  const moved = () => {
    if (app.place.open.peek()) app.suggestions.refresh();
  };
  const written = `${storagePrefix(site)}out:`;
  const stored = ({ key, newValue }: StorageEvent) => {
    if (key === `${storagePrefix(site)}token`) {
      if (newValue) desk()?.follow();
      // Another tab of this page said good-bye: nothing of the person may come back from here.
      else again();
    }
    // It wrote something, or took it back; without a connection it can tell in no other way.
    if (key?.startsWith(written)) desk()?.outbox.heard(newValue ? {} : { gone: key.slice(written.length) });
  };
  const { navigation } = window as { navigation?: EventTarget };
  const heard: [EventTarget | undefined, string, (event: never) => void][] = [
    [document, "visibilitychange", wake],
    [document, "securitypolicyviolation", blocked],
    [window, "focus", wake],
    [window, "online", network],
    [window, "offline", network],
    [window, "pageshow", wake],
    [window, "pagehide", () => desk()?.leave()],
    [window, "pagehide", () => desk()?.session.sleep()],
    [window, "storage", stored],
    [window, "popstate", moved],
    [navigation, "navigatesuccess", moved],
  ];
  for (const [target, type, listener] of heard) target?.addEventListener(type, listener as () => void);
  return () => {
    for (const [target, type, listener] of heard) target?.removeEventListener(type, listener as () => void);
  };
}
