import type { Kysely } from "kysely";
import type { Dialect } from "../port.ts";

/** What an article learns is the index's to read, and no reason to lay out the help centre anew: two versions. */
export async function up(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const int = dialect === "postgres" ? "bigint" : "integer";
  await db.schema
    .alterTable("site")
    .addColumn("shelf_version", int, (c) => c.notNull().defaultTo(0))
    .execute();
}
