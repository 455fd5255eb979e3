import type { Kysely } from "kysely";

/** A visitor's tokens, found without reading everybody's: whoever signs in takes the anonymous ones back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.createIndex("visitor_token_visitor").on("visitor_token").columns(["visitor", "created_at"]).execute();
}
