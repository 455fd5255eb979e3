import { expect, test } from "vitest";
import { mintId } from "../../server/store/ids.ts";
import { pairs } from "../support/carriers.ts";
import { headOf } from "../support/people-view.ts";
import { laws, typesOf } from "./setting.ts";

laws("Whoever was away", (setting) => {
  test("D8 has everything after a reconnect, on both streams", async () => {
    const vera = await setting.visitor();
    const [ada, ben] = [await setting.agent("Ada"), await setting.agent("Ben")];
    const { conversation } = await vera.say("One");
    await ada.watch(conversation);
    await ben.watch(conversation);
    ada.line.cut();
    await vera.say("Two");
    await ben.send({ type: "note", conversation, id: mintId(), text: "Look at the order" });
    await ben.send({ type: "assign", conversation, agent: ben.hello.agent.id, was: null });
    await ada.arrive();
    const log = await setting.log(conversation);
    await ada.until(() => headOf(ada.view(conversation), "desk") === 2);
    expect(ada.view(conversation).talk).toEqual(log.talk);
    expect(ada.view(conversation).desk).toEqual(log.desk);
    // Named in `since`, so open on the new connection as well.
    const three = await vera.say("Three");
    await ada.until(() => ada.events.some(({ id }) => id === three.id));
  });

  test("D8 hears from the heads that a push was lost, within the beat", async () => {
    const vera = await setting.visitor();
    const ada = await setting.agent();
    const { conversation } = await vera.say("One");
    await ada.watch(conversation);
    await setting.desk.beat();
    await vera.until(() => vera.pulsed("heads").length > 0);
    await ada.until(() => ada.pulsed("heads").length > 0);
    const told = vera.pulsed("heads").at(-1);
    expect(told).toMatchObject({ epoch: setting.desk.store.epoch, heads: { [conversation]: { talk: 1 } } });
    expect(told?.heads[conversation]).not.toHaveProperty("desk");
    expect(ada.pulsed("heads").at(-1)?.heads).toEqual({ [conversation]: { talk: 1, desk: 0 } });
  });
});

laws(
  "A lost push",
  (setting) => {
    test("D8 is found by the heads, by visitor and agent, on both streams", async () => {
      const vera = await setting.visitor();
      const ada = await setting.agent("Ada");
      const { conversation } = await vera.say("One");
      await ada.watch(conversation);
      const ben = await setting.agent("Ben");
      await setting.desk.desk.asAgent.execute((await setting.desk.hire("Cleo")).actor, {
        type: "post",
        conversation,
        id: mintId(),
        text: "Two",
        seen: 1,
      });
      for (const { line } of [vera, ada, ben]) while (line.pair?.waiting.down) line.pair.lose("down");
      expect(headOf(vera.view(conversation), "talk")).toBe(1);
      await setting.desk.beat();
      await vera.until(() => headOf(vera.view(conversation), "talk") === 3);
      await ada.until(
        () => headOf(ada.view(conversation), "desk") === 1 && headOf(ada.view(conversation), "talk") === 3,
      );
      const log = await setting.log(conversation);
      expect(vera.view(conversation).talk).toEqual(log.talk);
      expect(ada.view(conversation).desk).toEqual(log.desk);
    });
  },
  [pairs],
);

laws("Between subscribing and fetching", (setting) => {
  test("D16 nothing is missed by a visitor who is just being greeted", async () => {
    const vera = await setting.visitor();
    const { conversation } = await vera.say("One");
    setting.store.holdReads();
    const tab = setting.tabOf(vera);
    // First who they are, and once they are inside once more; then what they missed: this has been read, and not yet told.
    for (let read = 0; read < 2; read++) {
      await vera.until(() => setting.store.held === 1);
      setting.store.letOne();
    }
    await vera.until(() => setting.store.held === 1);
    const two = vera.send({ type: "post", conversation, id: mintId(), text: "Two" });
    await two;
    setting.store.release();
    const late = await tab;
    await late.until(() => late.view(conversation).talk.length === 2);
    expect(late.hello.events).toHaveLength(1);
    expect(late.view(conversation).talk).toEqual((await setting.log(conversation)).talk);
  });

  test("D16 nothing is missed by an agent who is just opening a conversation", async () => {
    const vera = await setting.visitor();
    const ada = await setting.agent();
    const { conversation } = await vera.say("One");
    setting.store.holdReads();
    const opened = ada.watch(conversation);
    await vera.until(() => setting.store.held === 1);
    setting.store.letOne();
    await vera.until(() => setting.store.held === 1);
    await vera.send({ type: "post", conversation, id: mintId(), text: "Two" });
    setting.store.release();
    expect(typesOf((await opened).events)).toEqual(["posted"]);
    await ada.until(() => ada.view(conversation).talk.length === 2);
    expect(ada.view(conversation).talk).toEqual((await setting.log(conversation)).talk);
  });
});
