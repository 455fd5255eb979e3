import { backOff } from "../protocol/back-off.ts";
import type { Event } from "../protocol/event.ts";
import type { Answered } from "../protocol/link.ts";
import type { ServerPulse } from "../protocol/pulse.ts";
import { givenName } from "../ui/initials.ts";
import { type App, type Ports, TEXT_LIMIT } from "./app.ts";
import { type Later, later } from "./later.ts";
import type { Identity } from "./models/identity.ts";
import { createLog, type Log } from "./models/log.ts";
import { createOutbox, type Outbox } from "./models/outbox.ts";
import type { Tabs } from "./models/outbox-tabs.ts";
import type { Outcome } from "./models/outcome.ts";
import { type Connect, createSession, type Session, type VisitorLink } from "./models/session.ts";
import { createThread, type Thread } from "./models/thread.ts";
import type { Typing } from "./models/typing.ts";
import { computed, type ReadonlySignal, type Signal, signal } from "./signals.ts";

/** The newest of each type: who of a conversation's agents is there, where one stands in line. */
type Pulses = { readonly [T in ServerPulse["type"]]?: Extract<ServerPulse, { type: T }> };

export interface Desk {
  link(): VisitorLink | undefined;
  session: Session;
  identity: Later<Identity>;
  log: Log;
  outbox: Outbox;
  thread: Thread;
  /** Comes with the first word that somebody types. */
  typing: Later<Typing>;
  /** Who types in the conversation in view: the name, "" where it is not known. */
  typist: ReadonlySignal<{ name: string } | undefined>;
  /** The visitor types in a chat, or emptied, sent or left what they typed. */
  typed(full: boolean): void;
  outcome: Later<Outcome>;
  pulses: Signal<Pulses>;
  /** Whether the agent of the conversation in view is there; the whole team's state, where that is all we know. */
  agentPresent: ReadonlySignal<boolean>;
  /** Whether the end of the conversation is in view. */
  watch(looks: boolean): void;
  /** Sends what stands in the composer. */
  post(): void;
  /** Goes to a conversation, or to the one that is under way. */
  show(id?: string): void;
  /** Something happened that may have brought the connection back: looks for what was missed (D8). */
  wake(): void;
  /** The page may be about to close. */
  leave(): void;
  /** Another tab has become somebody else: so is whoever writes here from now on (D9). */
  follow(): void;
  /** The visitor starts over as somebody new, or as whom another tab became, with what they have not sent yet. */
  startOver(): void;
  end(): void;
}

export type DeskPorts = Pick<Ports, "page" | "tell" | "loadTyping" | "loadOutcome" | "loadTabs"> & { connect: Connect };

/** All that a person is talked to with: the line, the log, what waits to be sent, and what follows from what happens. */
export function createDesk(app: App, ports: DeskPorts): Desk {
  const { config, http, storage, say, place, draft, announcer, suggestions, locale, focus, tracked } = app;
  const { tell, connect } = ports;
  const { host, options } = config;
  const identity = later<Identity>(async () => {
    const { createIdentity } = await import("./models/identity.ts");
    return createIdentity({ http, storage, session, backOff });
  });
  const session: Session = createSession({
    host,
    site: options.site,
    storage,
    connect,
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
    again: () => session.again(),
    sent: ({ id, conversation, text }) => tell("message:sent", { id, conversation, text }),
  });
  const thread = createThread({ storage, log, outbox, online: () => !session.offline.value });
  const typing = later<Typing>(async () => {
    const { createTyping } = await ports.loadTyping();
    return createTyping({ link, current: () => thread.current.peek() });
  });
  const typist = computed(() => {
    const other = typing.made.value?.other.value;
    return other && other.conversation === thread.conversation.value?.id ? other : undefined;
  });
  /** Loads what tells of typing. That somebody types is no word: where it cannot be told, it is not. */
  const needTyping = () => void typing.need().catch(() => {});
  function typed(full: boolean) {
    if (full) needTyping();
    typing.ifNeeded((typing) => typing.typed(full));
  }
  const pulses = signal<Pulses>({});
  const watching = signal(false);
  const outcome = later<Outcome>(async () => {
    const { createOutcome } = await ports.loadOutcome();
    const reopened = () => {
      focus.value += 1;
    };
    return createOutcome({ storage, thread, log, link, reopened });
  });
  const tabs = later<Tabs>(async () => {
    const { createTabs } = await ports.loadTabs();
    return createTabs({ host, site: options.site, storage, log, outbox, thread });
  });

  session.onLink((made) => {
    const { send } = made;
    // Files go before the message that carries them.
    made.send = (command): Promise<Answered> =>
      "files" in command ? import("./views/files.tsx").then((part) => part.deliver(app, command, send)) : send(command);
    made.on("event", log.place);
    made.on("pulse", (pulse) => {
      log.pulse(pulse);
      if (pulse.type === "typing") needTyping();
      typing.ifNeeded((typing) => typing.pulse(pulse));
      pulses.value = { ...pulses.value, [pulse.type]: pulse };
    });
  });
  /** As whom we were greeted. */
  let greeted: string | undefined;
  const startAnew = () => {
    log.forget();
    thread.show(outbox.moveAll());
  };
  session.onHello((hello) => {
    const { visitor, conversations } = hello;
    // Whom a site names takes the conversation along; of anybody else nothing is theirs (D9).
    if (greeted && greeted !== visitor.id && !conversations.some(({ id }) => id === thread.current.peek())) startAnew();
    greeted = visitor.id;
    log.hello(hello);
    thread.settle();
    tabs.need().then(outbox.flush, () => {});
    void outbox.flush();
    catchUp();
    read();
  });
  log.onEvent(hear);

  function hear(event: Event) {
    const { conversation } = event;
    if (event.by.kind === "agent") typing.ifNeeded((typing) => typing.forget());
    if (event.type === "posted" && event.by.kind === "agent") {
      announcer.say(
        `${givenName(event.by.name ?? say("agent.someone"))}: ${event.text || event.article?.title || event.files?.[0]?.name || ""}`,
      );
      tell("message:received", { id: event.id, conversation, text: event.text });
      // Who looks needs no bell.
      if (!watching.peek())
        import("./models/sound.ts").then(
          ({ ring }) => ring(storage, config.options.site),
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

  if (outbox.pending.peek().length > 0 || (storage.get("token") && storage.get("current"))) session.start();

  return {
    link,
    session,
    identity,
    log,
    outbox,
    thread,
    typing,
    typist,
    typed,
    outcome,
    pulses,
    agentPresent: computed(() => {
      const conversation = thread.conversation.value;
      const value = pulses.value.presence;
      if (value?.conversation !== conversation?.id) return session.availability.value?.state !== "away";
      return value?.agents.some(({ id }) => id === conversation?.assignee?.id) ?? false;
    }),
    watch(looks) {
      watching.value = looks;
      read();
    },
    post() {
      const text = draft.text.peek().trim();
      const files = draft.files.peek();
      if ((!text && !files[0]) || [...text].length > TEXT_LIMIT) return;
      const { view } = place.current.peek();
      const answer = suggestions.answer.peek();
      const { url, title } = ports.page();
      const read = app.reader.made.peek()?.read.splice(0);
      outbox.send({
        conversation: thread.target(view !== "chat"),
        text,
        ...(files[0] && { files }),
        page: { url: url.slice(0, 2048), title: title.slice(0, 300) },
        locale: locale.peek(),
        session: storage.get("session"),
        tracked: tracked.splice(0),
        // Also where an article that was opened led here.
        ...(answer && {
          asked: {
            q: answer.q.slice(0, 1000),
            shown: answer.found.map(({ id }) => id) as never[],
            ...(read?.[0] && { read: read as never[] }),
          },
        }),
      });
      draft.set("");
      if (files[0]) draft.hold([]);
      suggestions.type("");
      typed(false);
      place.go({ view: "chat" });
      session.start();
    },
    show(id) {
      if (id && id !== thread.current.peek()) {
        thread.show(id);
        outcome.made.peek()?.reset();
      }
      place.go({ view: "chat" });
      session.start();
    },
    wake() {
      session.wake();
      const id = thread.current.peek();
      if (id && link()?.up) void log.sync(id);
      outbox.wake();
      catchUp();
      read();
    },
    leave: () => tabs.made.peek()?.leave(),
    follow() {
      if (session.moved()) session.again();
    },
    startOver() {
      // A page that slept did not hear of another that had done so.
      if (!session.moved()) for (const key of ["token", "epoch", "current"]) storage.remove(key);
      startAnew();
      session.again();
    },
    end() {
      for (const part of [outbox, log, session]) part.dispose();
      for (const part of [typing, tabs, outcome, identity])
        part.ifNeeded((made: { dispose(): void }) => made.dispose());
    },
  };
}
