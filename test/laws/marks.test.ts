import { expect, test } from "vitest";
import { accepted, laws, refusedWith } from "./setting.ts";

laws("A read mark", (setting) => {
  test("D10 goes up, never down, and never past the head", async () => {
    const vera = await setting.visitor();
    const ada = await setting.agent();
    const { conversation } = await vera.say("One");
    await vera.say("Two");
    await ada.watch(conversation);
    await ada.answer(conversation, "Three");
    for (const [one, side] of [
      [vera, "visitor"],
      [ada, "agents"],
    ] as const) {
      const read = (seq: number) => one.send({ type: "read", conversation, seq });
      const mark = async () => (await setting.log(conversation)).forAgents.read[side];
      expect(await mark()).toBe(0);
      expect(await read(2)).toEqual({ ok: true });
      expect(await mark()).toBe(2);
      expect(await read(1)).toEqual({ ok: true });
      expect(await mark()).toBe(2);
      expect(await read(5)).toMatchObject(refusedWith("invalid"));
      expect(await mark()).toBe(2);
      expect(await read(4)).toEqual({ ok: true });
      expect(await mark()).toBe(4);
    }
  });

  test("D10 that two move at once stands where the higher one put it", async () => {
    const vera = await setting.visitor();
    const tab = await setting.tabOf(vera);
    const { conversation } = await vera.say("1");
    for (let i = 2; i <= 6; i++) await vera.say(`${i}`);
    const seqs = [3, 1, 6, 2, 5];
    const replies = await Promise.all(
      seqs.map((seq, i) => (i % 2 ? vera : tab).send({ type: "read", conversation, seq })),
    );
    for (const reply of replies) accepted(reply);
    expect((await setting.log(conversation)).forVisitor.read).toEqual({ visitor: 6, agents: 0 });
  });

  test("is told to the other side, and only when it moved", async () => {
    const vera = await setting.visitor();
    const ada = await setting.agent();
    const { conversation } = await vera.say("One");
    await ada.watch(conversation);
    const read = (seq: number) => vera.send({ type: "read", conversation, seq });
    await read(1);
    await read(1);
    await ada.until(() => ada.pulsed("read").length > 0);
    accepted(await ada.send({ type: "read", conversation, seq: 1 }));
    await vera.until(() => vera.pulsed("read").some(({ agents }) => agents === 1));
    expect(ada.pulsed("read").filter(({ visitor }) => visitor !== undefined)).toEqual([
      { type: "read", conversation, visitor: 1 },
    ]);
    expect((await setting.log(conversation)).talk).toHaveLength(1);
  });
});
