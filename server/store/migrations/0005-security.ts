import type { Kysely } from "kysely";
import type { Dialect } from "../port.ts";

/** What was changed by whom, a site's secret from before, identities that are logged out, and where sessions come from. */
export async function up(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const int = dialect === "postgres" ? "bigint" : "integer";
  const bytes = dialect === "postgres" ? "bytea" : "blob";
  const { schema } = db;

  await schema
    .createTable("audit")
    .addColumn("id", int, (c) => (dialect === "postgres" ? c.primaryKey().generatedAlwaysAsIdentity() : c.primaryKey()))
    .addColumn("at", int, (c) => c.notNull())
    .addColumn("agent", int)
    .addColumn("site", int)
    .addColumn("action", "text", (c) => c.notNull())
    .addColumn("target", "text")
    .addColumn("name", "text")
    .addColumn("before", "text")
    .addColumn("after", "text")
    .addColumn("address", "text")
    .execute();
  await schema.createIndex("audit_at").on("audit").column("at").execute();

  await schema.alterTable("site").addColumn("former_secret", "text").execute();
  await schema.alterTable("site").addColumn("former_until", int).execute();
  await schema.alterTable("session").addColumn("address", "text").execute();

  await schema
    .createTable("identity_use")
    .addColumn("token", bytes, (c) => c.notNull())
    .addColumn("identity", bytes, (c) => c.notNull())
    .addColumn("expires_at", int, (c) => c.notNull())
    .addPrimaryKeyConstraint("identity_use_key", ["token", "identity"])
    .execute();
  await schema.createIndex("identity_use_expires").on("identity_use").column("expires_at").execute();

  await schema
    .createTable("identity_revoked")
    .addColumn("site", int, (c) => c.notNull())
    .addColumn("identity", bytes, (c) => c.notNull())
    .addColumn("expires_at", int, (c) => c.notNull())
    .addPrimaryKeyConstraint("identity_revoked_key", ["site", "identity"])
    .execute();
  await schema.createIndex("identity_revoked_expires").on("identity_revoked").column("expires_at").execute();
}
