import type { Insertable, Selectable } from "kysely";
import type { Db } from "./port.ts";
import type { Schema } from "./schema.ts";

export type SavedReplyRow = Selectable<Schema["saved_reply"]>;

export function savedReplies(db: Db, site: number): Promise<SavedReplyRow[]> {
  return db.sql.selectFrom("saved_reply").selectAll().where("site", "=", site).orderBy("name").orderBy("id").execute();
}

export function savedReplyById(db: Db, uid: Uint8Array): Promise<SavedReplyRow | undefined> {
  return db.sql.selectFrom("saved_reply").selectAll().where("uid", "=", uid).executeTakeFirst();
}

export function insertSavedReply(db: Db, values: Insertable<Schema["saved_reply"]>): Promise<SavedReplyRow> {
  return db.sql.insertInto("saved_reply").values(values).returningAll().executeTakeFirstOrThrow();
}

export function updateSavedReply(
  db: Db,
  key: number,
  values: Pick<SavedReplyRow, "name" | "text">,
): Promise<SavedReplyRow> {
  return db.sql.updateTable("saved_reply").set(values).where("id", "=", key).returningAll().executeTakeFirstOrThrow();
}

export async function deleteSavedReply(db: Db, key: number): Promise<void> {
  await db.sql.deleteFrom("saved_reply").where("id", "=", key).execute();
}
