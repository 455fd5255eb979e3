import type { Insertable, Selectable } from "kysely";
import type { AgentRow } from "./agents.ts";
import type { Db } from "./port.ts";
import type { Schema } from "./schema.ts";

export type SessionRow = Selectable<Schema["session"]>;
export type TicketKind = Schema["ticket"]["kind"];

const SESSIONS_SHOWN = 100;

export async function sessionByHash(db: Db, hash: Uint8Array, now: number): Promise<SessionRow | undefined> {
  return db.plain.get<SessionRow>("select * from session where hash = ? and expires_at > ?", hash, now);
}

export async function insertSession(db: Db, values: Insertable<Schema["session"]>): Promise<void> {
  await db.sql.insertInto("session").values(values).execute();
}

export async function touchSession(db: Db, hash: Uint8Array, seenAt: number, expiresAt: number): Promise<void> {
  await db.sql
    .updateTable("session")
    .set({ seen_at: seenAt, expires_at: expiresAt })
    .where("hash", "=", hash)
    .execute();
}

export async function deleteSession(db: Db, hash: Uint8Array): Promise<void> {
  await db.sql.deleteFrom("session").where("hash", "=", hash).execute();
}

/** All of an agent's sessions, but perhaps for the one that asks. */
export async function deleteSessionsOf(db: Db, agent: number, except?: Uint8Array): Promise<void> {
  const query = db.sql.deleteFrom("session").where("agent", "=", agent);
  await (except ? query.where("hash", "!=", except) : query).execute();
}

/** An agent's sessions that stand, used last first. */
export function sessionsOf(db: Db, agent: number, now: number): Promise<SessionRow[]> {
  return db.sql
    .selectFrom("session")
    .selectAll()
    .where("agent", "=", agent)
    .where("expires_at", ">", now)
    .orderBy("seen_at", "desc")
    .limit(SESSIONS_SHOWN)
    .execute();
}

/** Whether there is anything for {@link deleteExpired}. */
export async function hasExpired(db: Db, now: number): Promise<boolean> {
  const ended =
    "select 1 from session where expires_at <= ? union all select 1 from ticket where expires_at <= ? limit 1";
  return (await db.plain.get(ended, now, now)) !== undefined;
}

/** Sessions and tickets that nobody can use any more. */
export async function deleteExpired(db: Db, now: number): Promise<void> {
  await db.sql.deleteFrom("session").where("expires_at", "<=", now).execute();
  await db.sql.deleteFrom("ticket").where("expires_at", "<=", now).execute();
}

export async function insertTicket(db: Db, values: Insertable<Schema["ticket"]>): Promise<void> {
  await db.sql.insertInto("ticket").values(values).execute();
}

/** Whom a ticket is for, while it can still be used. */
export function ticketHolder(db: Db, hash: Uint8Array, kind: TicketKind, now: number): Promise<AgentRow | undefined> {
  return db.sql
    .selectFrom("ticket")
    .innerJoin("agent", "agent.id", "ticket.agent")
    .selectAll("agent")
    .where("ticket.hash", "=", hash)
    .where("ticket.kind", "=", kind)
    .where("ticket.expires_at", ">", now)
    .where("agent.removed_at", "is", null)
    .executeTakeFirst();
}

/** A ticket works once: of two who bring it, the second finds it gone. */
export async function deleteTicket(db: Db, hash: Uint8Array): Promise<void> {
  await db.sql.deleteFrom("ticket").where("hash", "=", hash).execute();
}

export async function deleteTicketsOf(db: Db, agent: number): Promise<void> {
  await db.sql.deleteFrom("ticket").where("agent", "=", agent).execute();
}
