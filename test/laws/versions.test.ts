import { afterEach, describe, expect, test } from "vitest";
import { type Conversation, type ConversationId, type Event, type EventId, fault } from "../../protocol/index.ts";
import type { Draft } from "../../server/desk/conversations/log.ts";
import { append, SYSTEM } from "../../server/desk/conversations/log.ts";
import { findRecord } from "../../server/desk/conversations/posting.ts";
import { mintId } from "../../server/store/ids.ts";
import { type Counter, createCounter, shown, snapshot } from "../../widget/test/counter.ts";
import { HOME, SHOP } from "../support/desk.ts";
import { type HttpDesk, openHttpDesk } from "../support/http-desk.ts";
import { accepted, laws, refusedWith, type Setting, typesOf } from "./setting.ts";

/*
 * A page stays open for days, and what a site has pasted for years: an old client meets a new server, and where a server
 * was put back, a new client an old one. Within a version fields, types of events and commands may be added.
 */

/** What a later release might tell of: a type that nobody here knows, with fields that nobody here knows. */
const LATER = { type: "celebrated", confetti: { pieces: 12 } };

/** The same from a server of that release: stored, numbered and pushed as everything is. */
async function tellsLater({ desk }: Setting, conversation: ConversationId): Promise<void> {
  const { record, events } = await desk.store.write(async (db) => {
    const record = await findRecord(db, conversation, () => true);
    return { record, events: await append(db, record, SYSTEM, desk.clock.now(), [LATER as unknown as Draft]) };
  });
  desk.audience.stored(record, events);
}

laws("An old client of a new server", (setting) => {
  test("D4 D11 stays in step past an event of a type it does not know: no hole, and nothing to fetch", async () => {
    const vera = await setting.visitor();
    const ada = await setting.agent();
    const { conversation } = await vera.say("Is it my birthday?");
    accepted(await ada.watch(conversation));
    await tellsLater(setting, conversation);
    const answer = await ada.answer(conversation, "It is");
    await vera.until(() => vera.events.some(({ id }) => id === answer.id));
    await ada.until(() => ada.events.some(({ id }) => id === answer.id));
    const log = await setting.log(conversation);
    expect(typesOf(log.talk)).toEqual(["posted", "celebrated", "joined", "posted"]);
    for (const [one, fresh] of [
      [vera, log.forVisitor],
      [ada, log.forAgents],
    ] as const) {
      expect(one.view(conversation)).toMatchObject({ conversation: fresh, talk: log.talk, early: [] });
      // Once each, by push: nothing was asked for again.
      expect(one.events.filter(({ stream }) => stream === "talk").map(({ seq }) => seq)).toEqual(
        one === vera ? [1, 2, 3, 4] : [2, 3, 4],
      );
    }
  });

  test("D11 finds it in the greeting and in a sync as in the push", async () => {
    const vera = await setting.visitor();
    const { conversation } = await vera.say("Is it my birthday?");
    await tellsLater(setting, conversation);
    await vera.until(() => vera.events.length === 2);
    const { talk, forVisitor } = await setting.log(conversation);
    const again = await setting.tabOf(vera);
    expect(again.hello).toMatchObject({ conversations: [forVisitor], events: talk });
    expect(again.view(conversation).conversation).toEqual(vera.view(conversation).conversation);
    expect(accepted(await vera.send({ type: "sync", conversation, after: 0 }))).toMatchObject({
      events: talk,
      head: 2,
    });
  });
});

laws("A new client of an old server", (setting) => {
  const later = { confetti: 12, nested: { deep: [1] }, v: 9 };

  test("is understood where it says more than is known, and none of that is stored", async () => {
    const vera = await setting.visitor();
    const ada = await setting.agent();
    const conversation = mintId<ConversationId>();
    const post = { type: "post", conversation, id: mintId<EventId>(), text: "Hello" } as const;
    const { event } = accepted(await vera.send({ ...post, ...later } as typeof post));
    expect(event).toMatchObject({ seq: 1, text: "Hello" });
    expect(JSON.stringify((await setting.log(conversation)).talk)).not.toContain("confetti");
    // Nor does it make it another message.
    expect(accepted(await vera.send(post))).toEqual({ ok: true, event, again: true });
    accepted(await ada.watch(conversation));
    const tag = { type: "tag" as const, conversation, add: ["x"] };
    accepted(await ada.send({ ...tag, ...later } as typeof tag));
    const heard = ada.pulsed("typing").length;
    vera.line.emitter.emit("pulse", { type: "typing", conversation, on: true, ...later });
    await ada.until(() => ada.pulsed("typing").length > heard);
    expect(JSON.stringify(ada.pulses)).not.toContain("confetti");
  });

  test("is told `invalid` for a command that is not known, once, and goes on", async () => {
    const vera = await setting.visitor();
    const ada = await setting.agent();
    const { conversation } = await vera.say("Hello");
    const celebrate = { type: "celebrate", conversation, id: mintId() };
    for (const one of [vera, ada]) {
      expect(await one.send(celebrate as never)).toEqual({
        ok: false,
        fault: expect.objectContaining({ code: "invalid", retry: "never", field: "type" }),
      });
      expect(one.up).toBe(true);
      // A pulse of that kind is passed over.
      one.line.emitter.emit("pulse", { type: "confetti", conversation });
    }
    await vera.say("Still here");
    accepted(await ada.watch(conversation));
  });

  test("is let in where its handshake says more than is known, and told to reload where it speaks another version", async () => {
    const { cookie } = await setting.desk.hire("Ada");
    const site = setting.desk.shop.publicKey;
    const knock = async (namespace: "visitor" | "agent", auth: object) => {
      const origin = namespace === "visitor" ? SHOP : HOME;
      const handshake = { auth, origin, cookie, host: undefined, address: "::1" };
      const admitted = await setting.desk.gateway.admit(namespace, handshake);
      return "fault" in admitted ? { ok: false, fault: admitted.fault } : { ok: true };
    };
    for (const [namespace, auth] of [
      ["visitor", { v: 1, site }],
      ["agent", { v: 1 }],
    ] as const) {
      expect(await knock(namespace, { ...auth, ...later, v: 1 })).toEqual({ ok: true });
      for (const v of [0, 2, "1", 1.5, null])
        expect(await knock(namespace, { ...auth, v })).toMatchObject({
          ...refusedWith("unsupported-version"),
          fault: { retry: "reload" },
        });
    }
  });
});

describe("Over HTTP, a new client of an old server", () => {
  let desk: HttpDesk;
  afterEach(() => desk.close());

  test("is understood where it says more than is known, and told `invalid` for a command that is not known", async () => {
    desk = await openHttpDesk();
    const { token } = await desk.welcome();
    const ask = (path: string, body: object) =>
      desk.ask("POST", `/api/widget/${desk.shop.publicKey}${path}`, {
        headers: { origin: SHOP, authorization: `Bearer ${token}` },
        body,
      });
    const post = { type: "post", conversation: mintId(), id: mintId(), text: "Hello" };
    expect((await ask("/visitors", { token, confetti: 12 })).status).toBeLessThan(300);
    expect(await ask("/commands", { ...post, confetti: 12 })).toMatchObject({ status: 200, body: { ok: true } });
    expect(await ask("/commands", { ...post, type: "celebrate" })).toMatchObject({ status: 400, fault: "invalid" });
  });
});

describe("An old widget at a new server", () => {
  let counter: Counter;
  afterEach(() => counter.app.dispose());

  test("D4 shows what it knows, stays in step past what it does not, and asks for nothing again", async () => {
    counter = createCounter();
    const id = counter.store({ type: "posted", text: "1", ...({ confetti: 12 } as object) }).conversation;
    counter.store({ type: "celebrated" as Event["type"] });
    counter.desk.session.start();
    await counter.settle();
    const known = snapshot(counter.log, { mood: "festive" } as Partial<Conversation>);
    counter.hello({ conversations: [known], events: [...counter.log], ...({ motd: "x" } as object) });
    await counter.settle();
    counter.push(counter.store({ type: "celebrated" as Event["type"] }));
    counter.push(counter.store({ type: "posted", text: "4" }));
    counter.pair.server.emit("pulse", { type: "confetti", conversation: id });
    counter.pair.server.emit("celebration", {});
    counter.pair.server.emit("pulse", { type: "heads", epoch: "one", now: "", heads: { [id]: { talk: 4, later: 9 } } });
    await counter.settle();
    expect(shown(counter)).toEqual(["1", "4"]);
    expect(counter.desk.thread.conversation.value?.head.talk).toBe(4);
    expect(counter.heard).toEqual([]);
    expect(counter.told).not.toContain("error");
  });

  test("D15 that is told to reload keeps what was written, and does not knock again", async () => {
    counter = createCounter();
    counter.answer = () => undefined;
    counter.app.draft.set("Keep me");
    counter.app.send();
    await counter.settle();
    counter.pair.cut();
    counter.pair.refuse(fault("unsupported-version", "This server speaks version 2"));
    await counter.settle();
    expect(counter.desk.session.refused.value).toMatchObject({ code: "unsupported-version", retry: "reload" });
    const knocked = counter.auths.length;
    counter.desk.wake();
    await counter.settle();
    expect(counter.auths).toHaveLength(knocked);
    expect(counter.desk.outbox.pending.value.map(({ post, refused }) => [post.text, refused])).toEqual([
      ["Keep me", undefined],
    ]);
  });
});
