import { refuse } from "../../../protocol/faults.ts";
import type { AgentCard, AgentId, Role, SiteId } from "../../../protocol/index.ts";
import type { Clock } from "../../clock.ts";
import {
  type AgentRow,
  agentById,
  agentsOfKind,
  creatorOfKey,
  deleteApiKey,
  insertAgent,
  insertApiKey,
  memberships,
  setMemberships,
  updateAgent,
} from "../../store/agents.ts";
import { mintSecret, toBytes, toId } from "../../store/ids.ts";
import type { Db, Store } from "../../store/port.ts";
import type { AgentActor } from "../actors.ts";
import { isId, type Sites } from "../sites/sites.ts";
import { audit } from "./audit.ts";
import { newAgent } from "./people.ts";
import { sharedSites } from "./person.ts";
import type { NewKey } from "./person-input.ts";
import { actorOf, atLeast } from "./recognition.ts";
import type { Revocations } from "./revocations.ts";
import { hashSecret } from "./secrets.ts";

export interface Key {
  id: AgentId;
  name: string;
  role: Role;
  sites: SiteId[];
  creator: AgentCard;
  createdAt: number;
}

export interface MadeKey extends Key {
  /** `ak_…`, shown this once. */
  token: string;
}

export interface Keys {
  /** An owner's: all. An admin's: their own, and those of colleagues that reach no site but the admin's. */
  list(by: AgentActor): Promise<Key[]>;
  /** At most the maker's role and sites; without `sites` it follows the maker's. */
  make(by: AgentActor, input: NewKey): Promise<MadeKey>;
  remove(by: AgentActor, id: string): Promise<void>;
}

export interface KeysParts {
  store: Store;
  clock: Clock;
  sites: Sites;
  revocations: Revocations;
}

export function createKeys({ store, clock, sites, revocations }: KeysParts): Keys {
  const seen = async (db: Db, by: AgentActor, row: AgentRow): Promise<Key | undefined> => {
    const [agent, creator] = [await actorOf(db, row), await creatorOfKey(db, row.id)];
    if (!agent || !creator) return undefined;
    const within = atLeast(by.role, agent.role) && [...agent.sites].every((site) => by.sites.has(site));
    if (by.role !== "owner" && creator.id !== by.key && !within) return undefined;
    return {
      id: agent.id,
      name: agent.name,
      role: agent.role,
      sites: await sharedSites(agent, by, sites),
      creator: { id: toId<AgentId>(creator.uid), name: creator.name },
      createdAt: row.created_at,
    };
  };

  return {
    list(by) {
      assertManager(by);
      return store.read(async (db) => {
        const rows = await agentsOfKind(db, "key");
        const keys = await Promise.all(rows.map((row) => seen(db, by, row)));
        return keys.filter((key) => key !== undefined);
      });
    },

    async make(by, { name, role, sites: ids }) {
      assertManager(by);
      if (!atLeast(by.role, role)) refuse("forbidden", `Only an owner makes a key that is ${role}`);
      const named = ids && (await Promise.all(ids.map(async (id) => (await sites.forAgent(by, id)).key)));
      const token = mintSecret("ak_");
      return store.write(async (db) => {
        const [maker, inherited] = await makerOf(db, by);
        const row = await insertAgent(db, { ...newAgent(clock.now()), kind: "key", name, role });
        await insertApiKey(db, {
          hash: hashSecret(token),
          agent: row.id,
          creator: maker,
          created_at: clock.now(),
        });
        await setMemberships(db, row.id, named ?? inherited);
        const key = await seen(db, by, row);
        if (!key) return refuse("forbidden", "This key may make no other");
        const after = { role: key.role, sites: key.sites };
        await audit(db, clock.now(), by, { action: "key.made", target: key.id, name: key.name, after });
        return { ...key, token };
      });
    },

    async remove(by, id) {
      assertManager(by);
      const agent = await store.write(async (db) => {
        const row = isId(id) ? await agentById(db, toBytes(id)) : undefined;
        const key = row?.kind === "key" ? await seen(db, by, row) : undefined;
        if (!row || !key) return refuse("not-found", "No such key");
        const before = { role: key.role, sites: key.sites };
        await audit(db, clock.now(), by, { action: "key.removed", target: key.id, name: key.name, before });
        await updateAgent(db, row.id, { removed_at: clock.now() });
        await deleteApiKey(db, row.id);
        await setMemberships(db, row.id, []);
        return row.id;
      });
      revocations.revoke({ agent });
    },
  };
}

function assertManager(by: AgentActor): void {
  if (by.role === "agent") refuse("forbidden", "Only an owner or an admin manages keys");
}

/** A key that makes a key stands in for its own maker, and passes its own bounds on. */
async function makerOf(db: Db, by: AgentActor): Promise<[maker: number, sites: Iterable<number>]> {
  if (by.kind === "person") return [by.key, []];
  const creator = await creatorOfKey(db, by.key);
  if (!creator) return refuse("unauthorized", "This key is gone");
  return [creator.id, (await memberships(db, [by.key])).get(by.key) ?? []];
}
