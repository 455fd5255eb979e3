import type { Kysely } from "kysely";
import type { Dialect } from "../port.ts";

/** What nobody answered, what articles are used for, and what they once said. */
export async function up(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const int = dialect === "postgres" ? "bigint" : "integer";
  const { schema } = db;

  const keyed = (table: string) =>
    schema
      .createTable(table)
      .addColumn("id", int, (c) =>
        dialect === "postgres" ? c.primaryKey().generatedAlwaysAsIdentity() : c.primaryKey(),
      );

  await keyed("unanswered")
    .addColumn("site", int, (c) => c.notNull())
    .addColumn("day", int, (c) => c.notNull())
    .addColumn("locale", "text", (c) => c.notNull())
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("people", int, (c) => c.notNull())
    .addColumn("conversation", int)
    .addColumn("dismissed", int, (c) => c.notNull().defaultTo(0))
    .execute();
  await schema.createIndex("unanswered_day").on("unanswered").columns(["site", "day"]).execute();

  await schema
    .createTable("article_day")
    .addColumn("article", int, (c) => c.notNull())
    .addColumn("day", int, (c) => c.notNull())
    .addColumn("reads", int, (c) => c.notNull().defaultTo(0))
    .addColumn("links", int, (c) => c.notNull().defaultTo(0))
    .addColumn("searches", int, (c) => c.notNull().defaultTo(0))
    .addPrimaryKeyConstraint("article_day_key", ["article", "day"])
    .execute();

  await keyed("revision")
    .addColumn("article", int, (c) => c.notNull())
    .addColumn("title", "text", (c) => c.notNull())
    .addColumn("body", "text", (c) => c.notNull())
    .addColumn("agent", int)
    .addColumn("at", int, (c) => c.notNull())
    .execute();
  await schema.createIndex("revision_article").on("revision").column("article").execute();
}
