import type { Insertable, Selectable, Updateable } from "kysely";
import type { Db } from "./port.ts";
import type { Schema } from "./schema.ts";

export type SiteRow = Selectable<Schema["site"]>;

/** Every site there is, oldest first. */
export function allSites(db: Db): Promise<SiteRow[]> {
  return db.sql.selectFrom("site").selectAll().orderBy("id").execute();
}

export function siteByKey(db: Db, key: number): Promise<SiteRow | undefined> {
  return db.sql.selectFrom("site").selectAll().where("id", "=", key).executeTakeFirst();
}

/** Returns the new row's key. */
export async function insertSite(db: Db, values: Insertable<Schema["site"]>): Promise<number> {
  const { id } = await db.sql.insertInto("site").values(values).returning("id").executeTakeFirstOrThrow();
  return id;
}

export async function updateSite(db: Db, key: number, values: Updateable<Schema["site"]>): Promise<void> {
  await db.sql.updateTable("site").set(values).where("id", "=", key).execute();
}

export async function siteKeys(db: Db): Promise<number[]> {
  return (await db.plain.all<{ id: number }>("select id from site")).map(({ id }) => id);
}
