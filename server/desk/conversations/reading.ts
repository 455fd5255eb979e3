import { type Event, type Stream, SYNC_LIMIT, type Synced } from "../../../protocol/index.ts";
import * as events from "../../store/events.ts";
import type { Db } from "../../store/port.ts";
import type { ConversationRecord } from "./conversation-record.ts";
import { toEvent } from "./log.ts";

/** How many of the newest events of a stream come with a conversation that is opened or returned to. */
export const NEWEST = 200;

/** Events of a stream after a place, in order (D4, D7). */
export async function syncStream(
  db: Db,
  record: ConversationRecord,
  stream: Stream,
  after: number,
  limit = SYNC_LIMIT,
): Promise<Synced> {
  const head = record.view.head[stream];
  const listed = await events.listAfter(db, record.key, events.STREAMS[stream], after, limit);
  // What was stored since the conversation was read belongs to the next answer: head and events agree.
  const rows = listed.filter((row) => row.seq <= head);
  const last = rows.at(-1)?.seq ?? Math.min(after, head);
  return { ok: true, events: rows.map((row) => toEvent(row, record)), head, more: last < head };
}

/** What was missed since `after`, or without it the newest; `more` says that older ones were left out. */
export async function catchUp(
  db: Db,
  record: ConversationRecord,
  stream: Stream,
  after: number | undefined,
): Promise<{ events: Event[]; more: boolean }> {
  const head = record.view.head[stream];
  if (head === 0 || (after !== undefined && after >= head)) return { events: [], more: false };
  const rows = await events.listNewest(db, record.key, events.STREAMS[stream], NEWEST);
  const wanted = rows.filter((row) => row.seq > (after ?? 0) && row.seq <= head);
  const first = wanted[0]?.seq ?? head + 1;
  return { events: wanted.map((row) => toEvent(row, record)), more: first > (after ?? 0) + 1 };
}
