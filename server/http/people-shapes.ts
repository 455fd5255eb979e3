import * as v from "valibot";
import { AgentCard, AgentId, Role, SiteId, Time } from "../../protocol/index.ts";
import { toTime } from "../clock.ts";
import type { Key } from "../desk/people/keys.ts";
import type { Person } from "../desk/people/person.ts";
import type { OwnPerson } from "../desk/people/profile.ts";

/* People and keys as they stand in answers. */

const person = {
  id: AgentId,
  name: v.string(),
  email: v.string(),
  role: Role,
  avatar: v.optional(v.string()),
  /** Those that the one who asks may know of. */
  sites: v.array(SiteId),
  invited: v.boolean(),
  createdAt: Time,
};
export const PersonBody = v.object(person);
export const AddedBody = v.object({
  ...person,
  /** The link that works once. */
  invitation: v.optional(v.string()),
  token: v.optional(v.string()),
});
export const OwnBody = v.object({ agent: v.object({ ...person, settings: v.record(v.string(), v.unknown()) }) });

const key = {
  id: AgentId,
  name: v.string(),
  role: Role,
  sites: v.array(SiteId),
  creator: AgentCard,
  createdAt: Time,
};
export const KeyBody = v.object(key);
export const MadeKeyBody = v.object({ ...key, token: v.string() });

/** A list of anything. */
export function list<S extends v.GenericSchema>(item: S) {
  return v.object({ items: v.array(item), cursor: v.optional(v.string()) });
}

export function toPerson<P extends Person>({ createdAt, ...rest }: P) {
  return { ...rest, createdAt: toTime(createdAt) };
}

export function toOwn(person: OwnPerson) {
  return { agent: toPerson(person) };
}

export function toKey<K extends Key>({ createdAt, ...rest }: K) {
  return { ...rest, createdAt: toTime(createdAt) };
}
