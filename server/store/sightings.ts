import type { Selectable } from "kysely";
import type { Db } from "./port.ts";
import type { Schema } from "./schema.ts";

export type SightingRow = Omit<Selectable<Schema["sighting"]>, "site">;

/** Columns that are not named keep what they have. */
export async function recordSighting(
  db: Db,
  site: number,
  { origin, ...said }: Pick<SightingRow, "origin" | "at"> & Partial<SightingRow>,
): Promise<void> {
  await db.sql
    .insertInto("sighting")
    .values({ site, origin, ...said })
    .onConflict((c) => c.columns(["site", "origin"]).doUpdateSet(said))
    .execute();
}

/** Newest first. */
export function sightingsOf(db: Db, site: number): Promise<SightingRow[]> {
  return db.sql
    .selectFrom("sighting")
    .select(["origin", "at", "build", "tags", "blocked", "blocked_at"])
    .where("site", "=", site)
    .orderBy("at", "desc")
    .limit(100)
    .execute();
}
