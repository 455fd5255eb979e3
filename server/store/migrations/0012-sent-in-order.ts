import type { Kysely } from "kysely";

/**
 * What an author sent under an id (D2) is found by the id first. Ids grow with time, so new ones lie side by side at the
 * index's end; by author, every author who talks had a page of their own in each commit.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex("event_author").execute();
  await db.schema.createIndex("event_sent").unique().on("event").columns(["uid", "author", "kind"]).execute();
}
