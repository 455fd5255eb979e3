import { expect, test } from "vitest";
import type { ArticleId, ConversationId, EventId } from "../../protocol/index.ts";
import { mintId } from "../../server/store/ids.ts";
import type { Agent, Visitor } from "../support/people.ts";
import { accepted, laws, refusedWith, type Setting, typesOf } from "./setting.ts";

const HOUR_MS = 3_600_000;

async function begun(setting: Setting): Promise<{ vera: Visitor; ada: Agent; conversation: ConversationId }> {
  const vera = await setting.visitor();
  const ada = await setting.agent();
  const { conversation } = await vera.say("Hello");
  await ada.watch(conversation);
  return { vera, ada, conversation };
}

laws("An agent's reply", (setting) => {
  test("in an unassigned conversation takes it: `assigned`, `joined`, then `posted`", async () => {
    const { vera, ada, conversation } = await begun(setting);
    const reply = accepted(await ada.send({ type: "post", conversation, id: mintId(), text: "Good day", seen: 1 }));
    expect(typesOf(reply.events)).toEqual(["assigned", "joined", "posted"]);
    expect(reply.events?.map(({ stream, seq }) => [stream, seq])).toEqual([
      ["desk", 1],
      ["talk", 2],
      ["talk", 3],
    ]);
    const { id, name } = ada.hello.agent;
    expect(reply.event).toMatchObject({ type: "posted", by: { kind: "agent", id, name } });
    expect(reply.events?.[1]).toMatchObject({ agent: { id, name } });
    await vera.until(() => vera.view(conversation).talk.length === 3);
    expect(vera.view(conversation).conversation?.assignee).toEqual({ id, name });
    const next = accepted(await ada.send({ type: "post", conversation, id: mintId(), text: "How?", seen: 3 }));
    expect(next.events).toBeUndefined();
  });

  test("is stale where a colleague's message lies beyond what was seen, and nothing is stored", async () => {
    const { vera, ada, conversation } = await begun(setting);
    const ben = await setting.agent("Ben");
    const theirs = await ada.answer(conversation, "I have it");
    const post = { type: "post", conversation, id: mintId<EventId>(), text: "So do I", seen: 1 } as const;
    expect(await ben.send(post)).toEqual({
      ok: false,
      fault: { code: "stale", message: expect.any(String), retry: "never", events: [theirs] },
    });
    expect((await setting.log(conversation)).talk).toHaveLength(3);
    // One's own and the visitor's do not stand in the way.
    await vera.say("Thanks");
    accepted(await ada.send({ type: "post", conversation, id: mintId(), text: "Welcome", seen: 1 }));
    accepted(await ben.send({ ...post, seen: 5 }));
  });

  test("is refused where it is empty, or carries what there is not", async () => {
    const { ada, conversation } = await begun(setting);
    const post = (more: object) => ada.send({ type: "post", conversation, id: mintId(), text: "", seen: 1, ...more });
    expect(await post({})).toMatchObject(refusedWith("invalid"));
    expect(await post({ article: mintId() })).toMatchObject(refusedWith("not-found"));
    expect(await post({ text: "a", files: ["f"] })).toMatchObject(refusedWith("not-found"));
    expect(await post({ text: "a", seen: undefined })).toMatchObject(refusedWith("invalid"));
    expect((await setting.log(conversation)).desk).toEqual([]);
  });
});

laws("An agent's command", (setting) => {
  test("`note` is kept for agents only, with who is mentioned", async () => {
    const { ada, conversation } = await begun(setting);
    const mentions = [ada.hello.agent.id];
    const { event } = accepted(
      await ada.send({ type: "note", conversation, id: mintId(), text: "See order", mentions }),
    );
    expect(event).toMatchObject({ stream: "desk", seq: 1, type: "noted", text: "See order", mentions });
    expect(await ada.send({ type: "note", conversation, id: mintId(), text: " " })).toMatchObject(
      refusedWith("invalid"),
    );
  });

  test("`assign` tells the visitor who joined", async () => {
    const { vera, ada, conversation } = await begun(setting);
    const ben = await setting.agent("Ben");
    const reply = accepted(await ada.send({ type: "assign", conversation, agent: ben.hello.agent.id, was: null }));
    expect(typesOf(reply.events)).toEqual(["assigned", "joined"]);
    expect(reply.event).toMatchObject({ type: "assigned", agent: { name: "Ben" }, by: { name: "Ada" } });
    await vera.until(() => vera.view(conversation).conversation?.assignee?.name === "Ben");
  });

  test("`resolve` ends and asks; `reopen` begins the next episode; both again change nothing", async () => {
    const { ada, conversation } = await begun(setting);
    const ended = accepted(await ada.send({ type: "resolve", conversation }));
    expect(typesOf(ended.events)).toEqual(["resolved", "asked"]);
    expect(ended.event).toMatchObject({ episode: 1, by: { kind: "agent" } });
    expect(await ada.send({ type: "resolve", conversation })).toEqual({ ok: true, again: true, event: ended.event });
    const opened = accepted(await ada.send({ type: "reopen", conversation }));
    expect(opened.event).toMatchObject({ type: "reopened", episode: 2 });
    expect(opened.events).toBeUndefined();
    expect(await ada.send({ type: "reopen", conversation })).toEqual({ ok: true, again: true, event: opened.event });
    expect((await setting.log(conversation)).talk).toHaveLength(4);
  });

  test("`reopen` does not open a second one beside the one that is open", async () => {
    const { vera, ada, conversation } = await begun(setting);
    accepted(await ada.send({ type: "resolve", conversation }));
    accepted(await vera.send({ type: "post", conversation: mintId(), id: mintId(), text: "New" }));
    expect(await ada.send({ type: "reopen", conversation })).toMatchObject(refusedWith("invalid"));
  });

  test("`snooze` ends by the clock", async () => {
    const { vera, ada, conversation } = await begun(setting);
    const until = "2026-05-04T13:00:00.000Z";
    const reply = accepted(await ada.send({ type: "snooze", conversation, until: "2026-05-04T15:00:00+02:00" }));
    expect(reply.event).toMatchObject({ stream: "desk", type: "snoozed", until });
    expect(await ada.send({ type: "snooze", conversation, until })).toEqual({
      ok: true,
      again: true,
      event: reply.event,
    });
    expect(await ada.send({ type: "snooze", conversation, until: "2026-05-04T11:00:00Z" })).toMatchObject(
      refusedWith("invalid"),
    );
    expect(await ada.send({ type: "snooze", conversation, until: "soon" })).toMatchObject(refusedWith("invalid"));
    expect((await setting.log(conversation)).forAgents).toMatchObject({ status: "snoozed", snoozedUntil: until });
    expect((await setting.tabOf(vera)).hello.conversations[0]?.status).toBe("open");

    setting.desk.clock.advance(HOUR_MS - 1);
    expect(await setting.desk.desk.asAgent.wake()).toBe(0);
    setting.desk.clock.advance(1);
    // Both find it due; it wakes once.
    const { asAgent } = setting.desk.desk;
    expect(await Promise.all([asAgent.wake(), asAgent.wake()])).toEqual([1, 1]);
    expect(await asAgent.wake()).toBe(0);
    await ada.until(() => ada.view(conversation).conversation?.status === "open");
    const { desk } = ada.view(conversation);
    expect(desk.at(-1)).toMatchObject({ type: "woken", by: { kind: "system" } });
    expect((await setting.log(conversation)).forAgents.head.desk).toBe(desk.at(-1)?.seq);
    expect(desk.filter(({ type }) => type === "woken")).toHaveLength(1);
  });

  test("`snooze` ends by the visitor's next message, and by an end", async () => {
    const { vera, ada, conversation } = await begun(setting);
    const snooze = () => ada.send({ type: "snooze", conversation, until: "2026-06-01T00:00:00Z" });
    accepted(await snooze());
    await vera.say("Still here");
    let log = await setting.log(conversation);
    expect(typesOf(log.desk)).toEqual(["snoozed", "woken"]);
    expect(log.forAgents.status).toBe("open");
    accepted(await snooze());
    const ended = accepted(await ada.send({ type: "resolve", conversation }));
    expect(ended.event?.type).toBe("resolved");
    expect(typesOf(ended.events?.filter(({ stream }) => stream === "talk"))).toEqual(["resolved", "asked"]);
    log = await setting.log(conversation);
    expect(log.forAgents.status).toBe("resolved");
    expect(log.forAgents.snoozedUntil).toBeUndefined();
    expect(await snooze()).toMatchObject(refusedWith("invalid"));
    accepted(await ada.send({ type: "reopen", conversation }));
    accepted(await snooze());
    expect(accepted(await ada.send({ type: "reopen", conversation })).event).toMatchObject({ type: "woken" });
  });

  test("`tag` adds and removes; what holds already is stored once", async () => {
    const { ada, conversation } = await begun(setting);
    const tag = (add: string[] = [], remove: string[] = []) => ada.send({ type: "tag", conversation, add, remove });
    const first = accepted(await tag(["refund", "blue", "refund"]));
    expect(first.event).toMatchObject({ type: "tagged", add: ["refund", "blue"] });
    expect(await tag(["blue"], ["green"])).toEqual({ ok: true, again: true, event: first.event });
    expect(accepted(await tag(["late"], ["blue"])).event).toMatchObject({ add: ["late"], remove: ["blue"] });
    expect((await setting.log(conversation)).forAgents.tags).toEqual(["refund", "late"]);
    expect(await tag([" "])).toMatchObject(refusedWith("invalid"));
    expect(await tag(["x".repeat(51)])).toMatchObject(refusedWith("invalid"));
  });

  test("`edit` may leave an article without words, as `post` may send one", async () => {
    const { ada, conversation } = await begun(setting);
    const { owner, shop, desk } = setting.desk;
    const input = { title: "Open Sesame", body: "Say it.", locale: "en", visibility: "public", state: "published" };
    const made = await desk.articles.create(owner.actor, shop.id, input as never);
    const article = made.id as ArticleId;
    const post = { type: "post", conversation, id: mintId<EventId>(), text: "Like this:", article, seen: 9 } as const;
    const target = accepted(await ada.send(post)).event?.seq ?? 0;
    const edited = await ada.send({ type: "edit", conversation, target, text: "" });
    expect(accepted(edited).event).toMatchObject({ type: "edited", target, text: "" });
  });

  test("`edit` and `redact` change no visitor's message, though their rows bear the same number", async () => {
    const { desk, hire, welcome } = setting.desk;
    let [{ visitor }, { actor }] = [await welcome(), await hire("Namesake")];
    for (let n = 0; visitor.key !== actor.key; n++)
      if (visitor.key < actor.key) ({ visitor } = await welcome());
      else ({ actor } = await hire(`Namesake${n}`));
    const conversation = mintId<ConversationId>();
    const post = { type: "post", conversation, id: mintId<EventId>(), text: "My words" } as const;
    await desk.asVisitor.execute(visitor, post);
    for (const command of [{ type: "edit", text: "Other words" }, { type: "redact" }] as const) {
      const asked = desk.asAgent.execute(actor, { ...command, conversation, target: 1 });
      await expect(asked).rejects.toMatchObject({ fault: { code: "forbidden" } });
    }
  });

  test("`edit` and `redact` change one's own messages only, and a redacted text is nowhere", async () => {
    const { vera, ada, conversation } = await begun(setting);
    const ben = await setting.agent("Ben");
    const { seq } = await ada.answer(conversation, "Your code is Sesame");
    const edit = (text: string, by = ada) => by.send({ type: "edit", conversation, target: seq, text });
    expect(await edit("Mine now", ben)).toMatchObject(refusedWith("forbidden"));
    expect(await ada.send({ type: "edit", conversation, target: 1, text: "Hm" })).toMatchObject(
      refusedWith("forbidden"),
    );
    expect(await ada.send({ type: "edit", conversation, target: 2, text: "Hm" })).toMatchObject(
      refusedWith("not-found"),
    );
    expect(await edit(" ")).toMatchObject(refusedWith("invalid"));
    expect(await edit("Your code is Sesame")).toMatchObject({ ok: true, again: true, event: { type: "posted", seq } });
    const edited = accepted(await edit("Your code is Sesames"));
    expect(edited.event).toMatchObject({ type: "edited", target: seq, text: "Your code is Sesames" });
    expect(await edit("Your code is Sesames")).toEqual({ ok: true, again: true, event: edited.event });

    const redact = () => ada.send({ type: "redact", conversation, target: seq });
    const gone = accepted(await redact());
    expect(gone.event).toMatchObject({ type: "redacted", target: seq });
    expect(await redact()).toEqual({ ok: true, again: true, event: gone.event });
    expect(await edit("Once more")).toMatchObject(refusedWith("invalid"));
    await vera.until(() => vera.view(conversation).talk.at(-1)?.type === "redacted");
    expect(vera.view(conversation).conversation?.latest?.text).toBe("");
    const late = await setting.tabOf(vera);
    expect(JSON.stringify(late.hello)).not.toMatch(/sesam/i);
    expect(JSON.stringify(await setting.log(conversation))).not.toMatch(/sesam/i);
    const found = await ada.send({ type: "inbox", site: setting.desk.shop.id, view: "all", query: "sesam" });
    expect(found).toEqual({ ok: true, rows: [] });
  });

  test("D11 a visitor whose answer is taken back waits again, since they had; one who has another answer does not", async () => {
    const { vera, ada, conversation } = await begun(setting);
    const since = vera.view(conversation).talk[0]?.at;
    const waits = async () => (await setting.log(conversation)).forAgents.waitingSince;
    const redact = (target: number) => ada.send({ type: "redact", conversation, target });
    const waiting = async () => {
      const { rows = [] } = accepted(await ada.send({ type: "inbox", site: setting.desk.shop.id, view: "waiting" }));
      return rows.map(({ id }) => id);
    };
    setting.desk.clock.advance(HOUR_MS);
    const first = await ada.answer(conversation, "A moment");
    const second = await ada.answer(conversation, "Here it is");
    expect([await waits(), await waiting()]).toEqual([undefined, []]);
    expect(accepted(await redact(second.seq)).event).not.toHaveProperty("waiting");
    expect(await waits()).toBeUndefined();
    setting.desk.clock.advance(HOUR_MS);
    expect(accepted(await redact(first.seq)).event).toMatchObject({ type: "redacted", waiting: since });
    expect([await waits(), await waiting()]).toEqual([since, [conversation]]);
    const log = await setting.log(conversation);
    await ada.until(() => ada.view(conversation).talk.length === log.talk.length);
    expect(ada.view(conversation).conversation).toEqual(log.forAgents);
    // Nothing of it is a visitor's to see but the event itself.
    await vera.until(() => vera.view(conversation).talk.length === log.talk.length);
    expect(vera.view(conversation).conversation).toEqual(log.forVisitor);
    const { seq } = await ada.answer(conversation, "Solved, then?");
    accepted(await ada.send({ type: "resolve", conversation }));
    accepted(await redact(seq));
    expect(await waits()).toBeUndefined();
  });

  test("`open` brings the newest of both streams, and `leave` ends it", async () => {
    const { ada, conversation } = await begun(setting);
    accepted(await ada.send({ type: "note", conversation, id: mintId(), text: "See order" }));
    const ben = await setting.agent("Ben");
    const reply = await ben.watch(conversation);
    expect(typesOf(reply.events)).toEqual(["posted", "noted"]);
    expect(reply.conversation).toEqual((await setting.log(conversation)).forAgents);
    expect(reply.more).toBeUndefined();
    expect(await ben.send({ type: "leave", conversation: mintId() })).toEqual({ ok: true });
  });
});
