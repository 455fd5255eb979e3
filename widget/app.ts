import type { Reply } from "../protocol/command.ts";
import type { Event, Tracked } from "../protocol/event.ts";
import type { ServerPulse } from "../protocol/pulse.ts";
import { givenName } from "../ui/initials.ts";
import type { Locale } from "../ui/locale.ts";
import { createSay, type Say, type Sentences } from "../ui/sentences.ts";
import type { Options, Told } from "./door.ts";
import type { Http, SiteConfig } from "./http.ts";
import { createAnnouncer } from "./models/announcer.ts";
import { createDraft } from "./models/draft.ts";
import type { Identity } from "./models/identity.ts";
import { createLog } from "./models/log.ts";
import { createOutbox } from "./models/outbox.ts";
import type { createTabs as CreateTabs, Tabs } from "./models/outbox-tabs.ts";
import type { createOutcome as CreateOutcome, Outcome } from "./models/outcome.ts";
import { createPlace } from "./models/place.ts";
import type { createReader as CreateReader, Reader } from "./models/reader.ts";
import { type Connect, createSession, type Session } from "./models/session.ts";
import { createSite } from "./models/site.ts";
import { createSuggestions } from "./models/suggestions.ts";
import { createThread } from "./models/thread.ts";
import { createTyping } from "./models/typing.ts";
import { computed, signal } from "./signals.ts";
import type { Storage } from "./storage.ts";

/** A message holds at most this many characters; the contract's own, repeated to keep its schemas out of the bundle. */
export const TEXT_LIMIT = 10_000;
/** With this much less than the limit the count appears. */
export const OFFER_LIMIT = 1_000;

export interface Ports {
  storage: Storage;
  http: Http;
  /** Brings the socket client. */
  loadSocket(): Promise<Connect>;
  /** Bring what is not needed until a chat is open, each together with its view. */
  loadReader(): Promise<{ createReader: typeof CreateReader }>;
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

/** All of the widget but its looks: models in one context, nothing of it global. */
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
  const suggestions = createSuggestions({ http, url: () => ports.page().url });
  const reader = later<Reader>(async () => {
    const { createReader } = await ports.loadReader();
    return createReader({ http, storage, viewed: ({ id, slug }) => tell("article:viewed", { id, slug }) });
  });
  const identity = later<Identity>(async () => {
    const { createIdentity } = await import("./models/identity.ts");
    return createIdentity({ http, storage, session });
  });
  const session: Session = createSession({
    host: config.host,
    site: config.options.site,
    storage,
    load: ports.loadSocket,
    since: () => log.since(),
    epoch: () => log.epoch(),
    // Nobody to ask where the page never named its visitor.
    renew: async () => identity.made.peek()?.renew(),
    failed: (error) => tell("error", error),
  });
  const link = () => session.link;
  const log = createLog({ storage, link, reconnect: () => session.again(), restored: () => outbox.offerAgain() });
  const outbox = createOutbox({
    storage,
    log,
    tabs: () => tabs.made.peek(),
    link,
    adopted: (from, to) => {
      if (thread.current.peek() === from) thread.show(to);
    },
    unauthorized: () => session.again(),
    sent: ({ id, conversation, text }) => tell("message:sent", { id, conversation, text }),
  });
  const thread = createThread({ storage, log, outbox, online: () => !session.offline.value });
  const typing = createTyping({ link, current: () => thread.current.peek() });
  /** The newest of each type: who of a conversation's agents is there, where one stands in line. */
  const pulses = signal<{ readonly [T in ServerPulse["type"]]?: Extract<ServerPulse, { type: T }> }>({});
  /** The chat is in view, down to its end. */
  const watching = signal(false);
  const focus = signal(0);
  /** What the page said happened on it since the last message: in memory only, and gone with the page. */
  const tracked: Tracked[] = [];
  const outcome = later<Outcome>(async () => {
    const { createOutcome } = await ports.loadOutcome();
    const reopened = () => {
      focus.value += 1;
    };
    return createOutcome({ storage, thread, log, link, reopened });
  });

  const tabs = later<Tabs>(async () => {
    const { createTabs } = await ports.loadTabs();
    return createTabs({ host: config.host, site: config.options.site, storage, log, outbox, thread });
  });

  session.onLink((made) => {
    const { send } = made;
    // Files go before the message that carries them.
    made.send = (command): Promise<Reply> =>
      "files" in command ? import("./views/files.tsx").then((part) => part.deliver(app, command, send)) : send(command);
    made.on("event", log.place);
    made.on("pulse", (pulse) => {
      log.pulse(pulse);
      typing.pulse(pulse);
      pulses.value = { ...pulses.value, [pulse.type]: pulse };
    });
  });
  session.onHello((hello) => {
    log.hello(hello);
    thread.settle();
    tell("availability", hello.availability.state);
    tabs.need().catch(() => {});
    void outbox.flush();
    catchUp();
    read();
  });
  log.onEvent(hear);

  function hear(event: Event) {
    const { conversation } = event;
    if (event.by.kind === "agent") typing.forget();
    if (event.type === "posted" && event.by.kind === "agent") {
      announcer.say(
        `${givenName(event.by.name ?? say("agent.someone"))}: ${event.text || event.article?.title || event.files?.[0]?.name || ""}`,
      );
      tell("message:received", { id: event.id, conversation, text: event.text });
      // Who looks needs no bell.
      if (!watching.peek())
        import("./models/sound.ts").then(
          ({ ring }) => ring(storage),
          () => {},
        );
    }
    if (event.type === "posted" && event.seq === 1) tell("conversation:started", { conversation });
    if (event.type === "resolved" || event.type === "reopened" || event.type === "rated")
      tell(event.type, { conversation });
    if (event.type === "joined") announcer.say(say("agent.joined", { name: givenName(event.agent.name) }));
    // A colleague's client, or another tab, began a conversation: it is the one to show.
    if (event.type === "posted" && !thread.conversation.peek()) thread.settle();
    read();
  }

  /** Sends what was kept back beside messages: an answer to the survey, an address. */
  function catchUp() {
    if (outcome.made.peek() || storage.get("rate")) void outcome.need().then((made) => made.flush());
    if (identity.made.peek() || storage.get("contact")) void identity.need().then((made) => made.flush());
  }

  /** Tells how far the visitor has read, while they look. */
  function read() {
    const conversation = thread.conversation.peek();
    const { id, head } = conversation ?? {};
    if (!conversation || !id || !head || !watching.peek() || head.talk <= conversation.read.visitor || !link()?.up)
      return;
    log.read(id, head.talk);
    void link()?.send({ type: "read", conversation: id, seq: head.talk });
  }

  const app = {
    config,
    http,
    storage,
    link,
    locale,
    say,
    mode,
    place,
    draft,
    announcer,
    site,
    suggestions,
    reader,
    session,
    identity,
    log,
    outbox,
    thread,
    typing,
    outcome,
    pulses,
    tracked,
    /** Whether the agent of the conversation in view is there; the whole team's state, where that is all we know. */
    agentPresent: computed(() => {
      const conversation = thread.conversation.value;
      const value = pulses.value.presence;
      if (value?.conversation !== conversation?.id) return session.availability.value?.state !== "away";
      return value?.agents.some(({ id }) => id === conversation?.assignee?.id) ?? false;
    }),
    /** Rises whenever the composer should be focused. */
    focus,
    availability: computed(() => session.availability.value ?? site.config.value?.availability),
    /** What Home offers, for the page and for what stands in the composer; nothing before somebody sees it. */
    suggest() {
      if (!place.open.peek() || place.current.peek().view !== "home") return;
      suggestions.refresh();
      suggestions.type(draft.text.peek());
    },
    watch(looks: boolean) {
      watching.value = looks;
      read();
    },
    /** Sends what stands in the composer to a person. */
    send() {
      const text = draft.text.peek().trim();
      const files = draft.files.peek();
      if ((!text && !files[0]) || [...text].length > TEXT_LIMIT) return;
      const { view } = place.current.peek();
      const answer = suggestions.answer.peek();
      const { url, title } = ports.page();
      outbox.send({
        conversation: thread.target(view !== "chat"),
        text,
        ...(files[0] && { files }),
        page: { url: url.slice(0, 2048), title: title.slice(0, 300) },
        locale: locale.peek(),
        session: storage.get("session"),
        tracked: tracked.splice(0),
        ...(view === "home" &&
          answer && {
            asked: { q: answer.q.slice(0, 1000), shown: answer.found.map(({ id }) => id) as never[] },
          }),
      });
      draft.set("");
      draft.files.value = [];
      suggestions.type("");
      typing.stopped();
      place.go({ view: "chat" });
      session.start();
    },
    /** Goes to the conversation, to read or to write. */
    chat(id?: string) {
      if (id && id !== thread.current.peek()) {
        thread.show(id);
        outcome.made.peek()?.reset();
      }
      place.go({ view: "chat" });
      session.start();
    },
    /** Something happened that may have brought the connection back: looks for what was missed (D8). */
    wake() {
      session.wake();
      const id = thread.current.peek();
      if (id && link()?.up) void log.sync(id);
      void outbox.flush();
      catchUp();
      read();
    },
    leave: () => tabs.made.peek()?.leave(),
    /** The visitor starts over as somebody new, with what they have not sent yet. */
    startOver() {
      for (const key of ["token", "epoch", "current"]) storage.remove(key);
      log.forget();
      thread.show(outbox.moveAll());
      session.again();
    },
    /** English sentences of a part that came later; another language has them already. */
    learn(sentences: Sentences) {
      if (!learned.peek().includes(sentences)) learned.value = [...learned.peek(), sentences];
    },
    speak(to: Locale, sentences: Sentences) {
      locale.value = to;
      own.value = sentences;
    },
    dispose() {
      for (const part of [suggestions, announcer, typing, outbox, log, session]) part.dispose();
      tabs.made.peek()?.close();
      outcome.made.peek()?.dispose();
    },
  };
  return app;
}

export type App = ReturnType<typeof createApp>;

/** A model that comes when it is needed. `need` may be called at every need; a failed loading is tried again then. */
function later<T>(load: () => Promise<T>) {
  const made = signal<T | undefined>(undefined);
  let loading: Promise<T> | undefined;
  return {
    made,
    need(): Promise<T> {
      loading ??= load().then(
        (model) => {
          made.value = model;
          return model;
        },
        (error) => {
          loading = undefined;
          throw error;
        },
      );
      return loading;
    },
  };
}
