import { afterEach, beforeEach, describe, expect } from "vitest";
import type { Conversation, ConversationId, Event } from "../../protocol/index.ts";
import { fromRow, visitorView } from "../../server/desk/conversations/conversation-record.ts";
import { toEvent } from "../../server/desk/conversations/log.ts";
import type { Site } from "../../server/desk/sites/sites.ts";
import * as conversations from "../../server/store/conversations.ts";
import * as events from "../../server/store/events.ts";
import { toBytes } from "../../server/store/ids.ts";
import type { Store } from "../../server/store/port.ts";
import { type Carrier, carriers, type Wire } from "../support/carriers.ts";
import { openDesk, type TestDesk } from "../support/desk.ts";
import { type HeldStore, heldStore } from "../support/desk-held.ts";
import { type Agent, createAgent, createVisitor, type Visitor, type VisitorOptions } from "../support/people.ts";

/** A fresh desk for each test, and people who come to it over one carrier. */
export interface Setting {
  readonly desk: TestDesk;
  readonly wire: Wire;
  readonly store: HeldStore;
  /** A visitor who has arrived. */
  visitor(options?: VisitorOptions): Promise<Visitor>;
  /** An agent of the shop, unless told otherwise, who has arrived. */
  agent(name?: string, sites?: readonly Site[]): Promise<Agent>;
  /** Another connection of somebody who is here already. */
  tabOf(visitor: Visitor): Promise<Visitor>;
  /** What lies in the database, whatever anybody heard. */
  log(conversation: ConversationId): Promise<Log>;
}

export interface Log {
  talk: Event[];
  desk: Event[];
  /** As a fresh fetch shows it to each side. */
  forAgents: Conversation;
  forVisitor: Conversation;
}

/** Describes laws once and holds them over every carrier. */
export function laws(title: string, body: (setting: Setting) => void, over: readonly Carrier[] = carriers): void {
  describe.each(over)(`${title}, over $name`, (carrier) => {
    let desk: TestDesk;
    let wire: Wire;
    let store: HeldStore;
    beforeEach(async () => {
      store = heldStore();
      desk = await openDesk(store);
      wire = await carrier.serve(desk);
    });
    afterEach(async () => {
      store.release();
      await wire.close();
      await desk.close();
      // Whatever a test did to it, nothing broke inside.
      expect(desk.errors).toEqual([]);
    });

    const setting: Setting = {
      get desk() {
        return desk;
      },
      get wire() {
        return wire;
      },
      get store() {
        return store;
      },
      async visitor(options) {
        const visitor = createVisitor(wire, desk, options);
        await visitor.arrive();
        return visitor;
      },
      async agent(name = "Ada", sites) {
        const agent = createAgent(wire, await desk.hire(name, sites));
        await agent.arrive();
        return agent;
      },
      tabOf: ({ kept: { token, current } }) =>
        setting.visitor({
          kept: { outbox: [], ...(token !== undefined && { token }), ...(current !== undefined && { current }) },
        }),
      log: (conversation) => logOf(desk.store, conversation),
    };
    body(setting);
  });
}

/** Reads a conversation from the database. */
export function logOf(store: Store, conversation: ConversationId): Promise<Log> {
  return store.read(async (db) => {
    const row = await conversations.byUid(db, toBytes(conversation));
    if (!row) throw new Error(`No conversation ${conversation}`);
    const record = fromRow(row);
    const list = async (stream: number) => {
      const rows = await events.listAfter(db, record.key, stream, 0, 1_000_000);
      return rows.map((one) => toEvent(one, record));
    };
    return {
      talk: await list(events.STREAMS.talk),
      desk: await list(events.STREAMS.desk),
      forAgents: record.view,
      forVisitor: visitorView(record),
    };
  });
}

export function typesOf(list: readonly Event[] | undefined): string[] {
  return (list ?? []).map(({ type }) => type);
}

/** What a reply must be for a test to go on. */
export function accepted<R extends { ok: boolean }>(reply: R): Extract<R, { ok: true }> {
  if (!reply.ok) throw new Error(`Refused: ${JSON.stringify(reply)}`);
  return reply as Extract<R, { ok: true }>;
}

export function refusedWith(code: string) {
  return { ok: false, fault: { code } };
}
