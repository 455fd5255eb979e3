import { expect, test } from "vitest";
import type { ConversationId, Event, EventId } from "../../protocol/index.ts";
import { mintId } from "../../server/store/ids.ts";
import { pairs } from "../support/carriers.ts";
import { headOf } from "../support/people-view.ts";
import { accepted, laws, typesOf } from "./setting.ts";

laws("The log", (setting) => {
  test("D3 numbers each stream 1 … n without a hole, however many write at once", async () => {
    const vera = await setting.visitor();
    const tab = await setting.tabOf(vera);
    const [ada, ben] = [await setting.agent("Ada"), await setting.agent("Ben")];
    const { conversation } = await vera.say("Hello");
    const post = (text: string) => ({ type: "post", conversation, id: mintId<EventId>(), text }) as const;
    const note = (text: string) => ({ type: "note", conversation, id: mintId<EventId>(), text }) as const;
    accepted(await ada.send({ ...post("Mine"), seen: 1 }));
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, i) => [
        vera.send(post(`here ${i}`)),
        tab.send(post(`there ${i}`)),
        ada.send({ ...post(`answer ${i}`), seen: 999 }),
        ben.send(note(`note ${i}`)),
        ada.send(note(`mine ${i}`)),
      ]).flat(),
    );
    for (const reply of replies) accepted(reply);
    const { talk, desk } = await setting.log(conversation);
    expect(talk.map(({ seq }) => seq)).toEqual(Array.from({ length: 33 }, (_, i) => i + 1));
    expect(desk.map(({ seq }) => seq)).toEqual(Array.from({ length: 21 }, (_, i) => i + 1));
  });

  test("D3 a refused command leaves no hole", async () => {
    const vera = await setting.visitor();
    const { conversation } = await vera.say("Hello");
    const post = (text: string) => vera.send({ type: "post", conversation, id: mintId(), text });
    const replies = await Promise.all([post("a"), post("  "), post("b"), post(""), post("c")]);
    expect(replies.map(({ ok }) => ok)).toEqual([true, false, true, false, true]);
    expect((await setting.log(conversation)).talk.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  });

  test("D5 one sender's messages stand in the order in which they were sent, many at once", async () => {
    const vera = await setting.visitor();
    const ada = await setting.agent();
    const { conversation } = await vera.say("0");
    accepted(await ada.send({ type: "post", conversation, id: mintId(), text: "a0", seen: 1 }));
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, i) => [
        vera.send({ type: "post", conversation, id: mintId(), text: `${i + 1}` }),
        ada.send({ type: "post", conversation, id: mintId(), text: `a${i + 1}`, seen: 999 }),
      ]).flat(),
    );
    for (const reply of replies) accepted(reply);
    const { talk } = await setting.log(conversation);
    const said = (kind: string) => talk.filter((e) => e.type === "posted" && e.by.kind === kind).map(textOf);
    expect(said("visitor")).toEqual(Array.from({ length: 21 }, (_, i) => `${i}`));
    expect(said("agent")).toEqual(Array.from({ length: 21 }, (_, i) => `a${i}`));
  });

  test("D5 other commands do not overtake a message that was sent before them", async () => {
    const vera = await setting.visitor();
    const { conversation } = await vera.say("Hello");
    const replies = await Promise.all([
      vera.send({ type: "post", conversation, id: mintId(), text: "Never mind, found it" }),
      vera.send({ type: "resolve", conversation }),
      vera.send({ type: "post", conversation, id: mintId(), text: "Oh, one more thing" }),
    ]);
    for (const reply of replies) accepted(reply);
    expect(typesOf((await setting.log(conversation)).talk)).toEqual([
      "posted",
      "posted",
      "resolved",
      "asked",
      "reopened",
      "posted",
    ]);
  });

  test("D5 an outbox arrives in order, though the line is cut again and again", async () => {
    const vera = await setting.visitor();
    const texts = Array.from({ length: 12 }, (_, i) => `${i}`);
    for (const text of texts) vera.write(text);
    while (vera.kept.outbox.length > 0) {
      const left = vera.kept.outbox.length;
      const flushed = vera.flush();
      await vera.until(() => vera.kept.outbox.length <= Math.max(0, left - 3));
      vera.line.cut();
      await flushed;
      await vera.arrive();
    }
    const { talk } = await setting.log(vera.kept.current as ConversationId);
    expect(talk.map(textOf)).toEqual(texts);
  });

  test("D4 every view is the log, in its order", async () => {
    const vera = await setting.visitor();
    const tab = await setting.tabOf(vera);
    const ada = await setting.agent();
    const { conversation } = await vera.say("One");
    await ada.watch(conversation);
    await ada.answer(conversation, "Two");
    await tab.say("Three");
    accepted(await ada.send({ type: "tag", conversation, add: ["refund"] }));
    const log = await setting.log(conversation);
    for (const { views, until } of [vera, tab]) {
      await until(() => views.get(conversation)?.talk.length === log.talk.length);
      expect(views.get(conversation)?.talk).toEqual(log.talk);
    }
    await ada.until(() => ada.view(conversation).desk.length === log.desk.length);
    expect(ada.view(conversation).talk).toEqual(log.talk);
    expect(ada.view(conversation).desk).toEqual(log.desk);
  });

  test("D4 whoever misses more than 200 events gets the newest and is told that there are more", async () => {
    const vera = await setting.visitor();
    const { conversation } = await vera.say("0");
    const replies = await Promise.all(
      Array.from({ length: 230 }, (_, i) => vera.send({ type: "post", conversation, id: mintId(), text: `${i + 1}` })),
    );
    for (const reply of replies) accepted(reply);
    const late = await setting.tabOf(vera);
    expect(late.hello.conversations[0]).toMatchObject({ id: conversation, more: true, head: { talk: 231 } });
    expect(late.hello.events.map(({ seq }) => seq)).toEqual(Array.from({ length: 200 }, (_, i) => i + 32));
    const ada = await setting.agent();
    const opened = await ada.watch(conversation);
    expect(opened.more).toEqual({ talk: true });
    expect(opened.events?.map(({ seq }) => seq)).toEqual(Array.from({ length: 200 }, (_, i) => i + 32));
    const page = accepted(await ada.send({ type: "sync", conversation, stream: "talk", after: 0, limit: 31 }));
    expect(page.events?.at(-1)?.seq).toBe(31);
  });

  test("D4 a greeting brings what was missed since, and nothing else", async () => {
    const vera = await setting.visitor();
    const ada = await setting.agent();
    const { conversation } = await vera.say("One");
    await ada.watch(conversation);
    await vera.until(() => headOf(vera.view(conversation), "talk") === 1);
    vera.line.cut();
    const missed = [await ada.answer(conversation, "Two"), await ada.answer(conversation, "Three")];
    await vera.arrive();
    expect(vera.hello.token).toBeUndefined();
    expect(typesOf(vera.hello.events)).toEqual(["joined", "posted", "posted"]);
    expect(vera.hello.events.slice(1)).toEqual(missed);
    vera.line.cut();
    await vera.arrive();
    expect(vera.hello.events).toEqual([]);
    expect(vera.hello.conversations).toHaveLength(1);
  });
});

laws(
  "A push that does not come as it should",
  (setting) => {
    test("D4 is dropped where it is known, and a hole is filled before what follows is shown", async () => {
      const vera = await setting.visitor();
      const tab = await setting.tabOf(vera);
      const { conversation } = await vera.say("One");
      await tab.until(() => tab.view(conversation).talk.length === 1);
      tab.line.still = true;
      const two = await vera.say("Two");
      tab.line.pair?.lose("down");
      const three = await vera.say("Three");
      // A row of the log comes twice, and before its time.
      tab.line.pair?.flush("down");
      expect(tab.view(conversation).talk).toHaveLength(1);
      expect(tab.view(conversation).early).toEqual([three]);
      tab.line.pair?.server.emit("event", two);
      tab.line.pair?.server.emit("event", two);
      tab.line.still = false;
      await tab.until(() => tab.view(conversation).talk.length === 3);
      expect(tab.view(conversation).talk).toEqual((await setting.log(conversation)).talk);
    });
  },
  [pairs],
);

function textOf(event: Event): string {
  return "text" in event ? String(event.text) : event.type;
}
