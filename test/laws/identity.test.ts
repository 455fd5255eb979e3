import { expect, test } from "vitest";
import type { ConversationId, EventId } from "../../protocol/index.ts";
import { mintId } from "../../server/store/ids.ts";
import { accepted, laws, refusedWith } from "./setting.ts";

laws("A message sent twice", (setting) => {
  const post = (text: string, conversation = mintId<ConversationId>()) =>
    ({ type: "post", conversation, id: mintId<EventId>(), text }) as const;

  test("D2 is stored once, and answered with the same event again", async () => {
    const vera = await setting.visitor();
    const command = post("Once");
    const first = accepted(await vera.send(command));
    expect(first).toEqual({ ok: true, event: expect.objectContaining({ seq: 1, id: command.id, text: "Once" }) });
    expect(await vera.send(command)).toEqual({ ok: true, again: true, event: first.event });
    expect((await setting.log(command.conversation)).talk).toEqual([first.event]);
    expect(vera.events).toHaveLength(1);
  });

  test("D2 is stored once, though two tabs send it in one moment", async () => {
    const vera = await setting.visitor();
    const tab = await setting.tabOf(vera);
    const command = post("Once");
    const replies = (await Promise.all([vera.send(command), tab.send(command), vera.send(command)])).map(accepted);
    expect(new Set(replies.map(({ event }) => event?.seq))).toEqual(new Set([1]));
    expect(replies.filter(({ again }) => again)).toHaveLength(2);
    expect((await setting.log(command.conversation)).talk).toHaveLength(1);
  });

  test("D2 is the same message in whatever conversation it is said to be", async () => {
    const vera = await setting.visitor();
    const command = post("Once");
    const { event } = accepted(await vera.send(command));
    accepted(await vera.send({ type: "resolve", conversation: command.conversation }));
    const elsewhere = { ...command, conversation: mintId<ConversationId>() };
    expect(await vera.send(elsewhere)).toEqual({ ok: true, again: true, event });
  });

  test("D2 with other words is refused as a reused id", async () => {
    const vera = await setting.visitor();
    const command = post("One thing");
    accepted(await vera.send(command));
    expect(await vera.send({ ...command, text: "Another" })).toMatchObject(refusedWith("reused-id"));
    expect(await vera.send({ ...command, files: ["f1"] })).toMatchObject(refusedWith("reused-id"));
  });

  test("D2 by two visitors is two messages", async () => {
    const [vera, victor] = [await setting.visitor(), await setting.visitor()];
    const command = post("Mine");
    const hers = accepted(await vera.send(command)).event;
    const his = accepted(await victor.send({ ...command, conversation: mintId() })).event;
    expect(his?.conversation).not.toBe(hers?.conversation);
    expect(his?.id).toBe(hers?.id);
  });

  test("D2 by an agent is stored once too, as message and as note", async () => {
    const vera = await setting.visitor();
    const ada = await setting.agent();
    const { conversation } = await vera.say("Hello");
    const reply = { ...post("Good day", conversation), seen: 1 };
    const first = accepted(await ada.send(reply));
    expect(await ada.send(reply)).toEqual({ ok: true, again: true, event: first.event });
    expect(await ada.send({ ...reply, text: "Good night" })).toMatchObject(refusedWith("reused-id"));
    expect(await ada.send({ ...reply, article: mintId() })).toMatchObject(refusedWith("reused-id"));

    const note = { type: "note", conversation, id: mintId<EventId>(), text: "She was here before" } as const;
    const noted = accepted(await ada.send(note));
    expect(noted.event).toMatchObject({ type: "noted", stream: "desk", seq: 2 });
    expect(await ada.send(note)).toEqual({ ok: true, again: true, event: noted.event });
    expect(await ada.send({ ...note, text: "Other" })).toMatchObject(refusedWith("reused-id"));
    expect(await ada.send({ ...note, id: reply.id })).toMatchObject(refusedWith("reused-id"));
    expect((await setting.log(conversation)).desk).toHaveLength(2);
  });

  test("D2 whose acknowledgement was lost is found stored when it is sent again", async () => {
    const vera = await setting.visitor();
    const tab = await setting.tabOf(vera);
    const command = post("Did you get this?");
    const lost = vera.send(command);
    if (vera.line.pair) vera.line.pair.flush("up");
    else await tab.until(() => tab.events.length > 0);
    vera.line.cut();
    await lost;
    await tab.until(() => tab.events.length > 0);
    await vera.arrive();
    const { event } = accepted(await vera.send(command));
    expect(event?.seq).toBe(1);
    expect((await setting.log(command.conversation)).talk).toEqual([event]);
  });
});
