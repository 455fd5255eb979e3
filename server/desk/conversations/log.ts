import { type Author, apply, type Event, type EventId, type EventType, type Stream } from "../../../protocol/index.ts";
import { toTime } from "../../clock.ts";
import * as conversations from "../../store/conversations.ts";
import * as events from "../../store/events.ts";
import { mintId, toBytes, toId } from "../../store/ids.ts";
import type { Db } from "../../store/port.ts";
import type { AgentActor, VisitorActor } from "../actors.ts";
import { learnFrom, teaches } from "../articles/learning.ts";
import { type AgentsView, type ConversationRecord, changesOf, shownOf, toColumns } from "./conversation-record.ts";
import { keep } from "./kept-records.ts";

/** Who writes an event: the integer key for the log, the card for everyone who reads it. */
export interface Writer {
  readonly kind: "system" | "visitor" | "agent";
  readonly key: number;
  readonly by: Author;
}

export const SYSTEM: Writer = { kind: "system", key: 0, by: { kind: "system" } };

export function visitorWriter({ key, id, card }: VisitorActor): Writer {
  return { kind: "visitor", key, by: { kind: "visitor", id, ...(card.name !== undefined && { name: card.name }) } };
}

export function agentWriter({ key, id, name, avatar }: AgentActor): Writer {
  return { kind: "agent", key, by: { kind: "agent", id, name, ...(avatar !== undefined && { avatar }) } };
}

type Base = "conversation" | "stream" | "seq" | "id" | "at" | "by";
/** An event before it has a place: its type and the fields of that type. */
export type Draft = { [T in EventType]: Omit<Extract<Event, { type: T }>, Base> }[EventType] & {
  /** The client's id, where it minted one. */
  id?: EventId;
  /** The integer key behind the `agent` of `assigned` and `joined`. */
  agentKey?: number | null;
  /** Where somebody else wrote it than the one who asked. */
  writer?: Writer;
};

const DESK = new Set<EventType>(["noted", "assigned", "tagged", "snoozed", "woken", "escalated", "followed-up"]);

/**
 * Appends events to their streams and folds each into the conversation with the one function that also the clients fold
 * with (D11). Numbers come from the conversation's own heads inside the writing transaction (D3). Creates the
 * conversation with its first event. Throws an {@link AgainError} where the author's id is stored already (D2).
 */
export async function append(
  db: Db,
  record: ConversationRecord,
  writer: Writer,
  now: number,
  drafts: readonly Draft[],
): Promise<Event[]> {
  const at = toTime(now);
  const stored: Event[] = [];
  for (const draft of drafts) {
    const { id = mintId<EventId>(), agentKey, writer: other, ...fields } = draft;
    const { key, kind, by } = other ?? writer;
    const stream: Stream = DESK.has(fields.type) ? "desk" : "talk";
    const seq = record.view.head[stream] + 1;
    const event = { conversation: record.view.id, stream, seq, id, at, by, ...fields } as Event;
    record.view = apply(record.view, event) as AgentsView;
    if (stream === "talk" && at > record.talkAt) record.talkAt = at;
    if (event.type === "assigned") record.assigneeKey = agentKey ?? null;
    if (event.type === "joined") {
      record.joined = event.agent;
      record.joinedKey = agentKey ?? null;
    }
    if (record.key === 0) {
      record.key = await conversations.insert(db, toColumns(record));
      record.stored = shownOf(record);
    }
    const { type, ...body } = fields;
    const place = { conversation: record.key, stream: events.STREAMS[stream], seq };
    const isNew = await events.append(db, {
      ...place,
      uid: toBytes(id),
      at: now,
      kind: events.KINDS[kind],
      author: key,
      type,
      body: JSON.stringify(body),
    });
    if (!isNew) throw new AgainError(`Event ${id} is stored already`);
    if (teaches(event)) db.atEnd(() => learnFrom(db, record, event, now));
    stored.push(event);
  }
  await conversations.update(db, record.key, ...changesOf(record));
  keep(db, record);
  return stored;
}

/** Somebody sent something under an id of theirs that is stored already: what was begun is to be undone. */
export class AgainError extends Error {
  override readonly name = "AgainError";
}

/** Reads a row of the log as the event that was sent. */
export function toEvent(row: events.EventRow, record: Pick<ConversationRecord, "view">): Event {
  return {
    conversation: record.view.id,
    stream: row.stream === events.STREAMS.talk ? "talk" : "desk",
    seq: row.seq,
    id: toId<EventId>(row.uid),
    at: toTime(row.at),
    by: authorOf(row, record),
    type: row.type,
    ...(JSON.parse(row.body) as object),
  } as Event;
}

function authorOf(row: events.EventRow, { view }: Pick<ConversationRecord, "view">): Author {
  if (row.kind === events.KINDS.system) return { kind: "system" };
  if (row.kind === events.KINDS.visitor) {
    const { id, name } = view.visitor;
    return { kind: "visitor", id, ...(name !== undefined && { name }) };
  }
  return {
    kind: "agent",
    ...(row.agent_uid !== null && { id: toId(row.agent_uid) }),
    ...(row.agent_name !== null && { name: row.agent_name }),
    ...(row.agent_avatar !== null && { avatar: row.agent_avatar }),
  };
}
