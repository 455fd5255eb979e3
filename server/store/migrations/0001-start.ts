import { type Kysely, sql } from "kysely";
import type { Dialect } from "../port.ts";

/** Rows of the log lie in the order of their key: one tree instead of two. */
const withoutRowid = sql`without rowid`;

/** The first schema, for both dialects: the same tables, in each dialect's words for a key, a number and bytes. */
export async function up(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const int = dialect === "postgres" ? "bigint" : "integer";
  const bytes = dialect === "postgres" ? "bytea" : "blob";
  const { schema } = db;

  const keyed = (table: string) =>
    schema
      .createTable(table)
      .addColumn("id", int, (c) =>
        dialect === "postgres" ? c.primaryKey().generatedAlwaysAsIdentity() : c.primaryKey(),
      )
      .addColumn("uid", bytes, (c) => c.notNull().unique());

  await schema
    .createTable("meta")
    .addColumn("key", "text", (c) => c.primaryKey())
    .addColumn("value", "text", (c) => c.notNull())
    .execute();

  await keyed("site")
    .addColumn("key", "text", (c) => c.notNull().unique())
    .addColumn("secret", "text", (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("origins", "text", (c) => c.notNull())
    .addColumn("settings", "text", (c) => c.notNull())
    .addColumn("articles_version", int, (c) => c.notNull().defaultTo(0))
    .addColumn("created_at", int, (c) => c.notNull())
    .execute();

  await keyed("visitor")
    .addColumn("site", int, (c) => c.notNull())
    .addColumn("name", "text")
    .addColumn("email", "text")
    .addColumn("verified", int, (c) => c.notNull().defaultTo(0))
    .addColumn("subject", "text")
    .addColumn("tier", "text")
    .addColumn("attributes", "text")
    .addColumn("created_at", int, (c) => c.notNull())
    .execute();
  await schema.createIndex("visitor_subject").on("visitor").columns(["site", "subject"]).unique().execute();

  await schema
    .createTable("visitor_token")
    .addColumn("hash", bytes, (c) => c.primaryKey())
    .addColumn("visitor", int, (c) => c.notNull())
    .addColumn("created_at", int, (c) => c.notNull())
    .execute();

  await keyed("agent")
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("email", "text", (c) => c.unique())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("role", "text", (c) => c.notNull())
    .addColumn("password", "text")
    .addColumn("avatar", "text")
    .addColumn("settings", "text")
    .addColumn("created_at", int, (c) => c.notNull())
    .addColumn("removed_at", int)
    .execute();

  await schema
    .createTable("agent_site")
    .addColumn("agent", int, (c) => c.notNull())
    .addColumn("site", int, (c) => c.notNull())
    .addPrimaryKeyConstraint("agent_site_key", ["agent", "site"])
    .execute();

  await schema
    .createTable("session")
    .addColumn("hash", bytes, (c) => c.primaryKey())
    .addColumn("agent", int, (c) => c.notNull())
    .addColumn("created_at", int, (c) => c.notNull())
    .addColumn("expires_at", int, (c) => c.notNull())
    .addColumn("seen_at", int, (c) => c.notNull())
    .addColumn("device", "text")
    .execute();
  await schema.createIndex("session_agent").on("session").column("agent").execute();

  await schema
    .createTable("api_key")
    .addColumn("hash", bytes, (c) => c.primaryKey())
    .addColumn("agent", int, (c) => c.notNull().unique())
    .addColumn("creator", int, (c) => c.notNull())
    .addColumn("created_at", int, (c) => c.notNull())
    .execute();

  await schema
    .createTable("ticket")
    .addColumn("hash", bytes, (c) => c.primaryKey())
    .addColumn("agent", int, (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("created_at", int, (c) => c.notNull())
    .addColumn("expires_at", int, (c) => c.notNull())
    .execute();

  await keyed("conversation")
    .addColumn("site", int, (c) => c.notNull())
    .addColumn("visitor", int, (c) => c.notNull())
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("episode", int, (c) => c.notNull())
    .addColumn("opened_at", int, (c) => c.notNull())
    .addColumn("updated_at", int, (c) => c.notNull())
    .addColumn("talk_at", int, (c) => c.notNull())
    .addColumn("resolved_at", int)
    .addColumn("assignee", int)
    .addColumn("joined", int)
    .addColumn("talk_head", int, (c) => c.notNull())
    .addColumn("desk_head", int, (c) => c.notNull())
    .addColumn("read_visitor", int, (c) => c.notNull())
    .addColumn("read_agents", int, (c) => c.notNull())
    .addColumn("page", "text")
    .addColumn("locale", "text")
    .addColumn("subject", "text")
    .addColumn("latest", "text")
    .addColumn("survey", "text")
    .addColumn("tags", "text", (c) => c.notNull())
    .addColumn("priority", int, (c) => c.notNull())
    .addColumn("waiting_since", int)
    .addColumn("snoozed_until", int)
    .execute();
  await schema.createIndex("conversation_list").on("conversation").columns(["site", "updated_at"]).execute();
  await schema.createIndex("conversation_visitor").on("conversation").column("visitor").execute();
  await schema
    .createIndex("conversation_snoozed")
    .on("conversation")
    .column("snoozed_until")
    .where("snoozed_until", "is not", null)
    .execute();
  // One open conversation per visitor (a visitor belongs to one site), held by the database itself.
  await schema
    .createIndex("conversation_one_open")
    .unique()
    .on("conversation")
    .column("visitor")
    .where(sql.ref("status"), "!=", sql.lit("resolved"))
    .execute();

  const event = schema
    .createTable("event")
    .addColumn("conversation", int, (c) => c.notNull())
    .addColumn("stream", int, (c) => c.notNull())
    .addColumn("seq", int, (c) => c.notNull())
    .addColumn("uid", bytes, (c) => c.notNull())
    .addColumn("at", int, (c) => c.notNull())
    .addColumn("kind", int, (c) => c.notNull())
    .addColumn("author", int, (c) => c.notNull())
    .addColumn("type", "text", (c) => c.notNull())
    .addColumn("body", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("event_place", ["conversation", "stream", "seq"]);
  await (dialect === "sqlite" ? event.modifyEnd(withoutRowid) : event).execute();
  // D2: an author's id is used once, whatever the conversation.
  await schema.createIndex("event_author").unique().on("event").columns(["kind", "author", "uid"]).execute();

  await keyed("article")
    .addColumn("site", int, (c) => c.notNull())
    .addColumn("grp", bytes, (c) => c.notNull())
    .addColumn("slug", "text", (c) => c.notNull())
    .addColumn("locale", "text", (c) => c.notNull())
    .addColumn("title", "text", (c) => c.notNull())
    .addColumn("body", "text", (c) => c.notNull())
    .addColumn("rich", "text", (c) => c.notNull())
    .addColumn("plain", "text", (c) => c.notNull())
    .addColumn("excerpt", "text", (c) => c.notNull())
    .addColumn("category", "text")
    .addColumn("visibility", "text", (c) => c.notNull())
    .addColumn("state", "text", (c) => c.notNull())
    .addColumn("pages", "text", (c) => c.notNull())
    .addColumn("source", "text")
    .addColumn("source_id", "text")
    .addColumn("dangling", int, (c) => c.notNull())
    .addColumn("version", int, (c) => c.notNull())
    .addColumn("created_at", int, (c) => c.notNull())
    .addColumn("updated_at", int, (c) => c.notNull())
    .execute();
  await schema.createIndex("article_address").unique().on("article").columns(["site", "locale", "slug"]).execute();
  await schema.createIndex("article_group").on("article").columns(["site", "grp"]).execute();
  await schema.createIndex("article_source").on("article").columns(["site", "source"]).execute();
  await schema.createIndex("article_source_id").on("article").columns(["site", "source_id"]).execute();
  await schema.createIndex("article_version").on("article").columns(["site", "version"]).execute();

  await schema
    .createTable("article_slug")
    .addColumn("site", int, (c) => c.notNull())
    .addColumn("locale", "text", (c) => c.notNull())
    .addColumn("slug", "text", (c) => c.notNull())
    .addColumn("article", int, (c) => c.notNull())
    .addPrimaryKeyConstraint("article_slug_key", ["site", "locale", "slug"])
    .execute();

  await schema
    .createTable("question")
    .addColumn("id", int, (c) => (dialect === "postgres" ? c.primaryKey().generatedAlwaysAsIdentity() : c.primaryKey()))
    .addColumn("article", int, (c) => c.notNull())
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("weight", "real", (c) => c.notNull())
    .addColumn("origin", "text", (c) => c.notNull())
    .addColumn("lesson", "text")
    .addColumn("created_at", int, (c) => c.notNull())
    .execute();
  await schema.createIndex("question_article").on("question").column("article").execute();
  await schema.createIndex("question_lesson").unique().on("question").columns(["lesson", "article"]).execute();

  await schema
    .createTable("verdict")
    .addColumn("article", int, (c) => c.notNull())
    .addColumn("session", "text", (c) => c.notNull())
    .addColumn("solved", int, (c) => c.notNull())
    .addColumn("q", "text")
    .addColumn("at", int, (c) => c.notNull())
    .addPrimaryKeyConstraint("verdict_key", ["article", "session"])
    .execute();

  await keyed("saved_reply")
    .addColumn("site", int, (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("text", "text", (c) => c.notNull())
    .execute();

  await schema
    .createTable("sighting")
    .addColumn("site", int, (c) => c.notNull())
    .addColumn("origin", "text", (c) => c.notNull())
    .addColumn("at", int, (c) => c.notNull())
    .addPrimaryKeyConstraint("sighting_key", ["site", "origin"])
    .execute();

  await searchTable(db, dialect);
}

/** Full text of messages and notes: one row an event, its words already cut (`search.ts`). */
async function searchTable(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  if (dialect === "sqlite") {
    await sql`create virtual table message_text using fts5 (words, tokenize = "unicode61 remove_diacritics 2")`.execute(
      db,
    );
    return;
  }
  await db.schema
    .createTable("message_text")
    .addColumn("rowid", "bigint", (c) => c.primaryKey())
    .addColumn("words", "text", (c) => c.notNull())
    .execute();
  await sql`create index message_text_words on message_text using gin (to_tsvector('simple', words))`.execute(db);
}
