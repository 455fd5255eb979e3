import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { chooseLocale } from "../ui/locale.ts";
import { type App, createApp } from "./app.ts";
import { type Clock, createClock } from "./models/clock.ts";
import { forgetSent, hasUnsent, sweep } from "./models/kept.ts";
import { createPreferences, type Preferences } from "./models/preferences.ts";
import { createRouter, type Router } from "./models/router.ts";
import { createSession, type Session } from "./models/session.ts";
import type { Address, Bell, Http, Line, Pages, Reach, Shelf, Tabs } from "./ports.ts";
import { en } from "./sentences/en.ts";
import { type ConsoleLocale, loadSentences, type Sentences } from "./sentences/sentences.ts";
import type { Upload } from "./upload.ts";

/** What is there before anybody is known, and stays when they leave. */
export interface Entrance {
  readonly clock: Clock;
  readonly preferences: Preferences;
  /** As times and numbers are written: English as in the reader's own country, where the browser names one. */
  readonly locale: ReadonlySignal<string>;
  readonly t: ReadonlySignal<Sentences>;
  readonly router: Router;
  readonly session: Session;
  /** The console of whoever is signed in: another one for each time that somebody comes in. */
  readonly app: ReadonlySignal<App | undefined>;
  /** Whoever left has words here that were not sent: kept until they come back, or `brief`, as long as this page. */
  readonly unsent: ReadonlySignal<"kept" | "brief" | undefined>;
  dispose(): void;
}

/** What the console needs of the world around it. */
export interface Surroundings {
  readonly http: Http;
  readonly reach: Reach;
  readonly shelf: Shelf;
  readonly pages: Pages;
  /** One agent's other pages; without it each page is on its own. */
  readonly tabs?: (agent: string) => Tabs;
  readonly address: Address;
  readonly upload: Upload;
  readonly bell: Bell;
  /** The browser's languages, best first. */
  readonly languages: readonly string[];
}

/** Begins the console. Asks at once who is signed in; ends with `dispose`. */
export function createEntrance(line: Line, around: Surroundings): Entrance {
  const { http, shelf, pages, address, languages } = around;
  const clock = createClock();
  sweep(shelf, clock.read());
  const preferences = createPreferences(shelf);
  const t = signal<Sentences>(en);
  const tongue = computed((): ConsoleLocale => {
    const wanted = preferences.tongue.value;
    if (wanted !== "auto") return wanted;
    return chooseLocale(languages, ["en", "zh-Hans", "zh-Hant"]) === "en" ? "en" : "zh-Hans";
  });
  // “en” alone has the twelve hours of the United States.
  const locale = computed(() => (tongue.value === "en" && languages.find((tag) => /^en-/i.test(tag))) || tongue.value);
  const router = createRouter(address);
  const session = createSession(line.link, http, preferences, clock, shelf, pages, (agent) => {
    forgetSent(shelf, agent);
    preferences.wear(undefined);
    router.go({ page: "sign-in" }, { replace: true });
  });
  const app = signal<App>();
  const unsent = signal<"kept" | "brief">();
  const common = { clock, preferences, locale, t, router, session };
  const agent = computed(() => (session.state.value === "in" ? session.agent.value?.id : undefined));

  const stops = [
    effect(() => {
      const wanted = tongue.value;
      void loadSentences(wanted).then((sentences) => {
        if (wanted === tongue.peek()) t.value = sentences;
      });
    }),
    effect(() => {
      const who = agent.value;
      if (who === undefined) return;
      const theirs = untracked(() => {
        preferences.wear(who);
        return createApp(who, common, line, around);
      });
      unsent.value = undefined;
      app.value = theirs;
      return () => {
        app.value = undefined;
        theirs.dispose();
        if (hasUnsent(shelf, who)) unsent.value = shelf.brief.peek() ? "brief" : "kept";
      };
    }),
  ];
  if (!["setup", "enter", "invitation"].includes(router.route.peek().page)) void session.ask();

  return {
    ...common,
    app,
    unsent,
    dispose() {
      for (const stop of stops) stop();
      for (const part of [clock, preferences, router, session]) part.dispose();
    },
  };
}
