import { v7 } from "uuid";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ConversationId, EventId } from "../../../protocol/index.ts";
import { openDesk, type TestDesk } from "../../../test/support/desk.ts";
import { openSqlite } from "../../store/sqlite.ts";
import { createMessageSearch } from "./message-search.ts";

let opened: TestDesk;
beforeEach(async () => {
  opened = await openDesk();
});
afterEach(() => opened.close());

test("what was stored just now is found, also in a conversation that was searched before", async () => {
  const { visitor } = await opened.welcome();
  const conversation = v7() as ConversationId;
  await say(visitor, conversation, "The kettle hums");
  expect(await found("kettle")).toBe(1);
  await say(visitor, conversation, "水壶不响了");
  expect(await found("壶不")).toBe(1);
  expect(await found("kettle")).toBe(1);
});

test("words that a crash left out of the index are found by the process that comes after it", async () => {
  const { visitor } = await opened.welcome();
  await say(visitor, v7() as ConversationId, "The lantern flickers");
  // Before the first one had come to it: the index is empty, the log is not.
  const next = await openSqlite(opened.file);
  await createMessageSearch({ store: next }).caughtUp();
  const rows = await next.read(async (db) =>
    db.plain.all("select rowid from message_text where words match ?", "lantern"),
  );
  expect(rows).toHaveLength(1);
  await next.close();
});

test("a search answers with what it has where the disk takes no more", async () => {
  const { visitor } = await opened.welcome();
  await say(visitor, v7() as ConversationId, "The candle burns");
  const search = createMessageSearch({ store: { ...opened.store, write: () => Promise.reject(new Error("full")) } });
  search.grown(1);
  await expect(search.caughtUp()).resolves.toBeUndefined();
  search.close();
});

type Visitor = Awaited<ReturnType<TestDesk["welcome"]>>["visitor"];

async function say(visitor: Visitor, conversation: ConversationId, text: string): Promise<void> {
  await opened.desk.asVisitor.execute(visitor, { type: "post", conversation, id: v7() as EventId, text });
}

async function found(query: string): Promise<number> {
  const reply = await opened.desk.asAgent.execute(opened.owner.actor, {
    type: "inbox",
    site: opened.shop.id,
    view: "all",
    query,
  });
  return "rows" in reply ? (reply.rows?.length ?? 0) : 0;
}
