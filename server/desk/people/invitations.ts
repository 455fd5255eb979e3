import { refuse } from "../../../protocol/faults.ts";
import type { Clock } from "../../clock.ts";
import { type AgentRow, updateAgent } from "../../store/agents.ts";
import { mintSecret, toId } from "../../store/ids.ts";
import type { Db, Store } from "../../store/port.ts";
import { deleteSessionsOf, deleteTicketsOf, insertTicket, ticketHolder } from "../../store/sessions.ts";
import { audit } from "./audit.ts";
import { hashPassword } from "./passwords.ts";
import type { Acceptance } from "./person-input.ts";
import type { Revocations } from "./revocations.ts";
import { hashSecret } from "./secrets.ts";

const LASTS_MS = 7 * 24 * 60 * 60 * 1000;

export interface Invitations {
  /** Whom a link is for. Refuses one that was used, replaced or is too old with `not-found`. */
  look(token: string): Promise<{ email: string; name: string }>;
  /** The link is used up, the password set, and whoever had the account open is out. Returns the agent's key. */
  accept(token: string, input: Acceptance, from?: string): Promise<number>;
}

export interface InvitationsParts {
  store: Store;
  clock: Clock;
  revocations: Revocations;
}

export function createInvitations({ store, clock, revocations }: InvitationsParts): Invitations {
  const holder = async (db: Db, token: string): Promise<AgentRow> => {
    const row = await ticketHolder(db, hashSecret(token), "invitation", clock.now());
    return row ?? refuse("not-found", "This invitation has been used or is too old");
  };

  return {
    async look(token) {
      const { email, name } = await store.read((db) => holder(db, token));
      return { email: email ?? "", name };
    },
    async accept(token, { name, password }, from) {
      // Before the slow hash, so that guesses cost us little.
      await store.read((db) => holder(db, token));
      const hashed = await hashPassword(password);
      const key = await store.write(async (db) => {
        const row = await holder(db, token);
        await deleteTicketsOf(db, row.id);
        await deleteSessionsOf(db, row.id);
        await updateAgent(db, row.id, { password: hashed, name: name ?? row.name });
        const by = { key: row.id, ...(from !== undefined && { from }) };
        await audit(db, clock.now(), by, { action: "invitation.accepted", target: toId(row.uid), name: row.name });
        return row.id;
      });
      revocations.revoke({ agent: key });
      return key;
    },
  };
}

/** The token of a new link; whatever links they had stop working. */
export async function giveInvitation(db: Db, agent: number, at: number): Promise<string> {
  const token = mintSecret("in_");
  await deleteTicketsOf(db, agent);
  await insertTicket(db, {
    hash: hashSecret(token),
    agent,
    kind: "invitation",
    created_at: at,
    expires_at: at + LASTS_MS,
  });
  return token;
}
