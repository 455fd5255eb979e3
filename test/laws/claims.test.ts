import { expect, test } from "vitest";
import type { EventId } from "../../protocol/index.ts";
import { mintId } from "../../server/store/ids.ts";
import { accepted, laws, refusedWith, typesOf } from "./setting.ts";

laws("Of two claims", (setting) => {
  test("D13 exactly one wins, and the others are told who has it", async () => {
    const vera = await setting.visitor();
    const { conversation } = await vera.say("Anybody?");
    const agents = [];
    for (const name of ["Ada", "Ben", "Cleo", "Dan"]) agents.push(await setting.agent(name));
    const replies = await Promise.all(
      agents.map((one) => one.send({ type: "assign", conversation, agent: one.hello.agent.id, was: null })),
    );
    const winners = replies.filter(({ ok }) => ok).map(accepted);
    expect(winners).toHaveLength(1);
    expect(typesOf(winners[0]?.events)).toEqual(["assigned", "joined"]);
    for (const reply of replies.filter(({ ok }) => !ok)) {
      expect(reply).toMatchObject({ fault: { code: "stale", retry: "never", events: [winners[0]?.event] } });
    }
    const log = await setting.log(conversation);
    expect(typesOf(log.desk)).toEqual(["assigned"]);
    expect(typesOf(log.talk)).toEqual(["posted", "joined"]);
  });

  test("D13 of two first replies one is stored, and the other author looks first", async () => {
    const vera = await setting.visitor();
    const { conversation } = await vera.say("Anybody?");
    const [ada, ben] = [await setting.agent("Ada"), await setting.agent("Ben")];
    const reply = (text: string) => ({ type: "post", conversation, id: mintId<EventId>(), text, seen: 1 }) as const;
    const [first, second] = await Promise.all([ada.send(reply("I am here")), ben.send(reply("So am I"))]);
    const [won, lost] = first.ok ? [first, second] : [second, first];
    const { event, events } = accepted(won);
    expect(typesOf(events)).toEqual(["assigned", "joined", "posted"]);
    expect(event).toMatchObject({ type: "posted", seq: 3 });
    expect(lost).toMatchObject({ ok: false, fault: { code: "stale", events: [event] } });
    expect((await setting.log(conversation)).talk).toHaveLength(3);
    // Having looked, the other may answer all the same, and does not take the conversation over.
    const loser = first.ok ? ben : ada;
    const answered = accepted(await loser.send({ ...reply("Welcome, too"), seen: 3 }));
    expect(answered.events).toBeUndefined();
    expect((await setting.log(conversation)).forAgents.assignee?.id).toBe(event?.by.id);
  });

  test("D13 a claim is compared with what was in view, before anything else", async () => {
    const vera = await setting.visitor();
    const [ada, ben] = [await setting.agent("Ada"), await setting.agent("Ben")];
    const { conversation } = await vera.say("Hello");
    const [a, b] = [ada.hello.agent.id, ben.hello.agent.id];
    const assign = (agent: typeof a | null, was: typeof a | null) =>
      ada.send({ type: "assign", conversation, agent, was });
    expect(await assign(null, null)).toMatchObject({ ok: true, again: true });
    const first = accepted(await assign(a, null));
    expect(await assign(a, null)).toMatchObject(refusedWith("stale"));
    expect(await assign(a, a)).toEqual({ ok: true, again: true, event: first.event });
    expect(await assign(b, b)).toMatchObject(refusedWith("stale"));
    expect(accepted(await assign(b, a)).event).toMatchObject({ type: "assigned", agent: { id: b, name: "Ben" } });
    const put = accepted(await assign(null, b));
    expect(put.events).toBeUndefined();
    expect(put.event).toMatchObject({ type: "assigned", agent: null });
    expect(await assign(mintId(), null)).toMatchObject(refusedWith("not-found"));
    const cafe = await setting.agent("Cleo", [setting.desk.cafe]);
    expect(await assign(cafe.hello.agent.id, null)).toMatchObject(refusedWith("not-found"));
  });
});
