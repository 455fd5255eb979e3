import { type Kysely, sql } from "kysely";
import type { Dialect } from "../port.ts";

/** Mail on its way, addresses that proved to be the visitor's own, and who asked for no more. */
export async function up(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const int = dialect === "postgres" ? "bigint" : "integer";
  const bytes = dialect === "postgres" ? "bytea" : "blob";
  const { schema } = db;

  await schema
    .createTable("mail")
    .addColumn("id", int, (c) => (dialect === "postgres" ? c.primaryKey().generatedAlwaysAsIdentity() : c.primaryKey()))
    .addColumn("uid", bytes, (c) => c.notNull())
    .addColumn("site", int, (c) => c.notNull())
    .addColumn("visitor", int)
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("address", "text", (c) => c.notNull())
    .addColumn("letter", "text", (c) => c.notNull())
    .addColumn("at", int, (c) => c.notNull())
    .addColumn("due_at", int, (c) => c.notNull())
    .addColumn("tries", int, (c) => c.notNull().defaultTo(0))
    .addColumn("done_at", int)
    .execute();
  await schema.createIndex("mail_due").on("mail").column("due_at").where(sql.ref("done_at"), "is", null).execute();
  await schema.createIndex("mail_address_at").on("mail").columns(["address", "at"]).execute();

  await schema
    .createTable("mail_confirmed")
    .addColumn("visitor", int, (c) => c.notNull())
    .addColumn("address", "text", (c) => c.notNull())
    .addColumn("at", int, (c) => c.notNull())
    .addPrimaryKeyConstraint("mail_confirmed_key", ["visitor", "address"])
    .execute();
  await schema
    .createTable("mail_code")
    .addColumn("visitor", int, (c) => c.primaryKey())
    .addColumn("address", "text", (c) => c.notNull())
    .addColumn("hash", bytes, (c) => c.notNull())
    .addColumn("tries", int, (c) => c.notNull())
    .addColumn("expires_at", int, (c) => c.notNull())
    .execute();
  await schema
    .createTable("mail_notice")
    .addColumn("conversation", int, (c) => c.primaryKey())
    .addColumn("seq", int, (c) => c.notNull())
    .addColumn("unread", int, (c) => c.notNull())
    .addColumn("at", int, (c) => c.notNull())
    .execute();
  await schema
    .createTable("mail_stop")
    .addColumn("hash", bytes, (c) => c.primaryKey())
    .addColumn("at", int)
    .execute();
}
