import { refuse } from "../../../protocol/faults.ts";
import type { Clock } from "../../clock.ts";
import { type AgentRow, agentByKey } from "../../store/agents.ts";
import { toId } from "../../store/ids.ts";
import type { Db, Store } from "../../store/port.ts";
import { deleteSession, deleteSessionsOf, sessionByHash, sessionsOf } from "../../store/sessions.ts";
import type { AgentActor } from "../actors.ts";
import { audit } from "./audit.ts";
import { createLivedTime } from "./lived-time.ts";
import { assertManages, found } from "./people.ts";
import type { Revocations } from "./revocations.ts";
import { sessionId } from "./sessions.ts";

export interface Session {
  /** Names it without being of use to open it. */
  id: string;
  createdAt: number;
  /** To the hour. */
  seenAt: number;
  device?: string;
  address?: string;
}

/** Where people are signed in: one's own sessions, and for whoever manages them, other people's. */
export interface SessionList {
  own(by: AgentActor): Promise<Session[]>;
  of(by: AgentActor, person: string): Promise<Session[]>;
  /** One's own, or one of somebody whom one manages. What is neither is `not-found`. */
  end(by: AgentActor, id: string): Promise<void>;
  /** All of one's own but the one that asks. */
  endOthers(by: AgentActor, but?: string): Promise<void>;
  endAllOf(by: AgentActor, person: string): Promise<void>;
}

const ID = /^[0-9a-f]{64}$/;

export interface SessionListParts {
  store: Store;
  clock: Clock;
  revocations: Revocations;
}

export function createSessionList({ store, clock, revocations }: SessionListParts): SessionList {
  const lived = createLivedTime({ store, clock });
  const list = async (agent: (db: Db) => Promise<number>) => {
    const now = await lived.now();
    return store.read(async (db) => (await sessionsOf(db, await agent(db), now)).map(toSession));
  };

  return {
    own(by) {
      assertPerson(by);
      return list(async () => by.key);
    },
    of: (by, person) => list(async (db) => (await managed(db, by, person)).id),

    async end(by, id) {
      assertPerson(by);
      const now = await lived.now();
      const agent = await store.write(async (db) => {
        const session = ID.test(id) ? await sessionByHash(db, Buffer.from(id, "hex"), now) : undefined;
        const row = session && (await agentByKey(db, session.agent));
        if (!session || !row) return refuse("not-found", "No such session");
        if (row.id !== by.key) await hidden(managed(db, by, toId(row.uid)));
        await deleteSession(db, session.hash);
        if (row.id !== by.key) await note(db, by, row);
        return row.id;
      });
      revocations.revoke({ agent, session: id });
    },

    async endOthers(by, but) {
      assertPerson(by);
      const now = await lived.now();
      const kept = but === undefined ? undefined : sessionId(but);
      const ended = await store.write(async (db) => {
        const all = await sessionsOf(db, by.key, now);
        await deleteSessionsOf(db, by.key, kept === undefined ? undefined : Buffer.from(kept, "hex"));
        return all.map(({ hash }) => Buffer.from(hash).toString("hex")).filter((id) => id !== kept);
      });
      for (const session of ended) revocations.revoke({ agent: by.key, session });
    },

    async endAllOf(by, person) {
      const agent = await store.write(async (db) => {
        const row = await managed(db, by, person);
        await deleteSessionsOf(db, row.id);
        await note(db, by, row);
        return row.id;
      });
      revocations.revoke({ agent });
    },
  };

  async function managed(db: Db, by: AgentActor, person: string): Promise<AgentRow> {
    const row = await found(db, by, person);
    await assertManages(db, by, row);
    return row;
  }

  function note(db: Db, by: AgentActor, { uid, name }: AgentRow): Promise<void> {
    return audit(db, clock.now(), by, { action: "sessions.ended", target: toId(uid), name });
  }
}

function assertPerson(by: AgentActor): void {
  if (by.kind === "key") refuse("forbidden", "An API key has no sessions");
}

/** Somebody else's session is not there, for whoever may not end it. */
async function hidden(allowed: Promise<unknown>): Promise<void> {
  await allowed.catch(() => refuse("not-found", "No such session"));
}

function toSession({
  hash,
  created_at,
  seen_at,
  device,
  address,
}: Awaited<ReturnType<typeof sessionsOf>>[number]): Session {
  return {
    id: Buffer.from(hash).toString("hex"),
    createdAt: created_at,
    seenAt: seen_at,
    ...(device !== null && { device }),
    ...(address !== null && { address }),
  };
}
