import { vi } from "vitest";
import type { AgentId, ConversationId, EventId } from "../../protocol/index.ts";
import type { AgentActor } from "../../server/desk/actors.ts";
import { dayOf } from "../../server/desk/articles/heat-days.ts";
import { sessionId } from "../../server/desk/people/sessions.ts";
import { createPostOffice, type PostOffice } from "../../server/mail/post-office.ts";
import type { Parcel } from "../../server/mail/smtp.ts";
import { mintId } from "../../server/store/ids.ts";
import { countSearch } from "../../server/store/searches.ts";
import { HOME, type TestDesk } from "../support/desk.ts";
import type { HttpDesk } from "../support/http-desk.ts";

/*
 * What the walk acts on where that ends it or can be done once: made anew for each question, of the shop, so that a
 * refusal is about who asks and never about what is not there.
 */

type Visitor = Awaited<ReturnType<HttpDesk["welcome"]>>["visitor"];

/** The mail of the desk, and what the postman brought. */
export interface Office extends PostOffice {
  /** The subject of the newest letter to an address, once it is there. */
  letterTo(address: string): Promise<string>;
}

/** By the name of a place. `by` is who asks. */
export type Fresh = Readonly<Record<string, (by: AgentActor) => Promise<string>>>;

export function createFresh(desk: HttpDesk, office: Office, colleague: AgentActor, visitor: Visitor): Fresh {
  const { shop, owner } = desk;
  const inside = desk.desk;
  let made = 0;
  const named = (what: string) => `${what} ${++made}`;
  const article = async (more: object = {}) => {
    const body = { title: named("Article"), body: "It is.", locale: "en", visibility: "public", state: "published" };
    const asked = { as: owner.cookie, body: { ...body, ...more } };
    return (await desk.ask<{ id: string; group: string }>("POST", `/api/sites/${shop.id}/articles`, asked)).body;
  };
  const unanswered = async () => {
    const asked = { site: shop.key, day: dayOf(desk.clock.now()), locale: "en", text: named("Where is parcel") };
    return desk.store.write(async (db) => {
      await countSearch(db, asked);
      const newest = await db.plain.get<{ id: number }>("select max(id) as id from unanswered");
      return String(newest?.id);
    });
  };
  const sessionOf = async ({ key }: AgentActor) => sessionId((await inside.sessions.begin(key)).token);

  /** A code at an address of a visitor's own, as they would read it there. */
  const codeOf = async (whose: Visitor) => {
    // An hour has so many codes.
    desk.clock.advance(60 * 60_000);
    const address = `vera${++made}@home.example`;
    await office.sendCode(shop, whose, address, "en");
    const letter = await office.letterTo(address);
    return /\b\d{6}\b/.exec(letter)?.[0] ?? "no code came";
  };

  const newTalk = async () => talkOf(desk, (await desk.welcome()).visitor, colleague.id);

  return {
    newArticle: async () => (await article()).id,
    newTranslation: async () => (await article({ locale: "de", group: (await article()).group })).id,
    newUnanswered: unanswered,
    async newQuestion() {
      const { id } = await article();
      await inside.searches.link(owner.actor, shop.id, [await unanswered()], id);
      return (await inside.learned.list(owner.actor, id))[0]?.id ?? "none was learned";
    },
    async newRevision() {
      const { id } = await article();
      const changed = { title: "Changed", body: "It was.", locale: "en" };
      await desk.ask("PUT", `/api/articles/${id}`, { as: owner.cookie, body: changed });
      return (await inside.revisions.list(owner.actor, id))[0]?.id ?? "none was kept";
    },
    async newCollection() {
      const asked = { as: owner.cookie, body: { name: named("Collection"), articles: [] } };
      return (await desk.ask<{ id: string }>("POST", `/api/sites/${shop.id}/collections`, asked)).body.id;
    },
    newName: async () => named("Name"),
    newAddress: async () => `new${++made}@desk.example`,
    newReply: async () => (await inside.replies.add(colleague, shop.id, { name: named("Reply"), text: "Welcome!" })).id,
    newColleague: async () => (await desk.hire(`Person${++made}`)).actor.id,
    newInvitation: async () => {
      const person = { email: `invited${++made}@desk.example`, name: "Ivy", role: "agent" as const, sites: [shop.id] };
      return (await inside.people.add(owner.actor, person)).invitation ?? "nobody was invited";
    },
    newKey: async () => {
      const sites = [shop.id];
      return (await inside.keys.make(owner.actor, { name: named("Program"), role: "agent", sites })).id;
    },
    newVisitor: async () => (await desk.welcome()).visitor.id,
    ownSession: sessionOf,
    colleagueSession: () => sessionOf(colleague),
    newCode: () => codeOf(visitor),
    async othersCode() {
      const others = await codeOf((await desk.welcome()).visitor);
      await codeOf(visitor);
      return others;
    },
    async unprovedTalk() {
      await inside.visitors.contact(visitor, { email: `somebody${++made}@home.example` });
      return talkOf(desk, visitor, colleague.id);
    },
    async provedTalk() {
      const { email } = await office.enter(visitor, await codeOf(visitor));
      await inside.visitors.contact(visitor, { email });
      return talkOf(desk, visitor, colleague.id);
    },
    ownTalk: () => talkOf(desk, visitor, colleague.id),
    newTalk,
    async newAnswer() {
      const conversation = await newTalk();
      const text = "It is on its way, and the carrier's page says where it is at this moment.";
      const reply = {
        type: "post",
        conversation,
        id: mintId<EventId>(),
        text,
        seen: 500,
      } as const;
      await inside.asAgent.execute(owner.actor, reply);
      return conversation;
    },
  };
}

/** A conversation of the shop that an agent has, with a message of the visitor's: the one that is open, where one is. */
export async function talkOf(desk: HttpDesk, visitor: Visitor, agent: AgentId): Promise<ConversationId> {
  const minted = mintId<ConversationId>();
  const post = { type: "post", conversation: minted, id: mintId<EventId>(), text: "Where is my parcel?" } as const;
  const reply = await desk.desk.asVisitor.execute(visitor, post);
  const conversation = (reply.ok && "event" in reply && reply.event?.conversation) || minted;
  if (conversation === minted)
    await desk.desk.asAgent.execute(desk.owner.actor, { type: "assign", conversation, agent, was: null });
  return conversation;
}

/** Mail that goes no further than here. */
export function createOffice({ desk, store, clock, errors }: TestDesk): Office {
  const letters = new Map<string, string>();
  const carrier = {
    from: "desk@desk.example",
    send: async ({ to, letter }: Parcel) => void letters.set(to, letter.subject),
    close() {},
  };
  const { sites } = desk;
  const log = (error: unknown) => void errors.push(error);
  const office = createPostOffice({ store, clock, sites, carrier, home: () => HOME, log });
  return {
    ...office,
    async letterTo(address) {
      await vi.waitUntil(() => letters.has(address), { timeout: 10_000 });
      return letters.get(address) ?? "";
    },
  };
}
