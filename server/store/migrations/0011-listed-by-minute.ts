import { type Kysely, sql } from "kysely";
import type { Dialect } from "../port.ts";

/** Lists are found by the minute of the newest change, which most messages leave as it is, and sorted within it. */
export async function up(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const int = dialect === "postgres" ? "bigint" : "integer";
  await db.schema
    .alterTable("conversation")
    .addColumn("updated_minute", int, (c) => c.notNull().defaultTo(0))
    .execute();
  await sql`update conversation set updated_minute = updated_at / 60000`.execute(db);
  await db.schema.dropIndex("conversation_list").execute();
  await db.schema.createIndex("conversation_list").on("conversation").columns(["site", "updated_minute"]).execute();
}
