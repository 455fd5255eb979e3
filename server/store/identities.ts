import type { Db } from "./port.ts";

/*
 * Identities that a site signed, by hash: which of them brought which visitor's token, and which are logged out. Both
 * are kept only while the identity itself would still be taken.
 */

export async function isRevoked(db: Db, site: number, identity: Uint8Array): Promise<boolean> {
  const row = await db.plain.get("select 1 from identity_revoked where site = ? and identity = ?", site, identity);
  return row !== undefined;
}

export async function insertUse(db: Db, token: Uint8Array, identity: Uint8Array, expiresAt: number): Promise<void> {
  await db.sql
    .insertInto("identity_use")
    .values({ token, identity, expires_at: expiresAt })
    .onConflict((c) => c.doNothing())
    .execute();
}

/** Whatever brought this token is taken no more. */
export async function revokeUsed(db: Db, site: number, token: Uint8Array): Promise<void> {
  const used = await db.sql
    .selectFrom("identity_use")
    .select(["identity", "expires_at"])
    .where("token", "=", token)
    .execute();
  await db.sql.deleteFrom("identity_use").where("token", "=", token).execute();
  if (used.length === 0) return;
  await db.sql
    .insertInto("identity_revoked")
    .values(used.map((one) => ({ site, ...one })))
    .onConflict((c) => c.doNothing())
    .execute();
}

export async function deleteEnded(db: Db, now: number): Promise<void> {
  await db.sql.deleteFrom("identity_use").where("expires_at", "<=", now).execute();
  await db.sql.deleteFrom("identity_revoked").where("expires_at", "<=", now).execute();
}
