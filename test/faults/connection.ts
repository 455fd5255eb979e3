import { io } from "socket.io-client";
import type { Command, ConversationId, Event, Fault, Hello, Reply, ServerPulse, Stream } from "../../protocol/index.ts";
import type { Emitter } from "../../protocol/link.ts";
import { createLink } from "../../protocol/link.ts";
import { createEars } from "./ears.ts";
import type { History, Op } from "./history.ts";
import { createPushCounter, emptyView, type PushCounter, place, type View } from "./place.ts";
import type { Random } from "./random.ts";

/*
 * One socket of somebody who keeps the protocol's rules over a bad line: greets with `since`, finds holes, mends them,
 * believes the heads, and forgets what another epoch knows better.
 */

const RECONNECT_MS = 100;
const RECONNECT_TO_MS = 1_000;
const RETRY_MS = 300;
/**
 * Socket.IO's client does not hear a line break between the upgrade and the first packet: only this ends its waiting. By
 * itself it waits 20 s, longer than anybody may stay behind (D8).
 */
const CONNECTS_WITHIN_MS = 6_000;

export interface ConnectionParts {
  person: string;
  namespace: "visitor" | "agent";
  url: string;
  history: History;
  random: Random;
  origin?: string;
  transports?: readonly ("websocket" | "polling")[];
  replyAfterMs?: number;
  streams: readonly Stream[];
  auth(views: ReadonlyMap<ConversationId, View>): object;
  sync(conversation: ConversationId, stream: Stream, after: number): Command;
  /** Where the streams stood when this greeting was made, as far as it says; those are pushed from there on. */
  heads(hello: Hello): Iterable<[ConversationId, Stream, number]>;
  /** Whether what is pushed here belongs into a view. */
  follows(conversation: ConversationId): boolean;
  greeted(hello: Hello): void;
  pulsed?(pulse: ServerPulse): void;
  /** The epoch that this person knew last, kept through reloads. */
  kept: { epoch?: string | undefined };
  /** The log is another one than was known: what was acknowledged is to be offered again (D10). */
  forgot(conversation?: ConversationId): void;
  /** The token is none any more; nothing is tried until somebody does something about it. */
  unauthorized(): void;
}

export interface Connection {
  readonly views: Map<ConversationId, View>;
  /** Connected and greeted. */
  readonly up: boolean;
  readonly closed: boolean;
  /** Where the newest unbroken connection was pushed to. */
  readonly pushes: PushCounter;
  /** The socket underneath, for trials that do it harm. */
  readonly socket: ReturnType<typeof io>;
  send(command: Command): Promise<Reply>;
  typing(conversation: ConversationId, on: boolean): void;
  mend(conversation: ConversationId): Promise<void>;
  view(conversation: ConversationId): View;
  forget(conversation: ConversationId): void;
  /** Away, as without a network; `online` ends it. */
  offline(): void;
  online(): void;
  /** Connects as somebody else, who has seen nothing. */
  anew(): void;
  /** For ever. `rudely`: as when the browser is killed. */
  close(rudely?: boolean): void;
}

export function createConnection(parts: ConnectionParts): Connection {
  const { person, history, random } = parts;
  const views = new Map<ConversationId, View>();
  const mending = new Set<ConversationId>();
  const early: Event[] = [];
  const ears = createEars(person, parts.namespace, history);
  /** When this connection asked to be greeted. */
  let askedIn = 0;
  let greeted = false;
  let closed = false;
  let away = false;
  let epoch: string | undefined;
  let pushes = createPushCounter(lostPush);
  /** How the newest connection ended, in Socket.IO's words. */
  let cutBy: string | undefined;

  const socket = io(`${parts.url}/${parts.namespace}`, {
    auth(give) {
      askedIn = history.tick();
      give(parts.auth(views));
    },
    transports: [...(parts.transports ?? ["websocket"])],
    forceNew: true,
    reconnectionDelay: RECONNECT_MS,
    reconnectionDelayMax: RECONNECT_TO_MS,
    timeout: CONNECTS_WITHIN_MS,
    ...(parts.origin !== undefined && { extraHeaders: { origin: parts.origin } }),
  });
  const link = createLink<Command, Hello>(socket as unknown as Emitter, parts.replyAfterMs);
  // Past all that is made of them: what a packet holds was told, whatever it is for.
  socket.io.on("open", () => socket.io.engine.on("message", (packet) => history.hearsay.listen(person, packet)));

  function lostPush(conversation: ConversationId, stream: Stream, seq: number) {
    const says = `${stream} ${seq} of ${conversation} was never pushed on a connection that stood`;
    history.doubts.push({ rule: "D16", person, says });
  }

  const view = (conversation: ConversationId) => {
    const known = views.get(conversation) ?? emptyView();
    views.set(conversation, known);
    return known;
  };

  const hear = (event: Event) => {
    history.hear(person, event);
    if (!parts.follows(event.conversation)) return;
    if (place(view(event.conversation), event) === "hole") void connection.mend(event.conversation);
  };

  const expectHead = (conversation: ConversationId, heads: { talk: number; desk?: number }) => {
    const known = views.get(conversation) ?? emptyView();
    if (known.talk.length > heads.talk || known.desk.length > (heads.desk ?? known.desk.length)) {
      // Ahead of the log (D10).
      if (!views.has(conversation)) return;
      history.heard.get(person)?.delete(conversation);
      connection.forget(conversation);
      parts.forgot(conversation);
      void connection.mend(conversation);
    } else if (known.talk.length < heads.talk || known.desk.length < (heads.desk ?? 0))
      void connection.mend(conversation);
  };

  link.on("hello", (hello) => {
    history.greeted(hello.epoch);
    ears.hello(hello, askedIn);
    for (const [conversation, stream, head] of parts.heads(hello)) pushes.from(conversation, stream, head);
    const another = parts.kept.epoch !== undefined && parts.kept.epoch !== hello.epoch;
    if (another) history.heard.delete(person);
    // What this page shows may be older than what the person knows: another tab was greeted first.
    const mine = [...views.keys()];
    if (epoch !== undefined && epoch !== hello.epoch) for (const conversation of mine) connection.forget(conversation);
    epoch = hello.epoch;
    parts.kept.epoch = epoch;
    greeted = true;
    for (const event of [...hello.events, ...early.splice(0)]) hear(event);
    parts.greeted(hello);
    if ("conversations" in hello) for (const { id, head } of hello.conversations) expectHead(id, { talk: head.talk });
    if (another) parts.forgot();
    // An agent's greeting tells only of what stands behind `since`.
    for (const conversation of mine) {
      if (parts.namespace === "agent" && !views.has(conversation) && parts.follows(conversation))
        void connection.mend(conversation);
    }
  });
  link.on("event", (event) => {
    pushes.pushed(event);
    // Pushes may come before the greeting, which alone says whether the log is still the one we know.
    if (greeted) hear(event);
    else early.push(event);
  });
  link.on("pulse", (pulse) => {
    ears.pulse(pulse);
    parts.pulsed?.(pulse);
    if (pulse.type !== "heads" || !greeted) return;
    if (pulse.epoch !== epoch) return void socket.disconnect().connect();
    for (const [id, head] of Object.entries(pulse.heads) as [ConversationId, { talk: number; desk?: number }][]) {
      if (parts.follows(id)) expectHead(id, head);
    }
  });
  socket.on("disconnect", (reason) => {
    cutBy = reason;
  });
  link.on("down", () => {
    greeted = false;
    early.length = 0;
    ears.down();
    pushes = createPushCounter(lostPush);
    // The carrier comes back by itself unless the server sent us away.
    if (!closed && !away && !socket.active) again(RETRY_MS);
  });
  link.on("refused", (error) => {
    const refused = error.data as Fault | undefined;
    if (socket.active || closed || away) return;
    if (refused?.code === "unauthorized") return parts.unauthorized();
    if (refused && refused.retry !== "after") {
      history.doubts.push({ rule: "D12", person, says: `was not let in: ${refused.code} ${refused.message}` });
    }
    again(refused?.afterMs ?? RETRY_MS);
  });

  const again = (afterMs: number) => {
    const timer = setTimeout(
      () => {
        if (!closed && !away) socket.connect();
      },
      afterMs * (0.5 + random.next()),
    );
    timer.unref();
  };

  const connection: Connection = {
    views,
    socket,
    get up() {
      return greeted && link.up;
    },
    get closed() {
      return closed;
    },
    get pushes() {
      return pushes;
    },
    view,
    async send(command) {
      const op: Op = history.invoke(person, command);
      const reply = await link.send(command);
      history.settle(op, reply);
      ears.reply(reply);
      if (op.outcome === "info" && !link.up && cutBy !== undefined) op.cutBy = cutBy;
      return reply;
    },
    typing(conversation, on) {
      history.hearsay.typing(person, conversation);
      link.pulse({ type: "typing", conversation, on });
    },
    async mend(conversation) {
      if (mending.has(conversation)) return;
      mending.add(conversation);
      for (const stream of parts.streams) {
        for (let more = true; more; ) {
          const reply = await connection.send(parts.sync(conversation, stream, view(conversation)[stream].length));
          if (!reply.ok) {
            if (reply.fault.retry === "after" && connection.up) later(conversation);
            break;
          }
          if (view(conversation)[stream].length > (reply.head ?? 0)) {
            mending.delete(conversation);
            return expectHead(conversation, { ...headsOf(conversation), [stream]: reply.head ?? 0 });
          }
          for (const event of reply.events ?? []) {
            history.hear(person, event);
            place(view(conversation), event);
          }
          more = reply.more === true;
        }
      }
      mending.delete(conversation);
    },
    forget(conversation) {
      views.delete(conversation);
    },
    offline() {
      away = true;
      socket.io.engine?.close();
      socket.disconnect();
    },
    online() {
      away = false;
      socket.connect();
    },
    anew() {
      views.clear();
      history.heard.delete(person);
      if (!away) socket.disconnect().connect();
    },
    close(rudely) {
      closed = true;
      if (rudely) socket.io.engine?.close();
      socket.disconnect();
    },
  };

  const headsOf = (conversation: ConversationId) => {
    const { talk, desk } = view(conversation);
    return { talk: talk.length, desk: desk.length };
  };
  const later = (conversation: ConversationId) => {
    setTimeout(() => void connection.mend(conversation), RETRY_MS).unref();
  };

  return connection;
}
