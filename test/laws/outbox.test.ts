import { expect, test } from "vitest";
import type { ConversationId } from "../../protocol/index.ts";
import type { Kept } from "../support/people.ts";
import { createVisitor } from "../support/people.ts";
import { laws } from "./setting.ts";

laws("A visitor's unsent words", (setting) => {
  const reload = (kept: Kept): Kept => JSON.parse(JSON.stringify(kept));

  test("D15 count as sent only once they are acknowledged", async () => {
    const vera = await setting.visitor();
    setting.store.holdWrites();
    vera.write("Hello");
    const flushed = vera.flush();
    await vera.until(() => setting.store.held === 1);
    expect(vera.kept.outbox).toHaveLength(1);
    setting.store.release();
    await flushed;
    expect(vera.kept.outbox).toEqual([]);
  });

  test("D15 survive a reload and are sent once, by whoever comes back", async () => {
    const vera = await setting.visitor();
    await vera.say("Sent");
    vera.line.cut();
    vera.write("Written on the train");
    vera.write("And this");
    await vera.flush();
    expect(vera.kept.outbox).toHaveLength(2);
    const later = await setting.visitor({ kept: reload(vera.kept) });
    expect(later.hello.visitor.id).toBe(vera.hello.visitor.id);
    await later.flush();
    const { talk } = await setting.log(later.kept.current as ConversationId);
    expect(talk.map((event) => event.type === "posted" && event.text)).toEqual([
      "Sent",
      "Written on the train",
      "And this",
    ]);
  });

  test("D15 that had been stored when the page died are not stored again", async () => {
    const vera = await setting.visitor();
    vera.write("Hello?");
    const kept = reload(vera.kept);
    await vera.flush();
    vera.line.cut();
    const later = await setting.visitor({ kept });
    expect(later.kept.outbox).toHaveLength(1);
    await later.flush();
    expect(later.kept.outbox).toEqual([]);
    expect((await setting.log(later.kept.current as ConversationId)).talk).toHaveLength(1);
  });

  test("D15 go where the conversation is open, if another tab has begun one meanwhile", async () => {
    const vera = await setting.visitor();
    const { token = "" } = vera.hello;
    const tab = await setting.visitor({ kept: { outbox: [], token } });
    const hers = await vera.say("From here");
    tab.write("From there");
    tab.write("And again");
    expect(tab.kept.current).not.toBe(hers.conversation);
    await tab.flush();
    expect(tab.kept.current).toBe(hers.conversation);
    expect((await setting.log(hers.conversation)).talk).toHaveLength(3);
  });

  test("D15 are kept by who is refused at the door, too", async () => {
    const kept: Kept = { outbox: [], token: "vt_unknown0000000000000000000000000000000000000" };
    const vera = createVisitor(setting.wire, setting.desk, { kept });
    vera.write("Hello");
    expect(await vera.knock()).toMatchObject({ code: "unauthorized", retry: "renew" });
    await vera.flush();
    expect(kept.outbox).toHaveLength(1);
    // Told to get a new token, and sent under the same id.
    delete kept.token;
    const { id } = kept.outbox[0] ?? {};
    await vera.arrive();
    await vera.flush();
    expect((await setting.log(kept.current as ConversationId)).talk[0]).toMatchObject({ id, text: "Hello" });
  });
});
