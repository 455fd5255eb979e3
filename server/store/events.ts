import type { Db } from "./port.ts";

/* The log. Every message passes here, so this is prepared plain SQL. */

export const STREAMS = { talk: 0, desk: 1 } as const;
export const KINDS = { system: 0, visitor: 1, agent: 2 } as const;

/** What is left of a message that was taken back. */
export const GONE = JSON.stringify({ text: "", gone: true });

/** An event as it lies in the table, with its author's name as it is now. */
export interface EventRow {
  stream: number;
  seq: number;
  uid: Uint8Array;
  at: number;
  kind: number;
  author: number;
  type: string;
  /** JSON of the fields that belong to the type. */
  body: string;
  agent_uid: Uint8Array | null;
  agent_name: string | null;
  agent_avatar: string | null;
}

export interface NewEventRow {
  conversation: number;
  stream: number;
  seq: number;
  uid: Uint8Array;
  at: number;
  kind: number;
  author: number;
  type: string;
  body: string;
}

const SELECT = `select e.conversation, e.stream, e.seq, e.uid, e.at, e.kind, e.author, e.type, e.body,
  a.uid as agent_uid, a.name as agent_name, a.avatar as agent_avatar
  from event e left join agent a on e.kind = 2 and a.id = e.author`;

/** False where the author has stored something under this id before (D2): then nothing was stored now. */
export function append(db: Db, row: NewEventRow): boolean | Promise<boolean> {
  return db.plain.add(
    "insert into event (conversation, stream, seq, uid, at, kind, author, type, body) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    row.conversation,
    row.stream,
    row.seq,
    row.uid,
    row.at,
    row.kind,
    row.author,
    row.type,
    row.body,
  );
}

/** Events of a stream after `after`, in order. */
export async function listAfter(db: Db, conversation: number, stream: number, after: number, limit: number) {
  return db.plain.all<EventRow>(
    `${SELECT} where e.conversation = ? and e.stream = ? and e.seq > ? order by e.seq limit ?`,
    conversation,
    stream,
    after,
    limit,
  );
}

/** The newest events of a stream, in order. */
export async function listNewest(db: Db, conversation: number, stream: number, limit: number) {
  const rows = await db.plain.all<EventRow>(
    `${SELECT} where e.conversation = ? and e.stream = ? order by e.seq desc limit ?`,
    conversation,
    stream,
    limit,
  );
  return rows.reverse();
}

export async function at(db: Db, conversation: number, stream: number, seq: number) {
  return db.plain.get<EventRow>(
    `${SELECT} where e.conversation = ? and e.stream = ? and e.seq = ?`,
    conversation,
    stream,
    seq,
  );
}

/** What an author once stored under an id (D2), with the conversation where it lies. */
export async function byAuthor(db: Db, kind: number, author: number, uid: Uint8Array) {
  return db.plain.get<EventRow & { conversation: number }>(
    `${SELECT} where e.kind = ? and e.author = ? and e.uid = ?`,
    kind,
    author,
    uid,
  );
}

/** The newest event of a type: what made a state so. */
export async function lastOfType(db: Db, conversation: number, stream: number, type: string) {
  return db.plain.get<EventRow>(
    `${SELECT} where e.conversation = ? and e.stream = ? and e.type = ? order by e.seq desc limit 1`,
    conversation,
    stream,
    type,
  );
}

/**
 * When somebody began to wait for the answer that stands nowhere: the visitor's first word after the last message of an
 * agent that was not taken back, or after the last end.
 */
export async function unansweredSince(db: Db, conversation: number): Promise<number | undefined> {
  const row = await db.plain.get<{ at: number | null }>(
    `select min(at) as at from event where conversation = ? and stream = 0 and kind = 1 and type in ('posted', 'reopened')
     and seq > (select coalesce(max(seq), 0) from event where conversation = ? and stream = 0
       and (type = 'resolved' or (type = 'posted' and kind = 2 and body <> ?)))`,
    conversation,
    conversation,
    GONE,
  );
  return row?.at === null || row === undefined ? undefined : Number(row.at);
}

/** All events of a type, in order. */
export async function ofType(db: Db, conversation: number, stream: number, type: string) {
  return db.plain.all<EventRow>(
    `${SELECT} where e.conversation = ? and e.stream = ? and e.type = ? order by e.seq`,
    conversation,
    stream,
    type,
  );
}

/** Takes the words out of a message or of an edit of it: they are to be nowhere. */
export async function replaceBody(db: Db, conversation: number, stream: number, seq: number, body: string) {
  await db.plain.run(
    "update event set body = ? where conversation = ? and stream = ? and seq = ?",
    body,
    conversation,
    stream,
    seq,
  );
}
