import { type ConversationRow, ofVisitor } from "./conversations.ts";
import type { Db } from "./port.ts";
import { forgetConversation } from "./search.ts";
import type { VisitorRow } from "./visitors.ts";

/* What is done in the tables when a visitor is erased: the log keeps its events and numbers (D1, D3), and no words. */

const PENDING = "scrub";

export async function visitorByUid(db: Db, uid: Uint8Array): Promise<VisitorRow | undefined> {
  return db.plain.get<VisitorRow>("select * from visitor where uid = ?", uid);
}

/** All that a visitor ever began. */
export async function allOf(db: Db, visitor: number): Promise<ConversationRow[]> {
  return ofVisitor(db, visitor, Number.MAX_SAFE_INTEGER);
}

/** Overwrites from now on what is deleted, until the transaction ends: SQLite would leave it where it lay. */
export async function overwriteDeleted(db: Db): Promise<void> {
  if (db.dialect !== "sqlite") return;
  await db.plain.all("pragma secure_delete = on");
  db.atEnd(async (end) => void (await end.plain.all("pragma secure_delete = off")));
}

/** An event's words, read for the last time. */
export interface Worded {
  stream: number;
  seq: number;
  kind: number;
  type: string;
  at: number;
  body: string;
}

export async function worded(db: Db, conversation: number): Promise<Worded[]> {
  return db.plain.all<Worded>(
    `select stream, seq, kind, type, at, body from event
     where conversation = ? and type in ('posted', 'edited', 'noted', 'rated') order by stream, seq`,
    conversation,
  );
}

export async function putBody(db: Db, conversation: number, { stream, seq }: Worded, body: object): Promise<void> {
  await db.plain.run(
    "update event set body = ? where conversation = ? and stream = ? and seq = ?",
    JSON.stringify(body),
    conversation,
    stream,
    seq,
  );
}

/** Takes out of a conversation's row what was folded from its words, and its words out of the full-text index. */
export async function emptyConversation(db: Db, key: number, latest: string | null, survey: string | null) {
  await db.plain.run(
    "update conversation set page = null, subject = null, latest = ?, survey = ? where id = ?",
    latest,
    survey,
    key,
  );
  await forgetConversation(db, key);
}

/** What is left of a visitor is a number that messages hang on. Nobody holds a token of theirs any more. */
export async function emptyVisitor(db: Db, visitor: number): Promise<void> {
  const gone = { name: null, email: null, subject: null, tier: null, attributes: null, verified: 0 };
  await db.sql.updateTable("visitor").set(gone).where("id", "=", visitor).execute();
  await db.sql.deleteFrom("visitor_token").where("visitor", "=", visitor).execute();
  await db.sql.deleteFrom("visitor_session").where("visitor", "=", visitor).execute();
}

/** Remembers that the file itself has still to be cleaned, also when the server stops before. */
export async function setPending(db: Db, pending: boolean): Promise<void> {
  await db.sql.deleteFrom("meta").where("key", "=", PENDING).execute();
  if (pending) await db.sql.insertInto("meta").values({ key: PENDING, value: "1" }).execute();
}

export async function isPending(db: Db): Promise<boolean> {
  return (await db.plain.get("select key from meta where key = ?", PENDING)) !== undefined;
}
