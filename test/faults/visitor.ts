import { setTimeout as sleep } from "node:timers/promises";
import type {
  Command,
  ConversationId,
  Event,
  EventId,
  Fault,
  Hello,
  VisitorCommand,
  VisitorHello,
} from "../../protocol/index.ts";
import { mintId } from "../../server/store/ids.ts";
import { createStorage } from "./browser.ts";
import { type Connection, createConnection } from "./connection.ts";
import type { History } from "./history.ts";
import type { Random } from "./random.ts";
import type { StageSite } from "./stage.ts";

/* A visitor in a browser: one outbox for all tabs, kept through reloads, emptied in order under the ids it began with. */

const BACK_OFF_MS = 200;
/** A person reads that they were signed out, and presses the button: the widget does nothing by itself. */
const READS_MS = [500, 2_000] as const;

export interface Unsent {
  id: EventId;
  conversation: ConversationId;
  text: string;
}

export interface VisitorParts {
  name: string;
  url(): string;
  site: StageSite;
  history: History;
  random: Random;
  /** How many messages may be under way at once. */
  depth: number;
  transports?: readonly ("websocket" | "polling")[];
  replyAfterMs?: number;
}

export interface Visitor {
  readonly name: string;
  readonly site: StageSite;
  readonly tabs: readonly Connection[];
  /** Every visitor that this browser has been to the server. */
  readonly ids: ReadonlySet<string>;
  readonly unsent: readonly Unsent[];
  readonly token: string | undefined;
  current(): ConversationId | undefined;
  write(text: string): void;
  /** From now on, what is written begins a conversation of its own, where none is open. */
  startAnew(): void;
  flush(): void;
  openTab(): void;
  closeTab(): void;
  /** The page is gone in the middle of whatever it did, and comes again. */
  reload(): Promise<void>;
  /** Away for a while; what is written meanwhile waits. */
  offline(forMs: number): Promise<void>;
  send(command: VisitorCommand): Promise<unknown>;
  close(): void;
}

/** What is compared with the log in the end. */
export type Watched = Pick<Visitor, "name" | "ids" | "tabs" | "unsent">;

export function createVisitor(parts: VisitorParts): Visitor {
  const { name, site, history, random } = parts;
  const storage = createStorage();
  const ids = new Set<string>();
  let tabs: Connection[] = [];
  let page = 0;
  let running = false;
  let closed = false;
  /** By `performance.now()`: until then the browser has no network. */
  let awayUntil = 0;
  let signedOut: ReturnType<typeof setTimeout> | undefined;

  const kept: { epoch?: string | undefined } = {};
  let token: string | undefined;
  let current: ConversationId | undefined;
  let outbox: Unsent[] = [];
  let acknowledged: Unsent[] = [];

  const save = () => {
    storage.set("token", token ?? null);
    storage.set("epoch", kept.epoch ?? null);
    storage.set("current", current ?? null);
    storage.set("outbox", outbox);
    storage.set("acknowledged", acknowledged);
  };
  const load = () => {
    token = storage.get<string | null>("token") ?? undefined;
    kept.epoch = storage.get<string | null>("epoch") ?? undefined;
    current = storage.get<ConversationId | null>("current") ?? undefined;
    outbox = storage.get<Unsent[]>("outbox") ?? [];
    acknowledged = storage.get<Unsent[]>("acknowledged") ?? [];
  };

  const connect = (): Connection => {
    let used: string | undefined;
    const connection: Connection = createConnection({
      person: name,
      namespace: "visitor",
      url: parts.url(),
      history,
      random,
      origin: site.origin,
      ...(parts.transports && { transports: parts.transports }),
      ...(parts.replyAfterMs !== undefined && { replyAfterMs: parts.replyAfterMs }),
      kept,
      streams: ["talk"],
      auth(views) {
        used = token;
        const since = Object.fromEntries([...views].map(([id, view]) => [id, view.talk.length]));
        return { v: 1, site: site.key, ...(token !== undefined && { token }), since };
      },
      sync: (conversation, _, after): VisitorCommand => ({ type: "sync", conversation, after }),
      *heads(hello: Hello) {
        for (const { id, head } of (hello as VisitorHello).conversations) yield [id, "talk", head.talk];
      },
      follows: () => true,
      greeted(hello) {
        const { token: fresh, visitor } = hello as VisitorHello;
        if (fresh !== undefined) token ??= fresh;
        if (fresh !== undefined && token !== fresh) {
          // Another tab became somebody first: we are the same person.
          connection.offline();
          return connection.online();
        }
        ids.add(visitor.id);
        save();
        void run();
      },
      forgot(conversation) {
        offerAgain(conversation);
        void run();
      },
      unauthorized() {
        // Another tab became somebody meanwhile: we are the same person.
        if (token !== used) return connection.anew();
        signedOut ??= setTimeout(startOver, random.between(...READS_MS));
      },
    });
    return connection;
  };

  /** As somebody new, with what was not sent in a conversation of its own; the other tabs are closed. */
  const startOver = () => {
    signedOut = undefined;
    token = undefined;
    current = outbox.length > 0 ? mintId<ConversationId>() : undefined;
    outbox = outbox.map((one) => ({ ...one, conversation: current ?? one.conversation }));
    save();
    const [first, ...rest] = tabs;
    for (const tab of rest) tab.close();
    tabs = first ? [first] : [];
    if (!closed) first?.anew();
  };

  /** What was acknowledged may be gone with the log it was acknowledged from: again, under the old ids (D10). */
  const offerAgain = (conversation?: ConversationId) => {
    const offered = acknowledged.filter((one) => conversation === undefined || one.conversation === conversation);
    const known = new Set(outbox.map(({ id }) => id));
    outbox = [...offered.filter(({ id }) => !known.has(id)), ...outbox];
    acknowledged = acknowledged.filter((one) => !offered.includes(one));
    save();
  };

  const run = async () => {
    if (running || closed) return;
    running = true;
    const ours = page;
    while (outbox.length > 0 && !closed) {
      const tab = tabs.find(({ up }) => up);
      // Who has no token yet is not the same person on the next connection.
      if (!tab || token === undefined) break;
      const batch = outbox.slice(0, parts.depth);
      const replies = await Promise.all(batch.map((message) => tab.send({ type: "post", ...message } as Command)));
      if (ours !== page) return;
      let fault: Fault | undefined;
      for (const [index, reply] of replies.entries()) {
        const message = batch[index] as Unsent;
        if (reply.ok && reply.event) settle(message, reply.event);
        else if (!reply.ok && reply.fault.retry === "never") drop(message.id);
        else if (!reply.ok) fault ??= reply.fault;
      }
      if (fault) await sleep((fault.afterMs ?? BACK_OFF_MS) * (0.5 + random.next() / 2));
      if (ours !== page) return;
    }
    running = false;
  };

  const drop = (id: EventId) => {
    outbox = outbox.filter((one) => one.id !== id);
    save();
  };

  const settle = (message: Unsent, event: Event) => {
    outbox = outbox.filter((one) => one.id !== message.id);
    acknowledged.push({ ...message, conversation: event.conversation });
    // It may have gone to the one that was open: what follows goes there too.
    if (event.conversation !== message.conversation) {
      for (const later of outbox)
        if (later.conversation === message.conversation) later.conversation = event.conversation;
    }
    if (current === message.conversation) current = event.conversation;
    save();
  };

  const visitor: Visitor = {
    name,
    site,
    ids,
    get tabs() {
      return tabs;
    },
    get unsent() {
      return outbox;
    },
    get token() {
      return token;
    },
    current: () => current,
    write(text) {
      current ??= mintId<ConversationId>();
      const { id, conversation } = history.write({
        person: name,
        id: mintId<EventId>(),
        type: "post",
        text,
        conversation: current,
      });
      outbox.push({ id, conversation, text });
      save();
      void run();
    },
    startAnew() {
      if (outbox.length === 0) current = undefined;
    },
    flush: () => void run(),
    openTab() {
      if (closed || (tabs.length > 0 && token === undefined)) return;
      const tab = connect();
      if (performance.now() < awayUntil) tab.offline();
      tabs = [...tabs, tab];
    },
    closeTab() {
      const [first, ...rest] = tabs;
      if (rest.length === 0) return;
      first?.close(random.chance(0.5));
      tabs = rest;
    },
    async reload() {
      page += 1;
      running = false;
      for (const tab of tabs) tab.close(true);
      tabs = [];
      await sleep(random.between(10, 100));
      load();
      visitor.openTab();
    },
    async offline(forMs) {
      const until = performance.now() + forMs;
      if (until < awayUntil) return;
      awayUntil = until;
      for (const tab of tabs) tab.offline();
      await sleep(forMs);
      if (awayUntil === until) for (const tab of tabs) if (!tab.closed) tab.online();
    },
    async send(command) {
      return tabs.find(({ up }) => up)?.send(command);
    },
    close() {
      closed = true;
      clearTimeout(signedOut);
      for (const tab of tabs) tab.close();
    },
  };
  visitor.openTab();
  return visitor;
}
