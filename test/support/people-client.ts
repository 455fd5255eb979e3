import { setImmediate as turn } from "node:timers/promises";
import {
  type Command,
  type ConversationId,
  createLink,
  type Event,
  type Fault,
  type Hello,
  type Reply,
  type ServerPulse,
  type Stream,
} from "../../protocol/index.ts";
import type { Dial, Line, Wire } from "./carriers.ts";
import { emptyView, headOf, take, type View } from "./people-view.ts";

/** How long a test waits on a condition before it is lost. */
const WITHIN_MS = 15_000;

/** A client that keeps the protocol's rules and remembers all that it heard. */
export interface Client<C extends Command = Command, H extends Hello = Hello> {
  readonly line: Line;
  readonly up: boolean;
  /** The newest greeting. */
  readonly hello: H;
  readonly hellos: readonly H[];
  readonly events: readonly Event[];
  readonly pulses: readonly ServerPulse[];
  readonly views: Map<ConversationId, View>;
  /** Connects and waits for the greeting. */
  arrive(): Promise<H>;
  /** Connects and waits for the refusal. */
  knock(): Promise<Fault>;
  send(command: C): Promise<Reply>;
  typing(conversation: ConversationId, on: boolean): void;
  /** Waits on a condition, moving packets meanwhile. */
  until(condition: () => unknown, what?: string): Promise<void>;
  /** Fetches what the view lacks (D8). */
  mend(conversation: ConversationId): Promise<void>;
  pulsed<T extends ServerPulse["type"]>(type: T): Extract<ServerPulse, { type: T }>[];
  view(conversation: ConversationId): View;
}

export interface ClientParts<C extends Command, H extends Hello> {
  dial: Omit<Dial, "auth">;
  /** What the handshake brings, given what the client has. */
  auth(views: ReadonlyMap<ConversationId, View>): unknown;
  replyAfterMs?: number | undefined;
  sync(conversation: ConversationId, stream: Stream, after: number): C;
  /** Takes in what the greeting brings; `view` makes one where there is none. */
  greeted(hello: H, views: Map<ConversationId, View>): void;
  /** Begins the view of a conversation that was never heard of, where this client can. */
  met(view: View, event: Event): void;
  streams: readonly Stream[];
}

export function createClient<C extends Command, H extends Hello>(wire: Wire, parts: ClientParts<C, H>): Client<C, H> {
  const hellos: H[] = [];
  const events: Event[] = [];
  const pulses: ServerPulse[] = [];
  const refusals: Fault[] = [];
  const views = new Map<ConversationId, View>();
  const line = wire.dial({ ...parts.dial, auth: () => parts.auth(views) });
  const link = createLink<C, H>(line.emitter, parts.replyAfterMs);
  const mending = new Set<ConversationId>();

  const viewOf = (id: ConversationId): View => {
    const view = views.get(id) ?? emptyView();
    views.set(id, view);
    return view;
  };

  link.on("hello", (hello) => {
    hellos.push(hello);
    parts.greeted(hello, views);
  });
  link.on("event", (event) => {
    events.push(event);
    const view = viewOf(event.conversation);
    parts.met(view, event);
    if (take(view, event) === "hole" && view.conversation) void client.mend(event.conversation);
  });
  link.on("pulse", (pulse) => {
    pulses.push(pulse);
    if (pulse.type !== "heads") return;
    for (const [id, head] of Object.entries(pulse.heads) as [ConversationId, { talk: number; desk?: number }][]) {
      const view = viewOf(id);
      if (headOf(view, "talk") < head.talk || headOf(view, "desk") < (head.desk ?? 0)) void client.mend(id);
    }
  });
  link.on("refused", ({ data, message }) => {
    if (!isFault(data)) throw new Error(`Refused without a fault: ${message}`);
    refusals.push(data);
  });

  const client: Client<C, H> = {
    line,
    hellos,
    events,
    pulses,
    views,
    get up() {
      return link.up;
    },
    get hello() {
      return hellos.at(-1) ?? lost("no greeting yet");
    },
    async arrive() {
      const before = hellos.length;
      line.open();
      await client.until(() => hellos.length > before, "a greeting");
      return client.hello;
    },
    async knock() {
      const before = refusals.length;
      line.open();
      await client.until(() => refusals.length > before, "a refusal");
      return refusals.at(-1) ?? lost("no refusal");
    },
    async send(command) {
      let reply: Reply | undefined;
      void link.send(command).then((answer) => {
        reply = answer;
      });
      await client.until(() => reply, `a reply to ${JSON.stringify(command)}`);
      return reply ?? lost("no reply");
    },
    typing: (conversation, on) => link.pulse({ type: "typing", conversation, on }),
    async until(condition, what = String(condition)) {
      const end = performance.now() + WITHIN_MS;
      while (!condition()) {
        if (performance.now() > end) lost(`waited in vain for ${what}`);
        wire.pump();
        await turn();
      }
    },
    async mend(id) {
      if (mending.has(id)) return;
      mending.add(id);
      for (const stream of parts.streams) {
        for (let more = true; more; ) {
          const reply = await link.send(parts.sync(id, stream, headOf(viewOf(id), stream)));
          if (!reply.ok) break;
          for (const event of reply.events ?? []) {
            parts.met(viewOf(id), event);
            take(viewOf(id), event);
          }
          more = reply.more === true;
        }
      }
      mending.delete(id);
    },
    pulsed: <T extends ServerPulse["type"]>(type: T) =>
      pulses.filter((pulse): pulse is Extract<ServerPulse, { type: T }> => pulse.type === type),
    view: (id) => views.get(id) ?? lost(`no view of ${id}`),
  };
  return client;
}

function isFault(data: unknown): data is Fault {
  return typeof data === "object" && data !== null && "code" in data && "retry" in data;
}

function lost(what: string): never {
  throw new Error(what);
}
