import { type ArticleCard, type ConversationId, type Event, type EventId, refuse } from "../../../protocol/index.ts";
import * as conversations from "../../store/conversations.ts";
import * as events from "../../store/events.ts";
import { toBytes } from "../../store/ids.ts";
import type { Db } from "../../store/port.ts";
import { type ConversationRecord, fromRow } from "./conversation-record.ts";
import { keep, keptRecord } from "./kept-records.ts";
import { toEvent, type Writer } from "./log.ts";

/** A message, or a note, as it is about to be stored. */
export interface Content {
  type: "posted" | "noted";
  text: string;
  files?: readonly string[] | undefined;
  article?: ArticleCard["id"] | undefined;
}

/** Refuses what would be an empty bubble. */
export function assertContent({ text, files, article }: Content): void {
  if (text.trim() === "" && article === undefined && !files?.length)
    refuse("invalid", "Cannot post: the message is empty", { field: "text" });
}

/**
 * What the author stored before under this id (D2): the same event again, whatever became of its conversation since.
 * Refuses with `reused-id` where the content was another one.
 */
export async function alreadyStored(
  db: Db,
  writer: Writer,
  id: EventId,
  content: Content,
): Promise<{ event: Event; record: ConversationRecord } | undefined> {
  const row = await events.byAuthor(db, events.KINDS[writer.kind], writer.key, toBytes(id));
  if (!row) return undefined;
  const found = await conversations.byKey(db, row.conversation);
  if (!found) throw new Error(`Event without conversation ${row.conversation}`);
  const record = fromRow(found);
  const event = toEvent(row, record);
  if (!sameContent(event, content))
    refuse("reused-id", "Cannot post: this id belongs to another message", { field: "id" });
  return { event, record };
}

/** The conversation a command names, for an agent or visitor who may know of it. What is not theirs is `not-found`. */
export async function findRecord(
  db: Db,
  id: ConversationId,
  may: (record: ConversationRecord) => boolean,
): Promise<ConversationRecord> {
  const record = keptRecord(db, id) ?? (await readRecord(db, id));
  if (!record || !may(record)) refuse("not-found", "No such conversation", { field: "conversation" });
  return record;
}

async function readRecord(db: Db, id: ConversationId): Promise<ConversationRecord | undefined> {
  const row = await conversations.byUid(db, toBytes(id));
  return row && fromRow(row);
}

/** Moves a read mark up. */
export async function markRead(db: Db, record: ConversationRecord, side: "visitor" | "agents", seq: number) {
  await conversations.markRead(db, record.key, side, seq);
  record.view = { ...record.view, read: { ...record.view.read, [side]: seq } };
  keep(db, record);
}

/** The newest event of a type in a conversation: what made a state so. */
export async function lastOf(db: Db, record: ConversationRecord, type: Event["type"], stream: "talk" | "desk") {
  const row = await events.lastOfType(db, record.key, events.STREAMS[stream], type);
  return row && toEvent(row, record);
}

/** A command that asks for a state which holds already. */
export async function again(db: Db, record: ConversationRecord, type: Event["type"], stream: "talk" | "desk") {
  const event = await lastOf(db, record, type, stream);
  return { ok: true as const, again: true as const, ...(event && { event }) };
}

function sameContent(event: Event, { type, text, files, article }: Content): boolean {
  if (event.type !== type) return false;
  if (event.type !== "posted") return event.type === "noted" && event.text === text;
  // Its words were taken out: whoever still has the id may have the words too, but they are not compared any more.
  if (event.gone) return true;
  const ids = (event.files ?? []).map((file) => file.id);
  return (
    event.text === text && event.article?.id === article && JSON.stringify(ids) === JSON.stringify([...(files ?? [])])
  );
}
