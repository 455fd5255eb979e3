import type { AgentCard, AgentId } from "../../../protocol/index.ts";
import type { Clock } from "../../clock.ts";
import { type AgentRow, agentByApiKey, agentById, agentByKey, agentsOfKind, memberships } from "../../store/agents.ts";
import { toBytes, toId } from "../../store/ids.ts";
import type { Store } from "../../store/port.ts";
import type { AgentActor } from "../actors.ts";
import { isId } from "../sites/sites.ts";
import { actorOf } from "./recognition.ts";
import type { Revocations } from "./revocations.ts";
import { hashSecret } from "./secrets.ts";

export interface Agents {
  /** Whose `ak_…` this is; nobody's where it was removed. */
  byApiKey(token: string): Promise<AgentActor | undefined>;
  byKey(key: number): Promise<AgentActor | undefined>;
  /** Somebody, person or key, who answers for this site. */
  memberOf(site: number, id: AgentId): Promise<AgentActor | undefined>;
  /** The persons who answer for a site, owners among them. */
  ofSite(site: number): Promise<AgentActor[]>;
  /** By key, removed ones too: what they did keeps its author. */
  cards(keys: readonly number[]): Promise<Map<number, AgentCard>>;
}

export interface AgentsParts {
  store: Store;
  clock: Clock;
  revocations: Revocations;
}

export function createAgents({ store }: AgentsParts): Agents {
  return {
    async byApiKey(token) {
      if (!token.startsWith("ak_")) return undefined;
      const hash = hashSecret(token);
      return store.read(async (db) => {
        const row = await agentByApiKey(db, hash);
        return row && actorOf(db, row);
      });
    },
    byKey: (key) =>
      store.read(async (db) => {
        const row = await agentByKey(db, key);
        return row && row.removed_at === null ? actorOf(db, row) : undefined;
      }),
    memberOf: (site, id) =>
      store.read(async (db) => {
        const row = isId(id) ? await agentById(db, toBytes(id)) : undefined;
        const agent = row && (await actorOf(db, row));
        return agent?.sites.has(site) ? agent : undefined;
      }),
    ofSite: (site) =>
      store.read(async (db) => {
        const rows = await agentsOfKind(db, "person");
        const sites = await memberships(db);
        const here = rows.filter((row) => row.role === "owner" || sites.get(row.id)?.has(site));
        const agents = await Promise.all(here.map((row) => actorOf(db, row)));
        return agents.filter((agent) => agent !== undefined);
      }),
    cards: (keys) =>
      store.read(async (db) => {
        const rows = await Promise.all([...new Set(keys)].map((key) => agentByKey(db, key)));
        return new Map(rows.filter((row) => row !== undefined).map((row) => [row.id, cardOfRow(row)]));
      }),
  };
}

function cardOfRow(row: AgentRow): AgentCard {
  return { id: toId<AgentId>(row.uid), name: row.name, ...(row.avatar !== null && { avatar: row.avatar }) };
}
