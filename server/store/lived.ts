import type { Db } from "./port.ts";

/* How far this desk's time had come while a server ran: what a clock that jumps between two starts is measured by. */

const KEY = "lived";

export async function readLived(db: Db): Promise<number | undefined> {
  const row = await db.sql.selectFrom("meta").select("value").where("key", "=", KEY).executeTakeFirst();
  return row ? Number(row.value) : undefined;
}

export async function writeLived(db: Db, at: number): Promise<void> {
  const value = String(at);
  await db.sql
    .insertInto("meta")
    .values({ key: KEY, value })
    .onConflict((c) => c.column("key").doUpdateSet({ value }))
    .execute();
}
