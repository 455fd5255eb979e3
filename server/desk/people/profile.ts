import { refuse } from "../../../protocol/faults.ts";
import type { Clock } from "../../clock.ts";
import { agentByKey, updateAgent } from "../../store/agents.ts";
import type { Store } from "../../store/port.ts";
import { deleteSessionsOf, deleteTicketsOf } from "../../store/sessions.ts";
import type { AgentActor } from "../actors.ts";
import type { Sites } from "../sites/sites.ts";
import { audit } from "./audit.ts";
import { hashPassword, isStill, passwordFits } from "./passwords.ts";
import { type Person, personOf } from "./person.ts";
import type { ProfileChange } from "./person-input.ts";
import type { Revocations } from "./revocations.ts";
import { hashSecret } from "./secrets.ts";

export interface OwnPerson extends Person {
  /** What the console keeps for them: keys on or off, notifications, and the like. */
  settings: Record<string, unknown>;
}

export interface Profile {
  of(agent: AgentActor): Promise<OwnPerson>;
  /** A new password takes the old one, and ends every session but `session`, whose token is given. */
  change(agent: AgentActor, input: ProfileChange, session?: string): Promise<OwnPerson>;
  /** Their face changed: a connection remembers it. */
  faced(agent: AgentActor): Promise<OwnPerson>;
}

export interface ProfileParts {
  store: Store;
  clock: Clock;
  sites: Sites;
  revocations: Revocations;
}

export function createProfile({ store, clock, sites, revocations }: ProfileParts): Profile {
  const own = (agent: AgentActor) =>
    store.read(async (db) => {
      const row = await agentByKey(db, agent.key);
      const person = row && (await personOf(db, row, sites, agent));
      if (!row || !person) return refuse("unauthorized", "This account is gone");
      return { ...person, settings: row.settings === null ? {} : JSON.parse(row.settings) };
    });

  return {
    of: own,
    async change(agent, { name, password, current, settings }, session) {
      if (agent.kind === "key") refuse("forbidden", "An API key has no profile");
      const row = await store.read((db) => agentByKey(db, agent.key));
      if (!row) return refuse("unauthorized", "This account is gone");
      if (password !== undefined && !(await passwordFits(row.password, current ?? ""))) {
        refuse("forbidden", "The current password is wrong", { field: "current" });
      }
      const hashed = password === undefined ? undefined : await hashPassword(password);
      await store.write(async (db) => {
        const now = await agentByKey(db, agent.key);
        if (!now || now.removed_at !== null) return refuse("unauthorized", "This account is gone");
        // While it was compared, somebody may have set another one.
        if (hashed && !isStill(row.password, now.password))
          refuse("forbidden", "The current password is wrong", { field: "current" });
        await updateAgent(db, agent.key, {
          name: name ?? now.name,
          password: hashed ?? now.password,
          settings: settings ? JSON.stringify(settings) : now.settings,
        });
        // A link to set another is whoever's it was before.
        if (hashed) await deleteTicketsOf(db, agent.key);
        if (hashed)
          await audit(db, clock.now(), agent, { action: "person.password", target: agent.id, name: agent.name });
        if (hashed) await deleteSessionsOf(db, agent.key, session === undefined ? undefined : hashSecret(session));
      });
      // A connection remembers whose it is, and by what name.
      if (hashed || name !== undefined) revocations.revoke({ agent: agent.key });
      return own(agent);
    },
    faced(agent) {
      revocations.revoke({ agent: agent.key });
      return own(agent);
    },
  };
}
