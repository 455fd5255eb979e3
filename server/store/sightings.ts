import type { Db } from "./port.ts";

export interface Sighting {
  origin: string;
  at: number;
}

export async function recordSighting(db: Db, site: number, { origin, at }: Sighting): Promise<void> {
  await db.sql
    .insertInto("sighting")
    .values({ site, origin, at })
    .onConflict((c) => c.columns(["site", "origin"]).doUpdateSet({ at }))
    .execute();
}

/** Newest first. */
export function sightingsOf(db: Db, site: number): Promise<Sighting[]> {
  return db.sql
    .selectFrom("sighting")
    .select(["origin", "at"])
    .where("site", "=", site)
    .orderBy("at", "desc")
    .limit(100)
    .execute();
}
