import { type Kysely, sql } from "kysely";

/**
 * What agents work on, apart from years of resolved conversations: each look into the inbox walked through all of a
 * site's. The lists say the indexes' own conditions word for word, or SQLite does not take them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex("conversation_live")
    .on("conversation")
    .columns(["site", "status", "updated_minute"])
    .where(sql.ref("status"), "!=", sql.lit("resolved"))
    .execute();
  await db.schema
    .createIndex("conversation_waiting")
    .on("conversation")
    .columns(["site", "waiting_since"])
    .where("waiting_since", "is not", null)
    .execute();
}
