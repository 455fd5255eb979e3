import { type Accepted, type AgentCommand, type Conversation, refuse } from "../../../protocol/index.ts";
import * as conversations from "../../store/conversations.ts";
import type { Db } from "../../store/port.ts";
import type { AgentActor } from "../actors.ts";
import { type ConversationRecord, fromRow } from "./conversation-record.ts";
import { catchUp } from "./reading.ts";

const PAGE = 50;

type Inbox = Extract<AgentCommand, { type: "inbox" }>;

/** One page of a view of the inbox. */
export async function listInbox(db: Db, agent: AgentActor, site: number, command: Inbox): Promise<Accepted> {
  const { view, query, tag, limit = PAGE } = command;
  const filter: Omit<conversations.ListFilter, "limit"> = { site, query, tag, after: readCursor(command.cursor) };
  switch (view) {
    case "mine":
      filter.assignee = agent.key;
      filter.status = "open";
      break;
    case "unassigned":
      filter.assignee = null;
      filter.status = "open";
      break;
    case "waiting":
      filter.waiting = true;
      break;
    case "open":
    case "snoozed":
    case "resolved":
      filter.status = view;
      break;
    case "all":
      break;
    default:
      view satisfies never;
  }
  const { rows, cursor } = await page(db, { ...filter, limit });
  return { ok: true, rows, ...(cursor !== undefined && { cursor }) };
}

/** A page of conversations as agents see them, and where the next one begins. */
export async function page(
  db: Db,
  filter: conversations.ListFilter,
): Promise<{ rows: Conversation[]; cursor?: string }> {
  const found = await conversations.list(db, { ...filter, limit: filter.limit + 1 });
  const rows = found.slice(0, filter.limit);
  const last = rows.at(-1);
  const at = filter.waiting ? last?.waiting_since : last?.updated_at;
  const more = found.length > filter.limit && last && typeof at === "number";
  return { rows: rows.map((row) => fromRow(row).view), ...(more && { cursor: `${at}-${last.id}` }) };
}

/** Where a page ended. What no page of ours could have ended with is `invalid`. */
export function readCursor(cursor: string | undefined): { at: number; id: number } | undefined {
  if (cursor === undefined) return undefined;
  const match = /^(\d{1,15})-(\d{1,15})$/.exec(cursor);
  if (!match) return refuse("invalid", "No such cursor", { field: "cursor" });
  return { at: Number(match[1]), id: Number(match[2]) };
}

/** A conversation with the newest of both its streams. */
export async function openConversation(db: Db, record: ConversationRecord): Promise<Accepted> {
  const talk = await catchUp(db, record, "talk", undefined);
  const desk = await catchUp(db, record, "desk", undefined);
  const more = talk.more || desk.more;
  return {
    ok: true,
    conversation: record.view,
    events: [...talk.events, ...desk.events],
    ...(more && { more: { ...(talk.more && { talk: true }), ...(desk.more && { desk: true }) } }),
  };
}
