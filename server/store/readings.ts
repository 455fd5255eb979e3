import type { Selectable } from "kysely";
import type { Db, Param } from "./port.ts";
import type { Schema } from "./schema.ts";

export type Outcome = NonNullable<Selectable<Schema["reading"]>["outcome"]>;

/** A question that is not settled yet, with the article that was read for it last. */
export interface OpenReading {
  id: number;
  article: number;
  locale: string;
  q: string;
  solved: number | null;
}

/** A session's questions that are not settled, the newest first. */
export async function openOf(db: Db, site: number, session: string): Promise<OpenReading[]> {
  return db.plain.all<OpenReading>(
    `select id, article, locale, q, solved from reading
     where site = ? and session = ? and outcome is null order by id desc`,
    site,
    session,
  );
}

/** Sessions that are looked through for one visitor, the newest first: one who mints them without end makes nobody wait. */
const SESSIONS = 50;

/** What is not settled in any session that a visitor wrote from, or in the one that they write from now. */
export async function openOfVisitor(
  db: Db,
  { key, site }: { key: number; site: { key: number } },
  session: string | undefined,
): Promise<OpenReading[]> {
  return db.plain.all<OpenReading>(
    `select id, article, locale, q, solved from reading
     where site = ? and outcome is null and session in (
       select * from (select session from visitor_session where visitor = ? order by session desc limit ${SESSIONS}) as known
       union select ?)`,
    site.key,
    key,
    session ?? null,
  );
}

export interface NewReading {
  site: number;
  session: string;
  article: number;
  locale: string;
  q: string;
  solved: number | null;
  at: number;
}

export async function insert(db: Db, { at, ...reading }: NewReading): Promise<void> {
  await db.sql
    .insertInto("reading")
    .values({ ...reading, at, read_at: at })
    .execute();
}

/** The same question, further on: longer words, another article, a word of what came of it. */
export async function goOn(
  db: Db,
  id: number,
  { article, q, solved, at }: Pick<NewReading, "article" | "q" | "solved" | "at">,
): Promise<void> {
  await db.sql.updateTable("reading").set({ article, q, solved, read_at: at }).where("id", "=", id).execute();
}

/** What came of it is known: from now on nobody can tell who asked it, or in what words. */
export async function settle(db: Db, ids: readonly number[], outcome: Outcome): Promise<void> {
  if (ids.length === 0) return;
  await db.sql.updateTable("reading").set({ outcome, session: null, q: null }).where("id", "in", ids).execute();
}

/** Questions whose time is over, the oldest first. */
export async function due(db: Db, before: number, limit: number): Promise<{ id: number; solved: number | null }[]> {
  return db.plain.all(
    "select id, solved from reading where outcome is null and read_at <= ? order by read_at limit ?",
    before,
    limit,
  );
}

/** How the questions of a report are told apart; `all` is one row. */
export type Segment = "all" | "article" | "locale" | "day";

export interface CountRow {
  /** An article's key, a language, or days since 1970. */
  segment: string | number | null;
  /** Absent while it is open. */
  outcome: Outcome | null;
  n: number;
}

const DAY_MS = 86_400_000;
const SEGMENTS: Record<Segment, string> = {
  all: "null",
  article: "article",
  locale: "locale",
  day: `at / ${DAY_MS}`,
};

/** How many questions of a site had which outcome, by when they were first asked: from `from` until before `to`. */
export async function counts(db: Db, site: number, from: number, to: number, by: Segment): Promise<CountRow[]> {
  return db.plain.all<CountRow>(
    `select ${SEGMENTS[by]} as segment, outcome, count(*) as n from reading
     where site = ? and at >= ? and at < ? group by 1, 2`,
    site,
    from,
    to,
  );
}

/** Articles' names, by key; of those that are still there. */
export async function titles(db: Db, keys: readonly number[]) {
  if (keys.length === 0) return [];
  const places = keys.map(() => "?").join(", ");
  return db.plain.all<{ id: number; uid: Uint8Array; title: string }>(
    `select id, uid, title from article where id in (${places})`,
    ...(keys as Param[]),
  );
}

/** A visitor wrote from this session. */
export async function keepSession(db: Db, visitor: number, session: string): Promise<void> {
  await db.plain.run(
    "insert into visitor_session (visitor, session) values (?, ?) on conflict (visitor, session) do nothing",
    visitor,
    session,
  );
}
