import { v7 } from "uuid";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ConversationId, EventId } from "../../../protocol/index.ts";
import { openDesk, type TestDesk } from "../../../test/support/desk.ts";
import { findRecord } from "./posting.ts";
import { catchUp, syncStream } from "./reading.ts";

let opened: TestDesk;
beforeEach(async () => {
  opened = await openDesk();
});
afterEach(() => opened.close());

test("D7 an answer whose head is three holds no fourth event, which was stored between the head and the events", async () => {
  const { visitor } = await opened.welcome();
  const conversation = v7() as ConversationId;
  const say = (text: string) =>
    opened.desk.asVisitor.execute(visitor, { type: "post", conversation, id: v7() as EventId, text });
  for (const text of ["One", "Two", "Three"]) await say(text);
  const record = await opened.store.read((db) => findRecord(db, conversation, () => true));
  await say("Four");
  const synced = await opened.store.read((db) => syncStream(db, record, "talk", 1));
  expect(synced).toMatchObject({ events: [{ seq: 2 }, { seq: 3 }], head: 3, more: false });
  const missed = await opened.store.read((db) => catchUp(db, record, "talk", 1));
  expect(missed).toMatchObject({ events: [{ seq: 2 }, { seq: 3 }], more: false });
});
