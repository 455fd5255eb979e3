import { v7 } from "uuid";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Accepted, ConversationId, EventId } from "../../../protocol/index.ts";
import { openDesk, type TestDesk } from "../../../test/support/desk.ts";
import { append, SYSTEM } from "./log.ts";
import { findRecord } from "./posting.ts";

type Visitor = Awaited<ReturnType<TestDesk["welcome"]>>["visitor"];

let opened: TestDesk;
let visitor: Visitor;
let conversation: ConversationId;
beforeEach(async () => {
  opened = await openDesk();
  visitor = (await opened.welcome()).visitor;
  conversation = v7() as ConversationId;
  await post("The first one makes the conversation");
});
afterEach(() => opened.close());

test("D2 a message sent again in a conversation that is kept is the same event, and with other words refused", async () => {
  const id = v7() as EventId;
  const { event } = await post("Once", id);
  await post("Another one meanwhile");
  expect(await post("Once", id)).toEqual({ ok: true, again: true, event });
  await expect(post("Other words", id)).rejects.toMatchObject({ fault: { code: "reused-id" } });
  expect((await post("And on")).event).toMatchObject({ seq: 4 });
});

test("D3 a job that fails after it has written leaves no hole behind, alone or in company", async () => {
  const fail = () =>
    opened.store.write(async (db) => {
      const record = await findRecord(db, conversation, () => true);
      await append(db, record, SYSTEM, Date.now(), [{ type: "posted", text: "Never" }]);
      throw new Error("After all");
    });
  await expect(fail()).rejects.toThrow("After all");
  expect((await post("Alone")).event).toMatchObject({ seq: 2 });
  const [failed, posted] = await Promise.allSettled([fail(), post("In company")]);
  expect(failed.status).toBe("rejected");
  expect(posted).toMatchObject({ status: "fulfilled", value: { event: { seq: 3 } } });
});

test("what else changes a conversation shows in what the next message tells of it", async () => {
  await opened.desk.asVisitor.execute(visitor, { type: "contact", name: "Ada" });
  await opened.desk.asVisitor.execute(visitor, { type: "read", conversation, seq: 1 });
  await opened.desk.asAgent.execute(opened.owner.actor, { type: "tag", conversation, add: ["late"] });
  await post("Am I still the same?");
  const kept = await opened.store.write((db) => findRecord(db, conversation, () => true));
  const read = await opened.store.read((db) => findRecord(db, conversation, () => true));
  expect(kept.view).toEqual(read.view);
  expect(kept.view).toMatchObject({
    visitor: { name: "Ada" },
    tags: ["late"],
    read: { visitor: 1 },
    head: { talk: 2 },
  });
});

test("D12 somebody else's message never goes where a conversation is kept", async () => {
  const { visitor: other } = await opened.welcome();
  const command = { type: "post", conversation, id: v7() as EventId, text: "Let me in" } as const;
  await expect(opened.desk.asVisitor.execute(other, command)).rejects.toMatchObject({ fault: { code: "not-found" } });
});

async function post(text: string, id = v7() as EventId): Promise<Accepted> {
  return (await opened.desk.asVisitor.execute(visitor, { type: "post", conversation, id, text })) as Accepted;
}
