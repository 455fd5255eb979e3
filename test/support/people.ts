import {
  type Accepted,
  type AgentCommand,
  type AgentHello,
  type ConversationId,
  type Event,
  type EventId,
  refuse,
  type VisitorCommand,
  type VisitorHello,
} from "../../protocol/index.ts";
import { mintId } from "../../server/store/ids.ts";
import type { Wire } from "./carriers.ts";
import { HOME, SHOP, type Signed, type TestDesk } from "./desk.ts";
import { type Client, createClient } from "./people-client.ts";
import { begin, beginning, emptyView, headOf, take, type View } from "./people-view.ts";

/* The two who talk: a visitor whose outbox outlives the page, and an agent. Both keep the protocol's rules. */

/** One message that was written and is not acknowledged yet. */
export interface Unsent {
  id: EventId;
  conversation: ConversationId;
  text: string;
}

/** What a browser keeps of a visitor when the page is gone (D15). */
export interface Kept {
  token?: string;
  outbox: Unsent[];
  current?: ConversationId;
}

export interface Visitor extends Client<VisitorCommand, VisitorHello> {
  readonly kept: Kept;
  /** Writes a message: it stands in the outbox until it is acknowledged (D15). */
  write(text: string): Unsent;
  /** Sends what the outbox holds, one after the other (D5), until it is empty or the line is down. */
  flush(): Promise<void>;
  /** Writes and sends, and returns the event that acknowledged it. */
  say(text: string): Promise<Event>;
}

export interface Agent extends Client<AgentCommand, AgentHello> {
  /** Opens a conversation, so that its events are heard, and begins the view of it. */
  watch(conversation: ConversationId): Promise<Accepted>;
  /** Replies having seen all that is in view. */
  answer(conversation: ConversationId, text: string): Promise<Event>;
}

export interface PersonOptions {
  origin?: string | undefined;
  replyAfterMs?: number;
}

export interface VisitorOptions extends PersonOptions {
  kept?: Kept;
  site?: TestDesk["shop"];
}

export function createVisitor(wire: Wire, { shop }: TestDesk, options: VisitorOptions = {}): Visitor {
  const { kept = { outbox: [] }, site = shop, replyAfterMs } = options;
  const token = () => (kept.token === undefined ? {} : { token: kept.token });
  const client = createClient<VisitorCommand, VisitorHello>(wire, {
    dial: { namespace: "visitor", origin: "origin" in options ? options.origin : SHOP },
    auth(views) {
      const since = Object.fromEntries([...views].map(([id, view]) => [id, headOf(view, "talk")]));
      return { v: 1, site: site.publicKey, ...token(), since };
    },
    replyAfterMs,
    streams: ["talk"],
    sync: (conversation, _, after) => ({ type: "sync", conversation, after }),
    met(view, event) {
      if (event.seq === 1) view.conversation ??= beginning(event, site.id);
    },
    greeted(hello, views) {
      if (hello.token !== undefined) kept.token = hello.token;
      for (const { more, ...fresh } of hello.conversations) {
        const missed = hello.events.filter(({ conversation }) => conversation === fresh.id);
        const view = views.get(fresh.id);
        if (view?.conversation && !more) for (const event of missed) take(view, event);
        else {
          const begun = view ?? emptyView();
          views.set(fresh.id, begun);
          begin(begun, fresh, missed);
        }
      }
    },
  });

  let flushing = false;
  const visitor: Visitor = Object.create(client, {
    kept: { value: kept },
    write: {
      value(text: string) {
        const conversation = kept.current ?? mintId<ConversationId>();
        kept.current = conversation;
        const unsent: Unsent = { id: mintId<EventId>(), conversation, text };
        kept.outbox.push(unsent);
        return unsent;
      },
    },
    flush: {
      async value() {
        if (flushing) return;
        flushing = true;
        for (let next = kept.outbox[0]; next && client.up; next = kept.outbox[0]) {
          const reply = await client.send({ type: "post", ...next });
          // No answer says nothing about what became of it: the same again, under the same id (D2).
          if (!reply.ok && reply.fault.retry === "after") continue;
          kept.outbox.shift();
          if (!reply.ok) throw new Error(`Not posted: ${reply.fault.code} ${reply.fault.message}`);
          // It may have gone to the conversation that was open: what follows goes there too.
          const { conversation } = reply.event ?? next;
          kept.current = conversation;
          for (const later of kept.outbox) later.conversation = conversation;
        }
        flushing = false;
      },
    },
    say: {
      async value(text: string) {
        const { id } = visitor.write(text);
        await visitor.flush();
        const said = () => visitor.events.find((event) => event.id === id);
        await client.until(said, `"${text}" to be heard`);
        return said();
      },
    },
  });
  return visitor;
}

export function createAgent(wire: Wire, { cookie }: Signed, options: PersonOptions = {}): Agent {
  const client = createClient<AgentCommand, AgentHello>(wire, {
    dial: { namespace: "agent", origin: "origin" in options ? options.origin : HOME, cookie },
    auth(views) {
      const place = (view: View) => ({ talk: headOf(view, "talk"), desk: headOf(view, "desk") });
      return { v: 1, since: Object.fromEntries([...views].map(([id, view]) => [id, place(view)])) };
    },
    replyAfterMs: options.replyAfterMs,
    streams: ["talk", "desk"],
    sync: (conversation, stream, after) => ({ type: "sync", conversation, stream, after }),
    met() {},
    greeted(hello, views) {
      for (const event of hello.events) {
        const view = views.get(event.conversation);
        if (view) take(view, event);
      }
    },
  });

  const agent: Agent = Object.create(client, {
    watch: {
      async value(conversation: ConversationId) {
        const reply = await client.send({ type: "open", conversation });
        if (!reply.ok) return refuse(reply.fault.code, reply.fault.message);
        const view = client.views.get(conversation) ?? emptyView();
        client.views.set(conversation, view);
        if (reply.conversation) begin(view, reply.conversation, reply.events ?? []);
        return reply;
      },
    },
    answer: {
      async value(conversation: ConversationId, text: string) {
        const seen = headOf(client.view(conversation), "talk");
        const reply = await client.send({ type: "post", conversation, id: mintId<EventId>(), text, seen });
        if (!reply.ok || !reply.event) throw new Error(`Not answered: ${JSON.stringify(reply)}`);
        return reply.event;
      },
    },
  });
  return agent;
}
