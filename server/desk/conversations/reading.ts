import { type Event, type Stream, SYNC_LIMIT, type Synced } from "../../../protocol/index.ts";
import * as events from "../../store/events.ts";
import type { Db } from "../../store/port.ts";
import type { ConversationRecord } from "./conversation-record.ts";
import { toEvent } from "./log.ts";

/** How many of the newest events of a stream come with a conversation that is opened or returned to. */
export const NEWEST = 200;
/**
 * What one answer carries at most, in characters. More than a socket may leave unread would end the connection of
 * whoever reads it over a slow line, again and again.
 */
export const ANSWER_LENGTH = 256 * 1024;

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
  const rows = withinLength(listed.filter((row) => row.seq <= head));
  const last = rows.at(-1)?.seq ?? Math.min(after, head);
  return { ok: true, events: rows.map((row) => toEvent(row, record)), head, more: last < head };
}

/**
 * What was missed since `after`, or without it the newest, as far as there is room in the answer: the newest one always.
 * `more` says that older ones were left out.
 */
export async function catchUp(
  db: Db,
  record: ConversationRecord,
  stream: Stream,
  after: number | undefined,
  room = ANSWER_LENGTH,
): Promise<{ events: Event[]; more: boolean }> {
  const head = record.view.head[stream];
  if (head === 0 || (after !== undefined && after >= head)) return { events: [], more: false };
  const rows = await events.listNewest(db, record.key, events.STREAMS[stream], room > 0 ? NEWEST : 1);
  const missed = rows.filter((row) => row.seq > (after ?? 0) && row.seq <= head);
  const wanted = withinLength(missed.reverse(), room).reverse();
  const first = wanted[0]?.seq ?? head + 1;
  return { events: wanted.map((row) => toEvent(row, record)), more: first > (after ?? 0) + 1 };
}

/** As many of the first as there is room for; one at least, however long it is. */
function withinLength(rows: events.EventRow[], room = ANSWER_LENGTH): events.EventRow[] {
  let length = 0;
  const over = rows.findIndex((row, index) => {
    length += row.body.length;
    return index > 0 && length > room;
  });
  return over < 0 ? rows : rows.slice(0, over);
}
