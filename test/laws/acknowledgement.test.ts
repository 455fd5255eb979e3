import { expect, test } from "vitest";
import type { ConversationId, EventId } from "../../protocol/index.ts";
import { mintId } from "../../server/store/ids.ts";
import { openSqlite } from "../../server/store/sqlite.ts";
import { accepted, laws, logOf, refusedWith } from "./setting.ts";

laws("An acknowledgement", (setting) => {
  test("D1 nothing is acknowledged or pushed before it is durable", async () => {
    const vera = await setting.visitor();
    const tab = await setting.tabOf(vera);
    setting.store.holdWrites();
    const { id } = vera.write("Is anybody there?");
    const flushed = vera.flush();
    await vera.until(() => setting.store.held === 1, "the transaction to wait");
    // What had been pushed by now would stand before the answers to these.
    for (const one of [vera, tab]) {
      expect(await one.send({ type: "sync", conversation: mintId(), after: 0 })).toMatchObject(
        refusedWith("not-found"),
      );
    }
    expect(vera.kept.outbox.map((unsent) => unsent.id)).toEqual([id]);
    expect([...vera.events, ...tab.events]).toEqual([]);
    setting.store.release();
    await flushed;
    await tab.until(() => tab.events.length === 1);
    expect(vera.kept.outbox).toEqual([]);
  });

  test("D1 what was acknowledged is in the file exactly once, for whoever opens it next", async () => {
    const vera = await setting.visitor();
    const said = [];
    for (let i = 0; i < 5; i++) said.push(await vera.say(`Message ${i}`));
    const other = await openSqlite(setting.desk.file);
    const { talk } = await logOf(other, said[0]?.conversation as ConversationId);
    await other.close();
    expect(talk).toEqual(said);
  });

  test("D1 what could not be stored is refused, leaves no trace, and is stored under the same id later", async () => {
    const vera = await setting.visitor();
    const { conversation } = await vera.say("Hello");
    const command = { type: "post", conversation, id: mintId<EventId>(), text: "Still there?" } as const;
    setting.store.failNextWrite();
    expect(await vera.send(command)).toMatchObject({ ok: false, fault: { code: "unavailable", retry: "after" } });
    expect((await setting.log(conversation)).talk).toHaveLength(1);
    expect(setting.desk.errors.splice(0)).toHaveLength(1);
    const { event, again } = accepted(await vera.send(command));
    expect(event).toMatchObject({ id: command.id, seq: 2 });
    expect(again).toBeUndefined();
  });

  test("D6 what is sent after an acknowledgement stands after it, whoever sends it", async () => {
    const vera = await setting.visitor();
    const ada = await setting.agent();
    const { conversation } = await vera.say("First");
    await ada.watch(conversation);
    for (let i = 0; i < 5; i++) {
      const before = await (i % 2 ? vera.say(`${i}`) : ada.answer(conversation, `${i}`));
      const after = await (i % 2 ? ada.answer(conversation, `after ${i}`) : vera.say(`after ${i}`));
      expect(after.seq).toBeGreaterThan(before.seq);
    }
  });

  test("D7 a sync asked after an acknowledgement contains what was acknowledged", async () => {
    const vera = await setting.visitor();
    const tab = await setting.tabOf(vera);
    for (let i = 0; i < 10; i++) {
      const said = await vera.say(`Message ${i}`);
      const { events, head } = accepted(
        await tab.send({ type: "sync", conversation: said.conversation, after: said.seq - 1 }),
      );
      expect(events).toEqual([said]);
      expect(head).toBe(said.seq);
    }
  });

  test("D7 a sync comes in order and in pages, and says whether there is more", async () => {
    const vera = await setting.visitor();
    const all = [];
    for (let i = 0; i < 5; i++) all.push(await vera.say(`${i}`));
    const conversation = all[0]?.conversation as ConversationId;
    const page = (after: number, limit?: number) =>
      vera.send({ type: "sync", conversation, after, ...(limit !== undefined && { limit }) });
    expect(await page(0, 2)).toEqual({ ok: true, events: all.slice(0, 2), head: 5, more: true });
    expect(await page(2, 2)).toEqual({ ok: true, events: all.slice(2, 4), head: 5, more: true });
    expect(await page(4, 2)).toEqual({ ok: true, events: all.slice(4), head: 5, more: false });
    expect(await page(5)).toEqual({ ok: true, events: [], head: 5, more: false });
    expect(await page(99)).toEqual({ ok: true, events: [], head: 5, more: false });
    expect(await page(0, 501)).toMatchObject(refusedWith("invalid"));
    expect(await page(-1)).toMatchObject(refusedWith("invalid"));
  });
});
