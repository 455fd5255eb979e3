import type { Insertable } from "kysely";
import type { Db } from "./port.ts";
import type { Schema } from "./schema.ts";

/** One verdict per session and article: the last one counts. */
export async function putVerdict(db: Db, values: Insertable<Schema["verdict"]>): Promise<void> {
  const { solved, q, at } = values;
  await db.sql
    .insertInto("verdict")
    .values(values)
    .onConflict((conflict) => conflict.columns(["article", "session"]).doUpdateSet({ solved, q, at }))
    .execute();
}
