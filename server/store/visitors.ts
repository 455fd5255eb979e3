import type { Insertable, Selectable, Updateable } from "kysely";
import type { Db } from "./port.ts";
import type { Schema } from "./schema.ts";

export type VisitorRow = Selectable<Schema["visitor"]>;

/** The visitor who holds a token, on this site only: another site's token is nobody's here. Hot: every connection asks. */
export async function visitorByToken(db: Db, site: number, hash: Uint8Array): Promise<VisitorRow | undefined> {
  return db.plain.get<VisitorRow>(
    "select v.* from visitor_token t join visitor v on v.id = t.visitor where t.hash = ? and v.site = ?",
    hash,
    site,
  );
}

export async function visitorByKey(db: Db, key: number): Promise<VisitorRow | undefined> {
  return db.plain.get<VisitorRow>("select * from visitor where id = ?", key);
}

export function visitorsByKey(db: Db, keys: readonly number[]): Promise<VisitorRow[]> {
  return db.sql.selectFrom("visitor").selectAll().where("id", "in", keys).execute();
}

export function visitorBySubject(db: Db, site: number, subject: string): Promise<VisitorRow | undefined> {
  return db.sql
    .selectFrom("visitor")
    .selectAll()
    .where("site", "=", site)
    .where("subject", "=", subject)
    .executeTakeFirst();
}

export function insertVisitor(db: Db, values: Insertable<Schema["visitor"]>): Promise<VisitorRow> {
  return db.sql.insertInto("visitor").values(values).returningAll().executeTakeFirstOrThrow();
}

export function updateVisitor(db: Db, key: number, values: Updateable<Schema["visitor"]>): Promise<VisitorRow> {
  return db.sql.updateTable("visitor").set(values).where("id", "=", key).returningAll().executeTakeFirstOrThrow();
}

export async function insertVisitorToken(db: Db, visitor: number, hash: Uint8Array, at: number): Promise<void> {
  await db.sql.insertInto("visitor_token").values({ hash, visitor, created_at: at }).execute();
}

export async function deleteVisitorToken(db: Db, hash: Uint8Array): Promise<void> {
  await db.sql.deleteFrom("visitor_token").where("hash", "=", hash).execute();
}

export async function deleteVisitorTokens(db: Db, visitor: number): Promise<void> {
  await db.sql.deleteFrom("visitor_token").where("visitor", "=", visitor).execute();
}

/** Keeps the newest tokens of a visitor, so many and those of the same moment. */
export async function deleteOldVisitorTokens(db: Db, visitor: number, kept: number): Promise<void> {
  const last = db.sql
    .selectFrom("visitor_token")
    .select("created_at")
    .where("visitor", "=", visitor)
    .orderBy("created_at", "desc")
    .offset(kept - 1)
    .limit(1);
  await db.sql.deleteFrom("visitor_token").where("visitor", "=", visitor).where("created_at", "<", last).execute();
}
