import { minuteOf } from "./conversations.ts";
import type { Db } from "./port.ts";

/* Mail on its way, whose addresses are confirmed, and who asked for no more. */

/** A code proves an address; a transcript was asked for; a notice tells of an answer; a test was asked for by the owner. */
export type MailKind = "code" | "transcript" | "notice" | "test";

export interface NewMail {
  uid: Uint8Array;
  site: number;
  visitor: number | null;
  kind: MailKind;
  address: string;
  /** JSON of the letter. */
  letter: string;
  at: number;
}

export interface MailRow extends NewMail {
  id: number;
  due_at: number;
  tries: number;
}

export async function putMail(db: Db, mail: NewMail): Promise<void> {
  await db.sql
    .insertInto("mail")
    .values({ ...mail, due_at: mail.at, tries: 0, done_at: null })
    .execute();
}

export async function dueMail(db: Db, now: number, limit: number): Promise<MailRow[]> {
  return db.plain.all<MailRow>(
    `select id, uid, site, visitor, kind, address, letter, at, due_at, tries from mail
     where done_at is null and due_at <= ? order by due_at limit ?`,
    now,
    limit,
  );
}

/** Sent, or given up: its words go, that there was one stays for a while, to be counted. */
export async function mailDone(db: Db, id: number, now: number): Promise<void> {
  await db.plain.run("update mail set done_at = ?, letter = '' where id = ?", now, id);
}

export async function mailFailed(db: Db, id: number, tries: number, dueAt: number): Promise<void> {
  await db.plain.run("update mail set tries = ?, due_at = ? where id = ?", tries, dueAt, id);
}

/** How many went to an address since then, of some kind. */
export async function countTo(db: Db, address: string, kind: MailKind, since: number): Promise<number> {
  const sql = "select count(*) as n from mail where address = ? and kind = ? and at > ?";
  return (await db.plain.get<{ n: number }>(sql, address, kind, since))?.n ?? 0;
}

/** How many a visitor caused since then, of some kind. */
export async function countOf(db: Db, visitor: number, kind: MailKind, since: number): Promise<number> {
  const sql = "select count(*) as n from mail where visitor = ? and kind = ? and at > ?";
  return (await db.plain.get<{ n: number }>(sql, visitor, kind, since))?.n ?? 0;
}

export async function forgetMailBefore(db: Db, at: number): Promise<void> {
  await db.plain.run("delete from mail where done_at is not null and done_at < ?", at);
  await db.plain.run("delete from mail_code where expires_at < ?", at);
}

export async function isConfirmed(db: Db, visitor: number, address: string): Promise<boolean> {
  const sql = "select at from mail_confirmed where visitor = ? and address = ?";
  return (await db.plain.get(sql, visitor, address)) !== undefined;
}

export async function confirm(db: Db, visitor: number, address: string, at: number): Promise<void> {
  await db.sql
    .insertInto("mail_confirmed")
    .values({ visitor, address, at })
    .onConflict((c) => c.columns(["visitor", "address"]).doNothing())
    .execute();
}

export interface CodeRow {
  address: string;
  hash: Uint8Array;
  tries: number;
  expires_at: number;
}

/** A visitor has one code at a time. */
export async function putCode(db: Db, visitor: number, code: CodeRow | undefined): Promise<void> {
  await db.plain.run("delete from mail_code where visitor = ?", visitor);
  if (code)
    await db.sql
      .insertInto("mail_code")
      .values({ visitor, ...code })
      .execute();
}

export async function codeOf(db: Db, visitor: number): Promise<CodeRow | undefined> {
  return db.plain.get<CodeRow>("select address, hash, tries, expires_at from mail_code where visitor = ?", visitor);
}

export interface NoticeRow {
  /** Up to which message of `talk` was told. */
  seq: number;
  /** How many notices went since the visitor last looked. */
  unread: number;
  at: number;
}

export async function noticeOf(db: Db, conversation: number): Promise<NoticeRow | undefined> {
  return db.plain.get<NoticeRow>("select seq, unread, at from mail_notice where conversation = ?", conversation);
}

export async function putNotice(db: Db, conversation: number, notice: NoticeRow): Promise<void> {
  await db.sql
    .insertInto("mail_notice")
    .values({ conversation, ...notice })
    .onConflict((c) => c.column("conversation").doUpdateSet(notice))
    .execute();
}

/** Conversations of a site whose newest message may not have been seen by a visitor who has an address. */
export async function unseen(db: Db, site: number, since: number): Promise<number[]> {
  const rows = await db.plain.all<{ id: number }>(
    `select c.id from conversation c join visitor v on v.id = c.visitor
     where c.site = ? and c.updated_minute >= ? and c.updated_at >= ? and c.read_visitor < c.talk_head
       and v.email is not null`,
    site,
    minuteOf(since),
    since,
  );
  return rows.map(({ id }) => id);
}

export async function stopMail(db: Db, hash: Uint8Array, at: number): Promise<void> {
  await db.sql
    .insertInto("mail_stop")
    .values({ hash, at })
    .onConflict((c) => c.column("hash").doNothing())
    .execute();
}

export async function isStopped(db: Db, hash: Uint8Array): Promise<boolean> {
  return (await db.plain.get("select at from mail_stop where hash = ?", hash)) !== undefined;
}

/** All that is kept of a visitor here; for erasure. Who asked for no more mail stays unasked. */
export async function eraseMail(db: Db, of: { visitor: number; conversations: readonly number[] }): Promise<void> {
  for (const table of ["mail", "mail_confirmed", "mail_code"])
    await db.plain.run(`delete from ${table} where visitor = ?`, of.visitor);
  for (const key of of.conversations) await db.plain.run("delete from mail_notice where conversation = ?", key);
}
