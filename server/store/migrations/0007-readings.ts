import { type Kysely, sql } from "kysely";
import type { Dialect } from "../port.ts";

/** Which article was read for which question, and what came of it; and whose reader's sessions are known. */
export async function up(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const int = dialect === "postgres" ? "bigint" : "integer";
  const { schema } = db;

  await schema
    .createTable("reading")
    .addColumn("id", int, (c) => (dialect === "postgres" ? c.primaryKey().generatedAlwaysAsIdentity() : c.primaryKey()))
    .addColumn("site", int, (c) => c.notNull())
    .addColumn("article", int, (c) => c.notNull())
    .addColumn("locale", "text", (c) => c.notNull())
    .addColumn("session", "text")
    .addColumn("q", "text")
    .addColumn("at", int, (c) => c.notNull())
    .addColumn("read_at", int, (c) => c.notNull())
    .addColumn("solved", int)
    .addColumn("outcome", "text")
    .execute();
  await schema
    .createIndex("reading_session")
    .on("reading")
    .columns(["site", "session"])
    .where("session", "is not", null)
    .execute();
  await schema
    .createIndex("reading_open")
    .on("reading")
    .column("read_at")
    .where(sql.ref("outcome"), "is", null)
    .execute();
  await schema.createIndex("reading_at").on("reading").columns(["site", "at"]).execute();

  await schema
    .createTable("visitor_session")
    .addColumn("visitor", int, (c) => c.notNull())
    .addColumn("session", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("visitor_session_key", ["visitor", "session"])
    .execute();
}
