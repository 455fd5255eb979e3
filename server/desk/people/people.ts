import { refuse } from "../../../protocol/faults.ts";
import type { Clock } from "../../clock.ts";
import {
  type AgentRow,
  agentByEmail,
  agentById,
  agentsOfKind,
  countOwners,
  insertAgent,
  keyCreators,
  memberships,
  setMemberships,
  updateAgent,
} from "../../store/agents.ts";
import { mintId, toBytes } from "../../store/ids.ts";
import type { Db, Store } from "../../store/port.ts";
import { deleteSessionsOf, deleteTicketsOf } from "../../store/sessions.ts";
import type { AgentActor } from "../actors.ts";
import { dropPhoto } from "../files/photos.ts";
import type { Publish } from "../publish.ts";
import { isId, type Sites } from "../sites/sites.ts";
import { audit } from "./audit.ts";
import { giveInvitation } from "./invitations.ts";
import { hashPassword } from "./passwords.ts";
import { type Person, personOf, sharesSite } from "./person.ts";
import type { NewPerson, PersonChange } from "./person-input.ts";
import { actorOf, atLeast } from "./recognition.ts";
import { type Released, release, releaseReopened } from "./release.ts";
import type { Revocations } from "./revocations.ts";

export interface Added extends Person {
  /** For a link that works once, where no password was given. */
  invitation?: string;
}

export interface People {
  /** Who shares a site with the one who asks; of their sites, those that are shared. */
  list(by: AgentActor): Promise<Person[]>;
  /** With a password, or else with an invitation. Asked again for somebody still invited: a new link. */
  add(by: AgentActor, input: NewPerson): Promise<Added>;
  change(by: AgentActor, id: string, input: PersonChange): Promise<Person>;
  /** A new link for somebody who never came, or lost the password. The one before stops working. */
  invite(by: AgentActor, id: string): Promise<Added>;
  /** What they did keeps their name. Their keys and sessions end, and nobody waits for them: what was theirs is free. */
  remove(by: AgentActor, id: string): Promise<void>;
  /** A conversation was opened again: is whoever had it still there? */
  reopened(conversation: number): Promise<void>;
}

export interface PeopleParts {
  store: Store;
  clock: Clock;
  sites: Sites;
  revocations: Revocations;
  /** Tells everybody what became of conversations whose agent left. */
  publish?: Pick<Publish, "stored"> | undefined;
}

/** The people who answer, as owners and admins manage them. Each rule is checked where it is written: in the transaction. */
export function createPeople({ store, clock, sites, revocations, publish }: PeopleParts): People {
  const chosen = async (by: AgentActor, ids: readonly string[] | undefined) => {
    if (!ids) return undefined;
    return new Set(await Promise.all(ids.map(async (id) => (await sites.forAgent(by, id)).key)));
  };
  const tell = (released: readonly Released[]) => {
    for (const { record, stored } of released) publish?.stored(record, stored);
  };
  const show = async (db: Db, by: AgentActor, row: AgentRow) => {
    const person = await personOf(db, row, sites, by);
    return person ?? refuse("not-found", "No such agent");
  };

  return {
    list: (by) =>
      store.read(async (db) => {
        const rows = await agentsOfKind(db, "person");
        const people = await Promise.all(rows.map((row) => personOf(db, row, sites, by)));
        return people.filter((person) => person !== undefined);
      }),

    async add(by, { email, name, role, sites: ids, password }) {
      assertManager(by);
      if (!atLeast(by.role, role)) refuse("forbidden", `Only an owner adds an ${role}`);
      const keys = (await chosen(by, ids)) ?? by.sites;
      const hashed = password === undefined ? null : await hashPassword(password);
      return store.write(async (db) => {
        const known = await agentByEmail(db, email);
        if (known && (known.password !== null || !(await manages(db, by, known)))) {
          return refuse("invalid", "Somebody has this address already", { field: "email" });
        }
        const values = { name: name ?? known?.name ?? email.split("@", 1)[0] ?? email, role, password: hashed };
        const row = known
          ? await updateAgent(db, known.id, values)
          : await insertAgent(db, { ...newAgent(clock.now()), kind: "person", email, ...values });
        await setMemberships(db, row.id, role === "owner" ? [] : keys);
        // A link that is still on its way would set another password.
        if (hashed) await deleteTicketsOf(db, row.id);
        const person = await show(db, by, row);
        await audit(db, clock.now(), by, { action: "person.added", ...entryOf(person), after: fieldsOf(person) });
        return hashed ? person : { ...person, invitation: await giveInvitation(db, row.id, clock.now()) };
      });
    },

    async change(by, id, { name, role, sites: ids, password }) {
      const own = id === by.id;
      if (own && password !== undefined) {
        refuse("invalid", "Your own password is changed at /api/session, by who knows it", { field: "password" });
      }
      const keys = await chosen(by, ids);
      const hashed = password === undefined ? undefined : await hashPassword(password);
      const [person, row, told] = await store.write(async (db) => {
        const row = await found(db, by, id);
        // One's own name is one's own; everything else takes someone who manages people.
        if (!own || role !== undefined || keys) await assertManages(db, by, row);
        if (role && !atLeast(by.role, role)) refuse("forbidden", `Only an owner makes somebody ${role}`);
        if (role && role !== "owner") await assertOwnerLeft(db, row);
        const before = await show(db, by, row);
        const changed = await updateAgent(db, row.id, {
          name: name ?? row.name,
          role: role ?? row.role,
          password: hashed ?? row.password,
        });
        if (changed.role === "owner") await setMemberships(db, row.id, []);
        else if (keys || row.role === "owner") await setMemberships(db, row.id, keys ?? by.sites);
        if (hashed) await deleteSessionsOf(db, row.id);
        // A link that is still on its way would set another password.
        if (hashed) await deleteTicketsOf(db, row.id);
        const person = await show(db, by, changed);
        const fields = { before: fieldsOf(before), after: fieldsOf(person) };
        if (JSON.stringify(fields.before) !== JSON.stringify(fields.after)) {
          await audit(db, clock.now(), by, { action: "person.changed", ...entryOf(person), ...fields });
        }
        if (hashed) await audit(db, clock.now(), by, { action: "person.password", ...entryOf(person) });
        const told = role || keys ? await release(db, row.id, clock.now()) : [];
        return [person, row, told] as const;
      });
      tell(told);
      // A connection remembers whose it is, by what name and with what rights.
      if (name || role || keys || hashed) await endConnections(store, revocations, row.id);
      return person;
    },

    invite: (by, id) =>
      store.write(async (db) => {
        const row = await found(db, by, id);
        await assertManages(db, by, row);
        const person = await show(db, by, row);
        await audit(db, clock.now(), by, { action: "person.invited", ...entryOf(person) });
        return { ...person, invitation: await giveInvitation(db, row.id, clock.now()) };
      }),

    async remove(by, id) {
      const [key, told] = await store.write(async (db) => {
        const row = await found(db, by, id);
        await assertManages(db, by, row);
        await assertOwnerLeft(db, row);
        const person = await show(db, by, row);
        await audit(db, clock.now(), by, { action: "person.removed", ...entryOf(person), before: fieldsOf(person) });
        // The address is free again for whoever has it next.
        await updateAgent(db, row.id, { removed_at: clock.now(), email: null, password: null });
        await dropPhoto(db, row.id, clock.now());
        await setMemberships(db, row.id, []);
        await deleteSessionsOf(db, row.id);
        await deleteTicketsOf(db, row.id);
        return [row.id, await release(db, row.id, clock.now())] as const;
      });
      tell(told);
      await endConnections(store, revocations, key);
    },

    async reopened(conversation) {
      const released = await store.write((db) => releaseReopened(db, conversation, clock.now()));
      if (released) tell([released]);
    },
  };
}

/** A person in the audit log. */
function entryOf({ id, name }: Person) {
  return { target: id, name };
}

function fieldsOf({ name, email, role, sites }: Person) {
  return { name, email, role, sites };
}

/** What every agent's row begins with. */
export function newAgent(at: number) {
  return { uid: toBytes(mintId(at)), created_at: at };
}

function assertManager(by: AgentActor): void {
  if (by.role === "agent") refuse("forbidden", "Only an owner or an admin manages people");
}

/** A person who shares a site with the one who asks; anybody else is not there. */
export async function found(db: Db, by: AgentActor, id: string): Promise<AgentRow> {
  const row = isId(id) ? await agentById(db, toBytes(id)) : undefined;
  const agent = row?.kind === "person" ? await actorOf(db, row) : undefined;
  const shared = agent && (by.role === "owner" || agent.key === by.key || sharesSite(agent, by));
  return row && agent && shared ? row : refuse("not-found", "No such agent");
}

/** Refuses whoever may not manage somebody. */
export async function assertManages(db: Db, by: AgentActor, row: AgentRow): Promise<void> {
  assertManager(by);
  if (!(await manages(db, by, row))) refuse("forbidden", "They have a role above yours, or sites that are not yours");
}

/** An owner manages all; an admin those below owner, none of whose sites is another's. */
async function manages(db: Db, by: AgentActor, row: AgentRow): Promise<boolean> {
  if (!atLeast(by.role, row.role)) return false;
  if (by.role === "owner") return true;
  const theirs = (await memberships(db, [row.id])).get(row.id) ?? new Set();
  return [...theirs].every((site) => by.sites.has(site));
}

/** Somebody must be able to come in. */
async function assertOwnerLeft(db: Db, leaving: AgentRow): Promise<void> {
  if (leaving.role !== "owner" || leaving.password === null) return;
  if ((await countOwners(db)) <= 1) refuse("forbidden", "The last owner stays owner", { field: "role" });
}

/** Theirs and those of the keys they made: what a key may do follows from its maker. */
async function endConnections(store: Store, revocations: Revocations, person: number): Promise<void> {
  const creators = await store.read(keyCreators);
  revocations.revoke({ agent: person });
  for (const [agent, creator] of creators) if (creator === person) revocations.revoke({ agent });
}
