import type { Kysely } from "kysely";
import type { Dialect } from "../port.ts";

/** Articles in an order: a course for new agents, or the first steps of visitors. */
export async function up(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const int = dialect === "postgres" ? "bigint" : "integer";
  const bytes = dialect === "postgres" ? "bytea" : "blob";
  const { schema } = db;

  await schema
    .createTable("collection")
    .addColumn("id", int, (c) => (dialect === "postgres" ? c.primaryKey().generatedAlwaysAsIdentity() : c.primaryKey()))
    .addColumn("uid", bytes, (c) => c.notNull().unique())
    .addColumn("site", int, (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("visibility", "text", (c) => c.notNull())
    .addColumn("created_at", int, (c) => c.notNull())
    .execute();
  await schema.createIndex("collection_site").on("collection").column("site").execute();

  await schema
    .createTable("collection_article")
    .addColumn("collection", int, (c) => c.notNull())
    .addColumn("place", int, (c) => c.notNull())
    .addColumn("article", int, (c) => c.notNull())
    .addPrimaryKeyConstraint("collection_article_key", ["collection", "place"])
    .execute();
  await schema.createIndex("collection_article_article").on("collection_article").column("article").execute();
}
