import { refuse } from "../../../protocol/faults.ts";
import type { Clock } from "../../clock.ts";
import { type AgentRow, agentByEmail, agentByKey } from "../../store/agents.ts";
import { mintSecret } from "../../store/ids.ts";
import type { Db, Store } from "../../store/port.ts";
import {
  deleteExpired,
  deleteSession,
  deleteTicket,
  hasExpired,
  insertSession,
  insertTicket,
  sessionByHash,
  ticketHolder,
  touchSession,
} from "../../store/sessions.ts";
import type { AgentActor } from "../actors.ts";
import { createLivedTime } from "./lived-time.ts";
import { isStill, passwordFits } from "./passwords.ts";
import { actorOf } from "./recognition.ts";
import type { Revocations } from "./revocations.ts";
import { hashSecret } from "./secrets.ts";

/** A session ends this long after it was last used. */
export const SESSION_LASTS_MS = 30 * 24 * 60 * 60 * 1000;
const SEEN_EVERY_MS = 60 * 60 * 1000;

export interface SignedIn {
  agent: AgentActor;
  /** For the cookie; the server has its hash only. */
  token: string;
}

/** Where somebody signs in from, as their browser and the network say. */
export interface Where {
  device?: string | undefined;
  address?: string | undefined;
}

export interface Sessions {
  /** Refuses with `unauthorized`, in the same words and time whatever was wrong. */
  signIn(email: string, password: string, where?: Where): Promise<SignedIn>;
  /** With a sign-in link, which works once. */
  redeem(ticket: string, where?: Where): Promise<SignedIn>;
  /** Whose cookie this is; nobody's where it has ended. */
  bySession(token: string): Promise<AgentActor | undefined>;
  signOut(token: string): Promise<void>;
  /** The token of a sign-in link for an agent, by key. */
  mintSignIn(agent: number, lastsMs: number): Promise<string>;
  /** Opens a session for an agent who has just proved who they are by another way. */
  begin(agent: number, where?: Where): Promise<SignedIn>;
  /** Forgets what has ended, and how far the time has come: for a job that comes by every minute or so. */
  tidy(): Promise<void>;
  onRevoked: Revocations["onRevoked"];
}

export interface SessionsParts {
  store: Store;
  clock: Clock;
  revocations: Revocations;
}

export function createSessions({ store, clock, revocations }: SessionsParts): Sessions {
  const lived = createLivedTime({ store, clock });
  const open = async (db: Db, row: AgentRow, { device, address }: Where = {}): Promise<SignedIn> => {
    const [now, steady] = [clock.now(), await lived.now()];
    const token = mintSecret("");
    const agent = await actorOf(db, row);
    if (!agent) return refuse("unauthorized", "This account is gone");
    const times = { created_at: now, seen_at: now, expires_at: steady + SESSION_LASTS_MS };
    await insertSession(db, {
      hash: hashSecret(token),
      agent: row.id,
      ...times,
      device: device?.slice(0, 300) ?? null,
      address: address ?? null,
    });
    return { agent, token };
  };

  return {
    async signIn(email, password, where) {
      const address = email.trim().toLowerCase();
      const row = await store.read((db) => agentByEmail(db, address));
      if (!(await passwordFits(row?.password, password)) || !row) {
        return refuse("unauthorized", "E-mail or password is wrong");
      }
      return store.write(async (db) => {
        // While it was compared, somebody may have taken it away.
        const now = await agentByKey(db, row.id);
        if (!now || now.removed_at !== null || !isStill(row.password, now.password))
          return refuse("unauthorized", "E-mail or password is wrong");
        return open(db, now, where);
      });
    },
    redeem: (ticket, where) =>
      store.write(async (db) => {
        const hash = hashSecret(ticket);
        const row = await ticketHolder(db, hash, "sign-in", clock.now());
        if (!row) return refuse("unauthorized", "This link has been used or is too old");
        await deleteTicket(db, hash);
        return open(db, row, where);
      }),
    async bySession(token) {
      const hash = hashSecret(token);
      const now = await lived.now();
      const found = await store.read(async (db) => {
        const session = await sessionByHash(db, hash, now);
        const row = session && (await agentByKey(db, session.agent));
        return session && row && row.removed_at === null ? { session, agent: await actorOf(db, row) } : undefined;
      });
      if (found && now + SESSION_LASTS_MS - found.session.expires_at > SEEN_EVERY_MS) {
        // Nobody waits for it: where the disk takes nothing more, whoever is signed in reads on, and it is tried again.
        store.write((db) => touchSession(db, hash, clock.now(), now + SESSION_LASTS_MS)).catch(() => undefined);
      }
      return found?.agent;
    },
    async signOut(token) {
      const hash = hashSecret(token);
      const now = await lived.now();
      const session = await store.read((db) => sessionByHash(db, hash, now));
      if (!session) return;
      await store.write((db) => deleteSession(db, hash));
      revocations.revoke({ agent: session.agent, session: sessionId(token) });
    },
    async mintSignIn(agent, lastsMs) {
      const token = mintSecret("si_");
      const now = clock.now();
      await store.write((db) =>
        insertTicket(db, {
          hash: hashSecret(token),
          agent,
          kind: "sign-in",
          created_at: now,
          expires_at: now + lastsMs,
        }),
      );
      return token;
    },
    begin: (agent, where) =>
      store.write(async (db) => {
        const row = await agentByKey(db, agent);
        return row && row.removed_at === null ? open(db, row, where) : refuse("unauthorized", "This account is gone");
      }),
    async tidy() {
      const now = await lived.now();
      await lived.keep();
      if (await store.read((db) => hasExpired(db, now))) await store.write((db) => deleteExpired(db, now));
    },
    onRevoked: revocations.onRevoked,
  };
}

/** Names a session without being of use to open it: what a connection remembers, to be ended with it. */
export function sessionId(token: string): string {
  return Buffer.from(hashSecret(token)).toString("hex");
}
