import type { Db, Param } from "./port.ts";
import { FOUND, matchOf } from "./search.ts";

/** A conversation with the people in it, as every list and every command reads it. */
export interface ConversationRow {
  id: number;
  uid: Uint8Array;
  site: number;
  site_uid: Uint8Array;
  visitor: number;
  status: "open" | "snoozed" | "resolved";
  episode: number;
  opened_at: number;
  updated_at: number;
  updated_minute: number;
  talk_at: number;
  resolved_at: number | null;
  assignee: number | null;
  joined: number | null;
  talk_head: number;
  desk_head: number;
  read_visitor: number;
  read_agents: number;
  page: string | null;
  locale: string | null;
  subject: string | null;
  latest: string | null;
  survey: string | null;
  tags: string;
  priority: number;
  waiting_since: number | null;
  snoozed_until: number | null;
  visitor_uid: Uint8Array;
  visitor_name: string | null;
  visitor_email: string | null;
  visitor_verified: number;
  visitor_tier: string | null;
  assignee_uid: Uint8Array | null;
  assignee_name: string | null;
  assignee_avatar: string | null;
  joined_uid: Uint8Array | null;
  joined_name: string | null;
  joined_avatar: string | null;
}

/** How many keys one query names. */
const KEYS_AT_ONCE = 500;

const SELECT = `select c.*, s.uid as site_uid,
  v.uid as visitor_uid, v.name as visitor_name, v.email as visitor_email, v.verified as visitor_verified, v.tier as visitor_tier,
  a.uid as assignee_uid, a.name as assignee_name, a.avatar as assignee_avatar,
  j.uid as joined_uid, j.name as joined_name, j.avatar as joined_avatar
  from conversation c
  join site s on s.id = c.site
  join visitor v on v.id = c.visitor
  left join agent a on a.id = c.assignee
  left join agent j on j.id = c.joined`;

export async function byUid(db: Db, uid: Uint8Array) {
  return db.plain.get<ConversationRow>(`${SELECT} where c.uid = ?`, uid);
}

export async function byKey(db: Db, key: number) {
  return db.plain.get<ConversationRow>(`${SELECT} where c.id = ?`, key);
}

/** What an agent is to answer. */
export async function heldBy(db: Db, agent: number) {
  return db.plain.all<ConversationRow>(`${SELECT} where c.assignee = ? and c.status != 'resolved'`, agent);
}

/** The one conversation a visitor has open, if any. */
export async function openOf(db: Db, visitor: number) {
  return db.plain.get<ConversationRow>(`${SELECT} where c.visitor = ? and c.status != 'resolved'`, visitor);
}

/** All of a visitor's, newest first. */
export async function ofVisitor(db: Db, visitor: number, limit: number) {
  return db.plain.all<ConversationRow>(
    `${SELECT} where c.visitor = ? order by c.talk_at desc, c.id desc limit ?`,
    visitor,
    limit,
  );
}

/** Where the streams of some conversations stand, by key. */
export async function heads(db: Db, keys: readonly number[]): Promise<Map<number, { talk: number; desk: number }>> {
  const found = new Map<number, { talk: number; desk: number }>();
  for (let start = 0; start < keys.length; start += KEYS_AT_ONCE) {
    const rows = await db.sql
      .selectFrom("conversation")
      .select(["id", "talk_head as talk", "desk_head as desk"])
      .where("id", "in", keys.slice(start, start + KEYS_AT_ONCE))
      .execute();
    for (const { id, talk, desk } of rows) found.set(id, { talk, desk });
  }
  return found;
}

/** Those whose snooze ended. */
export async function toWake(db: Db, now: number, limit: number) {
  return db.plain.all<ConversationRow>(
    `${SELECT} where c.snoozed_until is not null and c.snoozed_until <= ? order by c.snoozed_until limit ?`,
    now,
    limit,
  );
}

export interface ListFilter {
  site: number;
  status?: "open" | "snoozed" | "resolved" | undefined;
  /** An agent's integer key; null: nobody's. */
  assignee?: number | null | undefined;
  /** Somebody waits for a reply; the longest first. */
  waiting?: boolean | undefined;
  visitor?: Uint8Array | undefined;
  tag?: string | undefined;
  query?: string | undefined;
  /** Continues after this place. */
  after?: { at: number; id: number } | undefined;
  limit: number;
}

/** One page of a site's conversations: newest change first, or the longest wait first. */
export async function list(db: Db, filter: ListFilter) {
  const where: string[] = ["c.site = ?"];
  const params: Param[] = [filter.site];
  const add = (condition: string, ...values: Param[]) => {
    where.push(condition);
    params.push(...values);
  };
  if (filter.status) add("c.status = ?", filter.status);
  // Said again as the index of what is not resolved says it, or all of a site's are walked through.
  if (filter.status && filter.status !== "resolved") add("c.status != 'resolved'");
  if (filter.assignee === null) add("c.assignee is null");
  else if (filter.assignee !== undefined) add("c.assignee = ?", filter.assignee);
  if (filter.waiting) add("c.waiting_since is not null and c.status = 'open'");
  if (filter.visitor) add("v.uid = ?", filter.visitor);
  if (filter.tag) add("exists (select 1 from json_each(c.tags) where value = ?)", filter.tag);
  if (filter.query?.trim()) {
    const like = `%${filter.query.trim().replace(/[\\%_]/g, "\\$&")}%`;
    const people = "v.name like ? escape '\\' or v.email like ? escape '\\'";
    const match = matchOf(filter.query);
    if (match) add(`(${FOUND} or ${people})`, match, like, like);
    else add(`(${people})`, like, like);
  }
  const { after } = filter;
  if (after && filter.waiting) add("(c.waiting_since, c.id) > (?, ?)", after.at, after.id);
  else if (after) {
    add("c.updated_minute <= ?", minuteOf(after.at));
    add("(c.updated_at, c.id) < (?, ?)", after.at, after.id);
  }
  // The minute first, for the index; within it by the millisecond.
  const order = filter.waiting ? "c.waiting_since, c.id" : "c.updated_minute desc, c.updated_at desc, c.id desc";
  return db.plain.all<ConversationRow>(
    `${SELECT} where ${where.join(" and ")} order by ${order} limit ?`,
    ...params,
    filter.limit,
  );
}

type Columns = Omit<
  ConversationRow,
  "id" | "site_uid" | `visitor_${string}` | `assignee_${string}` | `joined_${string}`
>;

const WRITTEN = [
  "uid",
  "site",
  "visitor",
  "status",
  "episode",
  "opened_at",
  "updated_at",
  "updated_minute",
  "talk_at",
  "resolved_at",
  "assignee",
  "joined",
  "talk_head",
  "desk_head",
  "read_visitor",
  "read_agents",
  "page",
  "locale",
  "subject",
  "latest",
  "survey",
  "tags",
  "priority",
  "waiting_since",
  "snoozed_until",
] as const satisfies (keyof Columns)[];

const INSERT = `insert into conversation (${WRITTEN.join(", ")}) values (${WRITTEN.map(() => "?").join(", ")})`;

/** Returns the new row's key. */
export async function insert(db: Db, row: Columns): Promise<number> {
  return db.plain.run(INSERT, ...WRITTEN.map((column) => row[column]));
}

/** The minute that a time lies in: what the lists' index knows of when a conversation changed. */
export function minuteOf(at: number): number {
  return Math.floor(at / 60_000);
}

/** Writes what changed, and no more: a column that is named moves its row in every index that knows the column. */
export async function update(db: Db, id: number, columns: readonly string[], values: readonly Param[]): Promise<void> {
  if (columns.length === 0) return;
  const set = columns.map((column) => `${column} = ?`).join(", ");
  await db.plain.runKept(`update conversation set ${set} where id = ?`, ...values, id);
}

/** Moves a read mark up, never down (D10). */
export async function markRead(db: Db, id: number, side: "visitor" | "agents", seq: number): Promise<void> {
  const sql = `update conversation set read_${side} = ? where id = ? and read_${side} < ?`;
  await db.plain.runKept(sql, seq, id, seq);
}
