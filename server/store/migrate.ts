import type { Kysely } from "kysely";
import * as start from "./migrations/0001-start.ts";
import * as knowledge from "./migrations/0002-knowledge.ts";
import * as collections from "./migrations/0003-collections.ts";
import * as textBehind from "./migrations/0004-text-behind.ts";
import * as security from "./migrations/0005-security.ts";
import * as files from "./migrations/0006-files.ts";
import * as readings from "./migrations/0007-readings.ts";
import * as articleDrafts from "./migrations/0008-article-drafts.ts";
import * as mail from "./migrations/0009-mail.ts";
import * as sightingReport from "./migrations/0010-sighting-report.ts";
import * as listedByMinute from "./migrations/0011-listed-by-minute.ts";
import * as sentInOrder from "./migrations/0012-sent-in-order.ts";
import * as shelfVersion from "./migrations/0013-shelf-version.ts";
import * as collectionNames from "./migrations/0014-collection-names.ts";
import * as tokensByVisitor from "./migrations/0015-tokens-by-visitor.ts";
import * as openConversations from "./migrations/0016-open-conversations.ts";
import type { Dialect } from "./port.ts";

const LATER = [
  { name: "0002-knowledge", up: knowledge.up },
  { name: "0003-collections", up: collections.up },
  { name: "0004-text-behind", up: textBehind.up },
  { name: "0005-security", up: security.up },
  { name: "0006-files", up: files.up },
  { name: "0007-readings", up: readings.up },
  { name: "0008-article-drafts", up: articleDrafts.up },
  { name: "0009-mail", up: mail.up },
  { name: "0010-sighting-report", up: sightingReport.up },
  { name: "0011-listed-by-minute", up: listedByMinute.up },
  { name: "0012-sent-in-order", up: sentInOrder.up },
  { name: "0013-shelf-version", up: shelfVersion.up },
  { name: "0014-collection-names", up: collectionNames.up },
  { name: "0015-tokens-by-visitor", up: tokensByVisitor.up },
  { name: "0016-open-conversations", up: openConversations.up },
];
/** In order. Forward only: what is released is never edited, a change is a new file. */
const MIGRATIONS = [{ name: "0001-start", up: start.up }, ...LATER];

interface Applied {
  migration: { name: string; at: number };
}

/**
 * Brings the schema up to date and returns the names of what it applied. The caller holds the lock: an exclusive
 * transaction in SQLite, an advisory lock in PostgreSQL, so that of two servers that start at once one migrates.
 * Throws when the database is newer than this program.
 */
export async function migrate(db: Kysely<unknown>, dialect: Dialect): Promise<string[]> {
  await db.schema
    .createTable("migration")
    .ifNotExists()
    .addColumn("name", "text", (c) => c.primaryKey())
    .addColumn("at", dialect === "postgres" ? "bigint" : "integer", (c) => c.notNull())
    .execute();
  const applied = db as unknown as Kysely<Applied>;
  const done = new Set((await applied.selectFrom("migration").select("name").execute()).map((row) => row.name));
  const known = new Set(MIGRATIONS.map((one) => one.name));
  const unknown = [...done].filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new Error(`The database is newer than this Deskbell: it has ${unknown.join(", ")}. Start the newer version.`);
  }
  const todo = MIGRATIONS.filter((one) => !done.has(one.name));
  for (const one of todo) {
    await one.up(db, dialect);
    await applied.insertInto("migration").values({ name: one.name, at: Date.now() }).execute();
  }
  return todo.map((one) => one.name);
}
