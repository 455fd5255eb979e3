import type { Kysely } from "kysely";
import type { Dialect } from "../port.ts";

/** What the widget found on a page where it was seen: which build it is, how many tags, what a policy blocked. */
export async function up(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const int = dialect === "postgres" ? "bigint" : "integer";
  await db.schema.alterTable("sighting").addColumn("build", "text").execute();
  await db.schema.alterTable("sighting").addColumn("tags", int).execute();
  await db.schema.alterTable("sighting").addColumn("blocked", "text").execute();
  await db.schema.alterTable("sighting").addColumn("blocked_at", int).execute();
}
