import { type Kysely, sql } from "kysely";
import type { Dialect } from "../port.ts";

/** How far a conversation's streams are in the full-text index, which follows the log instead of holding it up. */
export async function up(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const int = dialect === "postgres" ? "bigint" : "integer";
  for (const column of ["text_talk", "text_desk"]) {
    await db.schema
      .alterTable("conversation")
      .addColumn(column, int, (c) => c.notNull().defaultTo(0))
      .execute();
  }
  if (dialect === "postgres") {
    await sql`delete from message_text`.execute(db);
    return;
  }
  // Without a copy of the words, which nobody reads from there. What was indexed is indexed again, before the next search.
  await sql`drop table message_text`.execute(db);
  await sql`create virtual table message_text using fts5 (
    words, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2"
  )`.execute(db);
}
