import type {
  Conversation,
  ConversationId,
  Event,
  EventId,
  Reply,
  VisitorCommand,
  VisitorHello,
} from "../../protocol/index.ts";
import { createLink } from "../../protocol/link.ts";
// biome-ignore lint/style/noRestrictedImports: only tests import this file
import { createPair, type Pair } from "../../test/support/pair.ts";
import { type App, createApp } from "../app.ts";
import { createDesk, type Desk } from "../desk.ts";
import type { Http } from "../http.ts";
import type { Auth, VisitorLink } from "../models/session.ts";
import { createStorage, type Storage } from "../storage.ts";
import { uuid7 } from "../uuid7.ts";

/*
 * A visitor's app on one end of a hand-flushed pair, and at the other a counter clerk: a log in memory that answers what
 * the test lets through.
 */

const AT = "2026-03-01T10:00:00.000Z";
export const AGENT = { kind: "agent" as const, id: uuid7(), name: "Mara Lindqvist" };
const VISITOR = { kind: "visitor" as const, id: uuid7() };

export type Answer = (command: VisitorCommand) => Reply | undefined;

export interface Counter {
  app: App;
  desk: Desk;
  pair: Pair;
  /** Every command that arrived, in order. */
  heard: VisitorCommand[];
  auths: Auth[];
  log: Event[];
  /** What the page was told. */
  told: string[];
  /** Decides replies; by default it keeps posts in `log` and answers syncs from it. */
  answer: Answer;
  /** Stores an event without telling anybody; `push` tells. */
  store(event: Partial<Event> & Pick<Event, "type">): Event;
  push(event: Event): void;
  hello(more?: Partial<VisitorHello>): void;
  /** Lets everything through, both ways, until nothing waits. */
  settle(): Promise<void>;
}

export interface Given {
  storage?: Storage;
  http?: Partial<Http>;
  conversation?: string;
  /** Named, it has other tabs. */
  site?: string;
  /** What talks to a person comes when this does; without it, it is here from the start. */
  comes?: () => Promise<void>;
}

export function createCounter(given: Given = {}): Counter {
  const pair = createPair();
  const link = createLink(pair.client) as VisitorLink;
  const told: string[] = [];
  const auths: Auth[] = [];
  const id = (given.conversation ?? uuid7()) as ConversationId;
  const storage = given.storage ?? createStorage("pk_test", true, memory());
  const ports = {
    storage,
    http: given.http as Http,
    connect: (_host: string, auth: () => Auth) => {
      const open = () => {
        auths.push(auth());
        pair.connect();
      };
      const again = () => {
        pair.cut();
        open();
      };
      return { link, open, again, close: pair.cut };
    },
    loadReader: () => import("../models/reader.ts"),
    loadTyping: () => import("../models/typing.ts"),
    loadOutcome: () => import("../models/outcome.ts"),
    // A turn is given by a promise: what is flushed by hand, step by step, is a tab on its own.
    loadTabs: () => (given.site ? import("../models/outbox-tabs.ts") : new Promise<never>(() => {})),
    page: () => ({ url: "https://shop.test/", title: "Shop" }),
    tell: (name: string) => told.push(name),
    dress: () => {},
  };
  const options = { site: given.site ?? "pk_test" };
  const app = createApp(
    { host: "https://desk.test", options, locale: "en" },
    {
      ...ports,
      async loadDesk() {
        await given.comes?.();
        return { createDesk: () => desk, connect: ports.connect };
      },
    },
  );
  const desk: Desk = createDesk(app, ports);
  if (!given.comes) app.desk.made.value = desk;
  const counter: Counter = {
    app,
    desk,
    pair,
    heard: [],
    auths,
    log: [],
    told,
    answer(command) {
      if (command.type === "post") {
        const before = counter.log.find((event) => event.id === command.id);
        const event =
          before ??
          counter.store({
            type: "posted",
            id: command.id,
            conversation: command.conversation,
            by: VISITOR,
            text: command.text,
          });
        return before ? { ok: true, event, again: true } : { ok: true, event };
      }
      if (command.type === "sync") {
        const events = counter.log.filter(({ seq }) => seq > command.after);
        return { ok: true, events, head: counter.log.length, more: false };
      }
      return { ok: true };
    },
    store(event) {
      const stored = {
        conversation: id,
        stream: "talk",
        id: uuid7() as EventId,
        at: AT,
        by: AGENT,
        ...event,
        seq: counter.log.length + 1,
      } as Event;
      counter.log.push(stored);
      return stored;
    },
    push: (event) => void pair.server.emit("event", event),
    hello(more = {}) {
      pair.server.emit("hello", {
        v: 1,
        now: AT,
        epoch: "one",
        visitor: { id: VISITOR.id, verified: false },
        availability: { state: "online", agents: [] },
        conversations: [],
        events: [],
        ...more,
      });
      pair.flush("down");
    },
    async settle() {
      for (let idle = 0; idle < 3; ) {
        await new Promise((turn) => setTimeout(turn));
        idle = pair.flush("up") + pair.flush("down") > 0 ? 0 : idle + 1;
      }
    },
  };
  pair.server.on("command", ((command: VisitorCommand, reply: (answer: Reply) => void) => {
    counter.heard.push(command);
    const answer = counter.answer(command);
    if (answer) reply(answer);
  }) as never);
  return counter;
}

/** A snapshot of a conversation at the head of `log`. */
export function snapshot(log: readonly Event[], more: Partial<Conversation> = {}): Conversation {
  return {
    id: log[0]?.conversation as ConversationId,
    site: uuid7() as Conversation["site"],
    status: "open",
    episode: 1,
    openedAt: AT,
    updatedAt: AT,
    head: { talk: log.length },
    read: { visitor: 0, agents: 0 },
    ...more,
  };
}

/** A page's storage, in memory. */
export function memory(): globalThis.Storage {
  const kept: Record<string, string> = {};
  return Object.defineProperties(kept, {
    getItem: { value: (key: string) => kept[key] ?? null },
    setItem: { value: (key: string, text: string) => Object.assign(kept, { [key]: text }) },
    removeItem: { value: (key: string) => Reflect.deleteProperty(kept, key) },
  }) as never;
}

/** What is shown of the conversation, message by message: text and delivery. */
export function shown({ desk }: Counter): string[] {
  return desk.thread.items.value.flatMap((item) =>
    item.kind === "message" ? [`${item.text}${item.delivery ? ` (${item.delivery})` : ""}`] : [],
  );
}
