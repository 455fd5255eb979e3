import type { Insertable, Selectable } from "kysely";
import type { Db } from "./port.ts";
import type { Schema } from "./schema.ts";

export type AuditRow = Selectable<Schema["audit"]> & {
  agent_uid: Uint8Array | null;
  agent_name: string | null;
  site_uid: Uint8Array | null;
};

export async function insertAudit(db: Db, values: Insertable<Schema["audit"]>): Promise<void> {
  await db.sql.insertInto("audit").values(values).execute();
}

/** The newest first, those before an id where one is given. */
export function listAudit(db: Db, { before, limit }: { before?: number; limit: number }): Promise<AuditRow[]> {
  const query = db.sql
    .selectFrom("audit")
    .leftJoin("agent", "agent.id", "audit.agent")
    .leftJoin("site", "site.id", "audit.site")
    .selectAll("audit")
    .select(["agent.uid as agent_uid", "agent.name as agent_name", "site.uid as site_uid"])
    .orderBy("audit.id", "desc")
    .limit(limit);
  return (before === undefined ? query : query.where("audit.id", "<", before)).execute();
}

export async function deleteAuditBefore(db: Db, at: number): Promise<void> {
  await db.sql.deleteFrom("audit").where("at", "<", at).execute();
}
