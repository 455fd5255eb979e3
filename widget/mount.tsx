import { render } from "preact";
import { chooseLocale, directionOf, type Locale } from "../ui/locale.ts";
import type { Sentences } from "../ui/sentences.ts";
import base from "../ui/styles/base.css?inline";
import tokens from "../ui/styles/tokens.css?inline";
import type { Vault } from "../ui/vault.ts";
import { type App, createApp } from "./app.ts";
import type { Hand } from "./calls.ts";
import { Surround, useApp } from "./context.ts";
import type { AppChunk } from "./door.ts";
import { createHttp } from "./http.ts";
import { askFirst, availabilityEffect, launcherEffect, openEffect, pageListeners, titleEffect } from "./page.ts";
import { fetchPart } from "./part.ts";
import { effect } from "./signals.ts";
import { createStorage, pageStorage, storagePrefix } from "./storage.ts";
import composer from "./styles/composer.css?inline";
import home from "./styles/home.css?inline";
import panel from "./styles/panel.css?inline";
import { ahead, bring } from "./views/later.tsx";
import { chat, chatPart, Panel } from "./views/panel.tsx";

/** Storage that does not take this many characters is as good as full: a message or two. */
const ROOM = 4_096;
const TITLE_COUNT = /^\(\d+\+?\) /;

/** Before anybody comes near: who only hears the page shall not hear another language. What talks to a person follows. */
export const name: AppChunk["name"] = async (door) => {
  ahead(chatPart);
  const said = door && !door.options.label && (await sentencesOf(chooseLocale(door.tags)))?.["launcher.open"];
  if (said) door.launcher.ariaLabel = said;
};

/** Draws the app behind the door; everything it adds to the page, `dispose` takes away again. */
export const mount: AppChunk["mount"] = async (door) => {
  const { options, surface } = door;
  const { consent = "granted" } = options;
  let consented = consent === "granted";
  const prefix = storagePrefix(options.site);
  let outer = pageStorage();
  let rescue: Promise<Vault | undefined> | undefined;
  // Blocked or full: what was written may lie in the vault, and what will be shall.
  const full = () => {
    rescue ??= import("../ui/vault.ts")
      .then(({ openVault }) => openVault(prefix, outer))
      .then((vault) => {
        outer = vault;
        storage.move(vault);
        return vault;
      })
      .catch(() => undefined);
  };
  const store = () => createStorage(options.site, consented, outer, full);
  let storage = store();
  if (consented) {
    storage.set("room", "-".repeat(ROOM));
    storage.remove("room");
    if (storage.get("vault")) full();
    await rescue;
  }
  if (consent === "denied") storage.persist(false);
  const adopted = new Set<string>();
  const adopt = (css: string) => {
    if (!css || adopted.has(css)) return;
    adopted.add(css);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    door.root.adoptedStyleSheets = [...door.root.adoptedStyleSheets, sheet];
  };
  adopt(tokens + base + home + composer + panel);
  const place = document.createElement("div");
  surface.append(place);

  const badge = document.createElement("span");
  badge.className = "launcher-badge";
  door.launcher.append(badge);

  let locale = chooseLocale(door.tags);
  let sentences = await sentencesOf(locale);
  let app: App;
  let stop = begin();

  function begin() {
    const http = createHttp(door.host, options.site, () => app.locale.peek());
    app = createApp(
      { host: door.host, options, locale, sentences },
      {
        storage,
        http,
        loadDesk: chatPart,
        loadReader: () => import("./views/article.tsx"),
        loadTyping: () => import("./views/typing.tsx"),
        loadOutcome: () => import("./views/outcome.tsx"),
        loadTabs: () => import("./models/outbox-tabs.ts"),
        page: () => ({ url: location.href, title: document.title.replace(TITLE_COUNT, "") }),
        tell: door.tell,
        dress: ({ theme }) => theme && Object.keys(theme)[0] && looks().then(({ dress }) => dress(door, theme, paint)),
      },
    );
    const close = () => {
      app.place.open.value = false;
    };
    const failed = (error: unknown) => {
      close();
      door.tell("error", error);
    };
    let drawn = false;
    const draw = () => {
      if (drawn) return;
      drawn = true;
      render(
        <Surround app={app} adopt={adopt} close={close} failed={failed}>
          <Panel />
          <p class="sr" aria-live="polite">
            <Said />
          </p>
        </Surround>,
        place,
      );
    };
    const undo = [
      launcherEffect(app, door, badge),
      titleEffect(app),
      availabilityEffect(app, door),
      openEffect(app, door),
      askFirst(app),
      pageListeners(app, door, again),
      // Who pressed has it drawn open at once, not closed and then open: the loader's calls come before the timer. After
      // `openEffect`, which must see where the focus was.
      effect(() => {
        if (app.place.open.value) draw();
      }),
    ];
    bring(app, adopt, chat).catch(() => {});
    const idle = setTimeout(draw);
    return () => {
      clearTimeout(idle);
      for (const act of undo) act();
      app.dispose();
      render(null, place);
    };
  }

  const hand: Hand = {
    app: () => app,
    persist(on) {
      consented = on;
      storage.persist(on);
    },
    restart() {
      storage.clear();
      again();
    },
    async speak(to) {
      sentences = await sentencesOf(to);
      locale = to;
      app.speak(locale, sentences ?? {});
      setLanguage();
    },
  };
  /** Starts over with what is stored. What the app of before still has under way, it writes to nowhere. */
  function again() {
    stop();
    storage.close();
    storage = store();
    stop = begin();
  }
  function setLanguage() {
    surface.lang = locale;
    if (locale !== "en") looks().then(({ fonts }) => adopt(fonts));
    surface.dir = directionOf(locale);
  }
  setLanguage();
  // Whoever comes near finds it drawn already, and whether somebody is there: opening only shows it.
  const near = () => {
    if (app.place.open.peek()) return;
    app.place.near.value = true;
    app.site.load();
  };
  door.launcher.onpointerenter = door.launcher.onfocus = near;
  setTimeout(() => door.launcher.matches(":hover, :focus") && near());
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const paint = () => {
    surface.dataset.theme = /^(light|dark)$/.test(`${options.theme}`) ? options.theme : dark.matches ? "dark" : "light";
  };
  paint();
  dark.onchange = paint;
  let parts: Promise<typeof import("./calls.ts")> | undefined;
  return {
    // The three that everybody uses are here; the others come when a page calls one.
    call(verb, args) {
      const { open } = app.place;
      if (/^(open|close|toggle)$/.test(verb) && !args[0])
        open.value = verb === "open" || (verb === "toggle" && !open.peek());
      else {
        // One promise, because two imports of the same may come in any order, and a logout before its identify.
        parts ??= import("./calls.ts");
        parts
          .then(({ calls }) => calls[verb]?.(hand, ...(args as never[])))
          .catch((error) => {
            parts = undefined;
            door.tell("error", error);
          });
      }
    },
    dispose() {
      dark.onchange = null;
      stop();
      // Whoever opens us on this page again would hear themselves as another tab.
      rescue?.then((vault) => vault?.close());
    },
  };
};

function Said() {
  return <>{useApp().announcer.said.value}</>;
}

/** Colours and fonts are no reason to fail: without them it is ours that are seen. */
const looks = () => import("./dress.ts").catch(() => ({ dress() {}, fonts: "" }));

async function sentencesOf(locale: Locale): Promise<Sentences | undefined> {
  if (locale === "en") return;
  try {
    return (await fetchPart<{ sentences: Sentences }>(locale)).sentences;
  } catch {
    // English is better than nothing.
  }
}
