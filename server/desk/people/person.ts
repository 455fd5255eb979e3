import type { AgentId, Role, SiteId } from "../../../protocol/index.ts";
import type { AgentRow } from "../../store/agents.ts";
import type { Db } from "../../store/port.ts";
import type { AgentActor } from "../actors.ts";
import type { Sites } from "../sites/sites.ts";
import { actorOf } from "./recognition.ts";

/** An agent as colleagues see one, address and all. */
export interface Person {
  id: AgentId;
  name: string;
  email: string;
  role: Role;
  avatar?: string;
  sites: SiteId[];
  /** They were asked and have not come yet. */
  invited: boolean;
  createdAt: number;
}

/** `undefined` where the one who asks shares no site with them; an owner sees everybody. */
export async function personOf(db: Db, row: AgentRow, sites: Sites, by: AgentActor): Promise<Person | undefined> {
  const agent = await actorOf(db, row);
  if (!agent || (by.role !== "owner" && by.key !== agent.key && !sharesSite(agent, by))) return undefined;
  const { id, name, email, role, avatar } = agent;
  return {
    id,
    name,
    email,
    role,
    ...(avatar !== undefined && { avatar }),
    sites: await sharedSites(agent, by, sites),
    invited: row.kind === "person" && row.password === null,
    createdAt: row.created_at,
  };
}

/** Which of one agent's sites another may know of. */
export async function sharedSites(agent: AgentActor, by: AgentActor, sites: Sites): Promise<SiteId[]> {
  return (await sites.allFor(agent)).filter(({ key }) => by.sites.has(key)).map(({ id }) => id);
}

export function sharesSite(one: AgentActor, other: AgentActor): boolean {
  return [...one.sites].some((site) => other.sites.has(site));
}
