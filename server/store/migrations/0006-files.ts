import { type Kysely, sql } from "kysely";
import type { Dialect } from "../port.ts";

/** What people sent beside words, and pictures of articles: what each is; the bytes lie elsewhere. */
export async function up(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const int = dialect === "postgres" ? "bigint" : "integer";
  const bytes = dialect === "postgres" ? "bytea" : "blob";
  const { schema } = db;

  await schema
    .createTable("file")
    .addColumn("id", int, (c) => (dialect === "postgres" ? c.primaryKey().generatedAlwaysAsIdentity() : c.primaryKey()))
    .addColumn("uid", bytes, (c) => c.notNull().unique())
    .addColumn("sent_as", bytes, (c) => c.notNull())
    .addColumn("site", int, (c) => c.notNull())
    .addColumn("kind", int, (c) => c.notNull())
    .addColumn("author", int, (c) => c.notNull())
    .addColumn("use", "text", (c) => c.notNull())
    .addColumn("conversation", int)
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("type", "text", (c) => c.notNull())
    .addColumn("size", int, (c) => c.notNull())
    .addColumn("width", int)
    .addColumn("height", int)
    .addColumn("hash", bytes, (c) => c.notNull())
    .addColumn("created_at", int, (c) => c.notNull())
    .addColumn("bound_at", int)
    .addUniqueConstraint("file_sent", ["kind", "author", "sent_as"])
    .execute();
  await schema.createIndex("file_conversation").on("file").column("conversation").execute();
  await schema
    .createIndex("file_pending")
    .on("file")
    .column("created_at")
    .where(sql.ref("bound_at"), "is", null)
    .execute();
  await schema.createIndex("file_recent").on("file").columns(["kind", "author", "created_at"]).execute();

  // Bytes that belong to no file, until they are gone too.
  await schema
    .createTable("file_gone")
    .addColumn("uid", bytes, (c) => c.primaryKey())
    .addColumn("due_at", int, (c) => c.notNull())
    .execute();
}
