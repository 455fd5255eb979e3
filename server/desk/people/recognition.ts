import type { AgentId, Role } from "../../../protocol/index.ts";
import { type AgentRow, creatorOfKey, memberships } from "../../store/agents.ts";
import { toId } from "../../store/ids.ts";
import type { Db } from "../../store/port.ts";
import { siteKeys } from "../../store/sites.ts";
import type { AgentActor } from "../actors.ts";

const RANK: Record<Role, number> = { agent: 0, admin: 1, owner: 2 };

/** Whether a role may do what another may. */
export function atLeast(role: Role, least: Role): boolean {
  return RANK[role] >= RANK[least];
}

/**
 * An agent with the sites they answer for now. A key can never do more than the person who made it: it takes the lower
 * of both roles, only sites that both have, and dies with the account. `undefined` where it has.
 */
export async function actorOf(db: Db, row: AgentRow): Promise<AgentActor | undefined> {
  if (row.kind === "person") return toActor(row, row.role, await sitesOf(db, row));
  const creator = await creatorOfKey(db, row.id);
  if (!creator) return undefined;
  const role = atLeast(creator.role, row.role) ? row.role : creator.role;
  const [theirs, named] = [await sitesOf(db, creator), (await memberships(db, [row.id])).get(row.id)];
  return toActor(row, role, named ? new Set([...named].filter((site) => theirs.has(site))) : theirs);
}

async function sitesOf(db: Db, person: AgentRow): Promise<Set<number>> {
  if (person.role === "owner") return new Set(await siteKeys(db));
  return (await memberships(db, [person.id])).get(person.id) ?? new Set();
}

function toActor(row: AgentRow, role: Role, sites: ReadonlySet<number>): AgentActor {
  return {
    key: row.id,
    id: toId<AgentId>(row.uid),
    kind: row.kind,
    name: row.name,
    email: row.email ?? "",
    role,
    ...(row.avatar !== null && { avatar: row.avatar }),
    sites,
  };
}
