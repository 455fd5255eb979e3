import type { Tracked } from "../protocol/event.ts";
import type { Locale } from "../ui/locale.ts";
import { createSay, type Say, type Sentences } from "../ui/sentences.ts";
import type { createDesk as CreateDesk, Desk } from "./desk.ts";
import type { Options, Told } from "./door.ts";
import type { Http, SiteConfig } from "./http.ts";
import { type Later, later } from "./later.ts";
import { createAnnouncer } from "./models/announcer.ts";
import { createDraft } from "./models/draft.ts";
import type { createTabs as CreateTabs } from "./models/outbox-tabs.ts";
import type { createOutcome as CreateOutcome } from "./models/outcome.ts";
import { createPlace } from "./models/place.ts";
import type { createReader as CreateReader, Reader } from "./models/reader.ts";
import type { Connect } from "./models/session.ts";
import { createSite } from "./models/site.ts";
import { createSuggestions } from "./models/suggestions.ts";
import type { createTyping as CreateTyping } from "./models/typing.ts";
import { computed, signal } from "./signals.ts";
import type { Storage } from "./storage.ts";

/** A message holds at most this many characters; the contract's own, repeated to keep its schemas out of the bundle. */
export const TEXT_LIMIT = 10_000;
/** With this much less than the limit the count appears. */
export const OFFER_LIMIT = 1_000;

export interface Ports {
  storage: Storage;
  http: Http;
  /** Brings all that a person is talked to with, together with its view. */
  loadDesk(): Promise<{ createDesk: typeof CreateDesk; connect: Connect }>;
  /** Bring what is not needed until then, each together with its view. */
  loadReader(): Promise<{ createReader: typeof CreateReader }>;
  loadTyping(): Promise<{ createTyping: typeof CreateTyping }>;
  loadOutcome(): Promise<{ createOutcome: typeof CreateOutcome }>;
  /** Brings what the visitor's tabs do together. */
  loadTabs(): Promise<{ createTabs: typeof CreateTabs }>;
  /** Where the visitor is. */
  page(): { url: string; title: string };
  tell(told: Told, detail?: unknown): void;
  /** The site's name, colours and place arrived. */
  dress(site: SiteConfig): void;
}

export interface Config {
  host: string;
  options: Options;
  locale: Locale;
  sentences?: Sentences | undefined;
}

/**
 * What Home needs: models in one context, nothing of it global, and nothing of the looks. What talks to a person comes
 * right behind it (`desk`), because a composer on the screen is worth more than one that could send already.
 */
export function createApp(config: Config, ports: Ports) {
  const { storage, http, tell } = ports;
  const locale = signal<Locale>(config.locale);
  /** The visitor's own language, and the English of parts that came later. */
  const own = signal<Sentences>(config.sentences ?? {});
  const learned = signal<readonly Sentences[]>([]);
  const spoken = computed(() => createSay(locale.value, ...learned.value, own.value, site.config.value?.wording));
  const say: Say = (sentence, filled) => spoken.value(sentence, filled);

  const mode = computed(() => config.options.mode ?? site.config.value?.mode);
  const place = createPlace();
  const draft = createDraft(storage);
  const announcer = createAnnouncer();
  const site = createSite({ http, arrived: ports.dress });
  const suggestions = createSuggestions({ http, page: ports.page });
  const reader = later<Reader>(async () => {
    const { createReader } = await ports.loadReader();
    return createReader({ http, storage, viewed: ({ id, slug }) => tell("article:viewed", { id, slug }) });
  });
  let closed = false;
  const desk: Later<Desk> = later(async () => {
    const { createDesk, connect } = await ports.loadDesk();
    if (closed) throw new Error("Closed before it came");
    return createDesk(app, { ...ports, connect });
  });
  /** Acts at once where it may. Where nothing came, the chat is the place that offers another try. */
  const atDesk = (act: (desk: Desk) => void): void => {
    const made = desk.made.peek();
    if (made) act(made);
    else void desk.need().then(act, () => closed || place.go({ view: "chat" }));
  };

  const app = {
    config,
    http,
    storage,
    locale,
    say,
    mode,
    place,
    draft,
    announcer,
    site,
    suggestions,
    reader,
    desk,
    /** What was brought to be drawn, by what brings it. */
    parts: new Map<unknown, unknown>(),
    /** What somebody asked for and could not be fetched: each asks again. */
    lost: signal<readonly (() => void)[]>([]),
    askAgain() {
      const all = app.lost.peek();
      app.lost.value = [];
      for (const again of all) again();
    },
    /** What the page said happened on it since the last message: in memory only, and gone with the page. */
    tracked: [] as Tracked[],
    unread: computed((): number => desk.made.value?.thread.unread.value ?? 0),
    /** Rises whenever the composer should be focused. */
    focus: signal(0),
    availability: computed(() => desk.made.value?.session.availability.value ?? site.config.value?.availability),
    /** What Home offers, for the page and for what stands in the composer; nothing before somebody sees it. */
    suggest() {
      if (!place.open.peek()) return;
      // Who looked at an old conversation finds the one under way again.
      const thread = desk.made.peek()?.thread;
      if (thread?.conversation.peek()?.status === "resolved") thread.settle();
      if (place.current.peek().view !== "home") return;
      suggestions.refresh();
      suggestions.type(draft.text.peek());
    },
    /** Sends what stands in the composer to a person. It stands there until it can be sent. */
    send: () => atDesk((desk) => desk.post()),
    /** Goes to the conversation, to read or to write. */
    chat: (id?: string) => atDesk((desk) => desk.show(id)),
    /** English sentences of a part that came later; another language has them already. */
    learn(sentences: Sentences) {
      if (!learned.peek().includes(sentences)) learned.value = [...learned.peek(), sentences];
    },
    speak(to: Locale, sentences: Sentences) {
      locale.value = to;
      own.value = sentences;
    },
    dispose() {
      closed = true;
      suggestions.dispose();
      announcer.dispose();
      desk.made.peek()?.end();
    },
  };
  return app;
}

export type App = ReturnType<typeof createApp>;
