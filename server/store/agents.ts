import type { Insertable, Selectable, Updateable } from "kysely";
import type { Db } from "./port.ts";
import type { Schema } from "./schema.ts";

export type AgentRow = Selectable<Schema["agent"]>;

/** Removed ones too: what they did keeps its author. */
export async function agentByKey(db: Db, key: number): Promise<AgentRow | undefined> {
  return db.plain.get<AgentRow>("select * from agent where id = ?", key);
}

export function agentById(db: Db, uid: Uint8Array): Promise<AgentRow | undefined> {
  return db.sql
    .selectFrom("agent")
    .selectAll()
    .where("uid", "=", uid)
    .where("removed_at", "is", null)
    .executeTakeFirst();
}

/** `email` in lower case. */
export function agentByEmail(db: Db, email: string): Promise<AgentRow | undefined> {
  return db.sql
    .selectFrom("agent")
    .selectAll()
    .where("email", "=", email)
    .where("removed_at", "is", null)
    .executeTakeFirst();
}

/** All who are not removed, oldest first. */
export function agentsOfKind(db: Db, kind: AgentRow["kind"]): Promise<AgentRow[]> {
  return db.sql
    .selectFrom("agent")
    .selectAll()
    .where("kind", "=", kind)
    .where("removed_at", "is", null)
    .orderBy("id")
    .execute();
}

export function insertAgent(db: Db, values: Insertable<Schema["agent"]>): Promise<AgentRow> {
  return db.sql.insertInto("agent").values(values).returningAll().executeTakeFirstOrThrow();
}

export function updateAgent(db: Db, key: number, values: Updateable<Schema["agent"]>): Promise<AgentRow> {
  return db.sql.updateTable("agent").set(values).where("id", "=", key).returningAll().executeTakeFirstOrThrow();
}

/** Persons who can sign in as owner; an invited one cannot yet. */
export async function countOwners(db: Db): Promise<number> {
  const { owners } = await db.sql
    .selectFrom("agent")
    .select((e) => e.fn.countAll<number>().as("owners"))
    .where("kind", "=", "person")
    .where("role", "=", "owner")
    .where("password", "is not", null)
    .where("removed_at", "is", null)
    .executeTakeFirstOrThrow();
  return Number(owners);
}

/** The rows of `agent_site`; an owner has none and belongs to all. */
export async function memberships(db: Db, agents?: readonly number[]): Promise<Map<number, Set<number>>> {
  const query = db.sql.selectFrom("agent_site").select(["agent", "site"]);
  const rows = await (agents ? query.where("agent", "in", agents) : query).execute();
  const sites = new Map<number, Set<number>>();
  for (const { agent, site } of rows) sites.set(agent, (sites.get(agent) ?? new Set()).add(site));
  return sites;
}

export async function setMemberships(db: Db, agent: number, sites: Iterable<number>): Promise<void> {
  await db.sql.deleteFrom("agent_site").where("agent", "=", agent).execute();
  const rows = [...sites].map((site) => ({ agent, site }));
  if (rows.length > 0) await db.sql.insertInto("agent_site").values(rows).execute();
}

export async function addMembership(db: Db, agent: number, site: number): Promise<void> {
  await db.sql
    .insertInto("agent_site")
    .values({ agent, site })
    .onConflict((c) => c.doNothing())
    .execute();
}

/** The agent of kind `key` behind a token. */
export function agentByApiKey(db: Db, hash: Uint8Array): Promise<AgentRow | undefined> {
  return db.sql
    .selectFrom("api_key")
    .innerJoin("agent", "agent.id", "api_key.agent")
    .selectAll("agent")
    .where("api_key.hash", "=", hash)
    .where("agent.removed_at", "is", null)
    .executeTakeFirst();
}

/** Who made which key: key of the agent of kind `key` → the person. */
export async function keyCreators(db: Db): Promise<Map<number, number>> {
  const rows = await db.sql.selectFrom("api_key").select(["agent", "creator"]).execute();
  return new Map(rows.map(({ agent, creator }) => [agent, creator]));
}

export async function creatorOfKey(db: Db, agent: number): Promise<AgentRow | undefined> {
  return db.plain.get<AgentRow>(
    "select a.* from api_key k join agent a on a.id = k.creator where k.agent = ? and a.removed_at is null",
    agent,
  );
}

export async function insertApiKey(db: Db, values: Insertable<Schema["api_key"]>): Promise<void> {
  await db.sql.insertInto("api_key").values(values).execute();
}

export async function deleteApiKey(db: Db, agent: number): Promise<void> {
  await db.sql.deleteFrom("api_key").where("agent", "=", agent).execute();
}
