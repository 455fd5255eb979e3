import type { Kysely } from "kysely";
import type { Dialect } from "../port.ts";

/** What agents wrote of articles and did not save: one text for each agent and article. */
export async function up(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const int = dialect === "postgres" ? "bigint" : "integer";
  await db.schema
    .createTable("article_draft")
    .addColumn("site", int, (c) => c.notNull())
    .addColumn("article", int, (c) => c.notNull())
    .addColumn("agent", int, (c) => c.notNull())
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("base", int)
    .addColumn("at", int, (c) => c.notNull())
    .addPrimaryKeyConstraint("article_draft_key", ["site", "article", "agent"])
    .execute();
  await db.schema.createIndex("article_draft_article").on("article_draft").column("article").execute();
}
