import { expect, test } from "vitest";
import type { AgentCommand, ConversationId, EventId, VisitorCommand } from "../../protocol/index.ts";
import { mintId } from "../../server/store/ids.ts";
import { CAFE } from "../support/desk.ts";
import { createVisitor } from "../support/people.ts";
import { accepted, laws, refusedWith, typesOf } from "./setting.ts";

laws("Somebody else's conversation", (setting) => {
  const visitorAsks = (conversation: ConversationId): VisitorCommand[] => [
    { type: "post", conversation, id: mintId(), text: "Let me in" },
    { type: "read", conversation, seq: 1 },
    { type: "resolve", conversation },
    { type: "rate", conversation, episode: 1, solved: true },
    { type: "sync", conversation, after: 0 },
  ];
  const agentAsks = (conversation: ConversationId): AgentCommand[] => [
    { type: "open", conversation },
    { type: "post", conversation, id: mintId(), text: "Hello", seen: 1 },
    { type: "note", conversation, id: mintId(), text: "Hm" },
    { type: "assign", conversation, agent: null, was: null },
    { type: "resolve", conversation },
    { type: "reopen", conversation },
    { type: "snooze", conversation, until: "2026-06-01T00:00:00Z" },
    { type: "tag", conversation, add: ["mine"] },
    { type: "edit", conversation, target: 1, text: "Other" },
    { type: "redact", conversation, target: 1 },
    { type: "read", conversation, seq: 1 },
    { type: "sync", conversation, stream: "talk", after: 0 },
    { type: "sync", conversation, stream: "desk", after: 0 },
  ];

  test("D12 is not found by another visitor, whatever they ask, and nothing comes of it", async () => {
    const [vera, mallory] = [await setting.visitor(), await setting.visitor()];
    const { conversation } = await vera.say("Private");
    for (const command of visitorAsks(conversation)) {
      expect(await mallory.send(command), command.type).toMatchObject(refusedWith("not-found"));
    }
    const unknown = visitorAsks(mintId()).slice(1);
    for (const command of unknown) {
      expect(await mallory.send(command), command.type).toMatchObject(refusedWith("not-found"));
    }
    expect((await setting.log(conversation)).talk).toHaveLength(1);
    expect(mallory.events).toEqual([]);
  });

  test("D12 is not found by an agent of another site, in the same words as one that does not exist", async () => {
    const vera = await setting.visitor();
    const mallory = await setting.agent("Mallory", [setting.desk.cafe]);
    const { conversation } = await vera.say("Private");
    const foreign = [];
    for (const command of agentAsks(conversation)) foreign.push(await mallory.send(command));
    const unknown = [];
    for (const command of agentAsks(mintId())) unknown.push(await mallory.send(command));
    expect(foreign).toEqual(unknown);
    for (const reply of foreign) expect(reply).toMatchObject(refusedWith("not-found"));
    const inbox = await mallory.send({ type: "inbox", site: setting.desk.shop.id, view: "all" });
    expect(inbox).toMatchObject(refusedWith("not-found"));
    expect(mallory.hello).toMatchObject({ sites: [{ id: setting.desk.cafe.id }] });
    expect(mallory.hello.agents.map(({ name }) => name).sort()).toEqual(["Mallory", "Olga"]);
    const log = await setting.log(conversation);
    expect([...log.talk, ...log.desk]).toHaveLength(1);
    expect(mallory.pulsed("row")).toEqual([]);
  });

  test("D12 is not opened by naming it in `since`", async () => {
    const vera = await setting.visitor();
    const { conversation } = await vera.say("Private");
    const mallory = await setting.agent("Mallory", [setting.desk.cafe]);
    const eve = await setting.visitor();
    mallory.line.cut();
    eve.line.cut();
    for (const one of [mallory, eve]) {
      one.views.set(conversation, { conversation: undefined, talk: [], desk: [], early: [] });
      await one.arrive();
      expect(one.hello.events).toEqual([]);
    }
    await vera.say("Still private");
    expect(await mallory.send({ type: "inbox", site: setting.desk.cafe.id, view: "all" })).toEqual({
      ok: true,
      rows: [],
    });
    expect(await eve.send({ type: "sync", conversation, after: 0 })).toMatchObject(refusedWith("not-found"));
    expect([...mallory.events, ...eve.events]).toEqual([]);
  });

  test("D12 a visitor's token is nobody on another site", async () => {
    const vera = await setting.visitor();
    const { token = "" } = vera.hello;
    const abroad = createVisitor(setting.wire, setting.desk, {
      kept: { outbox: [], token },
      site: setting.desk.cafe,
      origin: CAFE,
    });
    expect(await abroad.knock()).toMatchObject({ code: "unauthorized", retry: "renew" });
  });
});

laws("A visitor", (setting) => {
  test("D12 hears nothing of what only agents say to each other", async () => {
    const vera = await setting.visitor();
    const [ada, ben] = [await setting.agent("Ada"), await setting.agent("Ben")];
    const { conversation } = await vera.say("Hello");
    await ada.watch(conversation);
    const secret = "She is the director's wife";
    accepted(await ada.send({ type: "note", conversation, id: mintId(), text: secret }));
    accepted(await ada.send({ type: "tag", conversation, add: ["vip-secret"] }));
    accepted(await ada.send({ type: "assign", conversation, agent: ben.hello.agent.id, was: null }));
    accepted(await ada.send({ type: "assign", conversation, agent: null, was: ben.hello.agent.id }));
    accepted(await ada.send({ type: "snooze", conversation, until: "2026-06-01T00:00:00Z" }));
    const woke = accepted(await vera.send({ type: "post", conversation, id: mintId(), text: "And?" }));
    expect(woke.event).toMatchObject({ type: "posted" });
    expect(woke.events).toBeUndefined();
    accepted(await ada.send({ type: "snooze", conversation, until: "2026-06-01T00:00:00Z" }));
    const ended = accepted(await vera.send({ type: "resolve", conversation }));
    expect(typesOf(ended.events)).toEqual(["resolved", "asked"]);
    const later = await setting.tabOf(vera);
    const synced = accepted(await later.send({ type: "sync", conversation, after: 0 }));
    const heard = JSON.stringify([vera.events, vera.pulses, vera.hellos, later.hellos, ended, woke, synced]);
    expect(heard).not.toContain(secret);
    expect(heard).not.toContain("vip-secret");
    expect(heard).not.toMatch(/"stream":"desk"|"desk":|snoozed|waitingSince|"tags"|@desk\.example/);
    expect(typesOf(vera.events)).toEqual(["posted", "joined", "posted", "resolved", "asked"]);
  });

  test("D9 never sees what was said in another conversation", async () => {
    const [vera, victor] = [await setting.visitor(), await setting.visitor()];
    const ada = await setting.agent();
    const hers = (await vera.say("Hers")).conversation;
    const his = (await victor.say("His")).conversation;
    await ada.watch(hers);
    await ada.watch(his);
    await ada.answer(hers, "To her");
    await ada.answer(his, "To him");
    for (const [one, conversation] of [
      [vera, hers],
      [victor, his],
    ] as const) {
      await one.until(() => one.view(conversation).talk.length === 3);
      expect([...one.views.keys()]).toEqual([conversation]);
      expect(one.view(conversation).talk).toEqual((await setting.log(conversation)).talk);
    }
  });
});

laws("An agent", (setting) => {
  test("D12 hears the events of what is open on this very socket, until they leave it", async () => {
    const vera = await setting.visitor();
    const [ada, ben] = [await setting.agent("Ada"), await setting.agent("Ben")];
    const { conversation } = await vera.say("One");
    await ada.watch(conversation);
    const two = await vera.say("Two");
    await ada.until(() => ada.events.length === 1);
    expect(ada.events).toEqual([two]);
    expect(await ada.send({ type: "leave", conversation })).toEqual({ ok: true });
    await vera.say("Three");
    for (const one of [ada, ben]) accepted(await one.send({ type: "sync", conversation, stream: "talk", after: 0 }));
    expect(ada.events).toEqual([two]);
    expect(ben.events).toEqual([]);
  });

  test("D12 who was removed from a site is not sent again what they wrote there", async () => {
    const vera = await setting.visitor();
    const both = [setting.desk.shop, setting.desk.cafe];
    const { conversation } = await vera.say("Hello");
    const ada = await setting.agent("Ada", both);
    const command = { type: "post", conversation, id: mintId<EventId>(), text: "Good day", seen: 1 } as const;
    const note = { type: "note", conversation, id: mintId<EventId>(), text: "A good one" } as const;
    for (const one of [command, note]) accepted(await ada.send(one));
    const { people, agents } = setting.desk.desk;
    await people.change(setting.desk.owner.actor, ada.hello.agent.id, { sites: [setting.desk.cafe.id] });
    const now = await agents.memberOf(setting.desk.cafe.key, ada.hello.agent.id);
    if (!now) throw new Error("Ada is gone");
    for (const one of [command, note]) {
      await expect(setting.desk.desk.asAgent.execute(now, one)).rejects.toMatchObject({ fault: { code: "not-found" } });
    }
  });
});
