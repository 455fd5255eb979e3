import type { Kysely } from "kysely";

/**
 * A collection's name in other languages than its own. The name that is there stays; which language it is in nobody has
 * said yet.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("collection").addColumn("locale", "text").execute();
  await db.schema
    .alterTable("collection")
    .addColumn("names", "text", (c) => c.notNull().defaultTo("{}"))
    .execute();
}
