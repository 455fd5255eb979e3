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
import type * as conversations from "../../store/conversations.ts";
import type { ConversationRow } from "../../store/conversations.ts";
import { toBytes, toId } from "../../store/ids.ts";

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
  /** What the table holds of it, so that only what changed is written. */
  stored: Columns | undefined;
}

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
  return {
    key: row.id,
    siteKey: row.site,
    visitorKey: row.visitor,
    assigneeKey: row.assignee,
    joinedKey: row.joined,
    joined: card(row.joined_uid, row.joined_name, row.joined_avatar),
    talkAt: toTime(row.talk_at),
    stored: row,
    view,
  };
}

export function toColumns(record: ConversationRecord): Columns {
  const { view } = record;
  return {
    uid: toBytes(view.id),
    site: record.siteKey,
    visitor: record.visitorKey,
    status: view.status,
    episode: view.episode,
    opened_at: Date.parse(view.openedAt),
    updated_at: Date.parse(view.updatedAt),
    talk_at: Date.parse(record.talkAt),
    resolved_at: millis(view.resolvedAt),
    assignee: record.assigneeKey,
    joined: record.joinedKey,
    talk_head: view.head.talk,
    desk_head: view.head.desk ?? 0,
    read_visitor: view.read.visitor,
    read_agents: view.read.agents,
    page: json(view.page),
    locale: view.locale ?? null,
    subject: view.subject ?? null,
    latest: json(view.latest),
    survey: json(view.survey),
    tags: JSON.stringify(view.tags),
    priority: view.priority,
    waiting_since: millis(view.waitingSince),
    snoozed_until: millis(view.snoozedUntil),
  };
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

function millis(time: string | undefined): number | null {
  return time === undefined ? null : Date.parse(time);
}

function json(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
