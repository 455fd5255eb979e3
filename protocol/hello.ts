import * as v from "valibot";
import { Conversation } from "./conversation.ts";
import { Event } from "./event.ts";
import { AgentId, ConversationId, Seq, SiteKey, Time } from "./ids.ts";
import { AgentCard, Availability, Role, SiteCard, VisitorCard } from "./people.ts";

/** At most this many conversations in a `since`. */
export const SINCE_LIMIT = 50;

const since = <const S extends v.GenericSchema>(place: S) =>
  v.optional(
    v.pipe(
      v.custom<Record<string, unknown>>((value) => !Array.isArray(value), "expected conversations with their places"),
      v.record(ConversationId, place),
      v.check((places) => Object.keys(places).length <= SINCE_LIMIT, `expected at most ${SINCE_LIMIT} conversations`),
    ),
  );

/** Whatever is no text is no token either: malformed, and `unauthorized` like every one that nobody knows. */
export const BroughtToken = v.fallback(v.string(), "");

/** `auth` of a visitor's handshake. The version is checked apart, so that an old client is told to reload. */
export const VisitorAuth = v.object({
  site: SiteKey,
  token: v.optional(BroughtToken),
  since: since(Seq),
  /** Of what `since` speaks of: whoever is ahead of the log in its own epoch knows what was lost (D10). */
  epoch: v.optional(v.pipe(v.string(), v.maxLength(100))),
});
export type VisitorAuth = v.InferOutput<typeof VisitorAuth>;

/** `auth` of an agent's handshake; the session cookie stands in for the token in the console. */
export const AgentAuth = v.object({
  token: v.optional(BroughtToken),
  since: since(v.object({ talk: Seq, desk: Seq })),
  epoch: v.optional(v.pipe(v.string(), v.maxLength(100))),
  /** Comes without being there for visitors. */
  away: v.optional(v.boolean()),
});
export type AgentAuth = v.InferOutput<typeof AgentAuth>;

export const VisitorHello = v.object({
  v: v.literal(1),
  now: Time,
  /** Changes when a database is restored from a backup (D10). */
  epoch: v.string(),
  /** Only for a visitor who brought none: to keep. */
  token: v.optional(v.string()),
  visitor: VisitorCard,
  availability: Availability,
  conversations: v.array(Conversation),
  events: v.array(Event),
});
export type VisitorHello = v.InferOutput<typeof VisitorHello>;

export const AgentHello = v.object({
  v: v.literal(1),
  now: Time,
  epoch: v.string(),
  agent: v.object({ id: AgentId, name: v.string(), email: v.string(), role: Role, avatar: v.optional(v.string()) }),
  sites: v.array(SiteCard),
  agents: v.array(AgentCard),
  events: v.array(Event),
});
export type AgentHello = v.InferOutput<typeof AgentHello>;

export type Hello = VisitorHello | AgentHello;
