import type {
  AgentCard,
  Conversation,
  ConversationId,
  SiteId,
  Survey,
  VisitorCard,
  VisitorId,
} from "../../../protocol/index.ts";
import { toTime } from "../../clock.ts";
import type { ConversationRow } from "../../store/conversations.ts";
import * as conversations from "../../store/conversations.ts";
import { toBytes, toId } from "../../store/ids.ts";
import type { Param } from "../../store/port.ts";

/** A conversation inside: what agents see of it, and the integer keys that only the store knows. */
export interface ConversationRecord {
  /** 0 until it is stored. */
  key: number;
  readonly siteKey: number;
  readonly visitorKey: number;
  assigneeKey: number | null;
  joinedKey: number | null;
  /** The agents' view. The visitor's follows from it: {@link visitorView}. */
  view: AgentsView;
  /** Who last joined, and the newest time in `talk`: what the visitor's view shows instead of the agents' own. */
  joined: AgentCard | undefined;
  talkAt: string;
  /** As the table holds it, so that only what changed is written. */
  stored: Shown | undefined;
}

type Shown = Pick<ConversationRecord, "assigneeKey" | "joinedKey" | "view" | "talkAt">;
type Columns = Parameters<typeof conversations.insert>[1];

/** What agents see always has these. */
export type AgentsView = Omit<Conversation, "visitor" | "tags" | "priority" | "head"> & {
  visitor: VisitorCard;
  tags: string[];
  priority: number;
  head: { talk: number; desk: number };
};

export function newRecord(
  id: ConversationId,
  site: { key: number; id: SiteId },
  visitor: { key: number; card: VisitorCard },
  at: string,
): ConversationRecord {
  return {
    key: 0,
    siteKey: site.key,
    visitorKey: visitor.key,
    assigneeKey: null,
    joinedKey: null,
    joined: undefined,
    talkAt: at,
    stored: undefined,
    view: {
      id,
      site: site.id,
      status: "open",
      episode: 1,
      openedAt: at,
      updatedAt: at,
      head: { talk: 0, desk: 0 },
      read: { visitor: 0, agents: 0 },
      visitor: visitor.card,
      tags: [],
      ...(visitor.card.tier !== undefined && { tier: visitor.card.tier }),
      priority: 0,
    },
  };
}

export function fromRow(row: ConversationRow): ConversationRecord {
  const assignee = card(row.assignee_uid, row.assignee_name, row.assignee_avatar);
  const view: AgentsView = {
    id: toId<ConversationId>(row.uid),
    site: toId<SiteId>(row.site_uid),
    status: row.status,
    episode: row.episode,
    openedAt: toTime(row.opened_at),
    updatedAt: toTime(row.updated_at),
    head: { talk: row.talk_head, desk: row.desk_head },
    read: { visitor: row.read_visitor, agents: row.read_agents },
    visitor: visitorCard(row),
    tags: JSON.parse(row.tags) as string[],
    priority: row.priority,
  };
  if (row.resolved_at !== null) view.resolvedAt = toTime(row.resolved_at);
  if (assignee) view.assignee = assignee;
  if (row.page !== null) view.page = JSON.parse(row.page) as { url: string; title?: string };
  if (row.locale !== null) view.locale = row.locale;
  if (row.subject !== null) view.subject = row.subject;
  if (row.latest !== null) view.latest = JSON.parse(row.latest) as NonNullable<Conversation["latest"]>;
  if (row.survey !== null) view.survey = JSON.parse(row.survey) as Survey;
  if (row.visitor_tier !== null) view.tier = row.visitor_tier;
  if (row.waiting_since !== null) view.waitingSince = toTime(row.waiting_since);
  if (row.snoozed_until !== null) view.snoozedUntil = toTime(row.snoozed_until);
  const shown = { assigneeKey: row.assignee, joinedKey: row.joined, view, talkAt: toTime(row.talk_at) };
  return {
    key: row.id,
    siteKey: row.site,
    visitorKey: row.visitor,
    joined: card(row.joined_uid, row.joined_name, row.joined_avatar),
    stored: shown,
    ...shown,
  };
}

export function toColumns(record: ConversationRecord): Columns {
  const { view } = record;
  const columns: Partial<Columns> = { uid: toBytes(view.id), site: record.siteKey, visitor: record.visitorKey };
  for (const { column, of, write } of CHANGING) Object.assign(columns, { [column]: write(of(record)) });
  return columns as Columns;
}

/** What its row follows from, as it is now. */
export function shownOf({ assigneeKey, joinedKey, view, talkAt }: ConversationRecord): Shown {
  return { assigneeKey, joinedKey, view, talkAt };
}

/** What changed since it was stored, by column. */
export function changesOf(record: ConversationRecord): [columns: string[], values: Param[]] {
  const columns: string[] = [];
  const values: Param[] = [];
  const before = record.stored;
  for (const { column, of, write } of CHANGING) {
    const now = of(record);
    if (before && of(before) === now) continue;
    columns.push(column);
    values.push(write(now));
  }
  return [columns, values];
}

/**
 * What the visitor may see: nothing that follows from `desk`. A snoozed conversation is open to them, and whoever
 * joined stays their person until another one joins (D11, D12).
 */
export function visitorView({ view, joined, talkAt }: ConversationRecord): Conversation {
  const { visitor, tags, tier, priority, waitingSince, due, snoozedUntil, assignee, ...shared } = view;
  return {
    ...shared,
    status: view.status === "snoozed" ? "open" : view.status,
    updatedAt: talkAt,
    head: { talk: view.head.talk },
    ...(joined && { assignee: joined }),
  };
}

function visitorCard(row: ConversationRow): VisitorCard {
  return {
    id: toId<VisitorId>(row.visitor_uid),
    ...(row.visitor_name !== null && { name: row.visitor_name }),
    ...(row.visitor_email !== null && { email: row.visitor_email }),
    verified: row.visitor_verified === 1,
    ...(row.visitor_tier !== null && { tier: row.visitor_tier }),
  };
}

function card(uid: Uint8Array | null, name: string | null, avatar: string | null): AgentCard | undefined {
  if (uid === null || name === null) return undefined;
  return { id: toId(uid), name, ...(avatar !== null && { avatar }) };
}

interface Changing {
  column: keyof Columns;
  /** Fields of a view are never written to, so whatever is the same object is the same. */
  of(shown: Shown): unknown;
  write(value: unknown): Param;
}

/** Of a time as it is written, up to its minute. */
const MINUTE_LENGTH = "2026-01-01T00:00".length;
const plain = (value: unknown) => (value ?? null) as Param;
const millis = (time: unknown) => (time === undefined ? null : Date.parse(time as string));
const minutes = (time: unknown) => conversations.minuteOf(Date.parse(`${time as string}Z`));
const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));

/** Not who it belongs to. */
const CHANGING: readonly Changing[] = [
  { column: "status", of: ({ view }) => view.status, write: plain },
  { column: "episode", of: ({ view }) => view.episode, write: plain },
  { column: "opened_at", of: ({ view }) => view.openedAt, write: millis },
  { column: "updated_at", of: ({ view }) => view.updatedAt, write: millis },
  { column: "updated_minute", of: ({ view }) => view.updatedAt.slice(0, MINUTE_LENGTH), write: minutes },
  { column: "talk_at", of: ({ talkAt }) => talkAt, write: millis },
  { column: "resolved_at", of: ({ view }) => view.resolvedAt, write: millis },
  { column: "assignee", of: ({ assigneeKey }) => assigneeKey, write: plain },
  { column: "joined", of: ({ joinedKey }) => joinedKey, write: plain },
  { column: "talk_head", of: ({ view }) => view.head.talk, write: plain },
  { column: "desk_head", of: ({ view }) => view.head.desk ?? 0, write: plain },
  { column: "read_visitor", of: ({ view }) => view.read.visitor, write: plain },
  { column: "read_agents", of: ({ view }) => view.read.agents, write: plain },
  { column: "page", of: ({ view }) => view.page, write: json },
  { column: "locale", of: ({ view }) => view.locale, write: plain },
  { column: "subject", of: ({ view }) => view.subject, write: plain },
  { column: "latest", of: ({ view }) => view.latest, write: json },
  { column: "survey", of: ({ view }) => view.survey, write: json },
  { column: "tags", of: ({ view }) => view.tags, write: json },
  { column: "priority", of: ({ view }) => view.priority, write: plain },
  { column: "waiting_since", of: ({ view }) => view.waitingSince, write: millis },
  { column: "snoozed_until", of: ({ view }) => view.snoozedUntil, write: millis },
];
