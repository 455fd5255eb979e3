import * as v from "valibot";
import { AgentId, SiteId, SiteKey, VisitorId } from "./ids.ts";

/** An agent as anyone may see one. Never the e-mail address. */
export const AgentCard = v.object({ id: AgentId, name: v.string(), avatar: v.optional(v.string()) });
export type AgentCard = v.InferOutput<typeof AgentCard>;

export const Role = v.picklist(["owner", "admin", "agent"]);
export type Role = v.InferOutput<typeof Role>;

/** Whoever did something, as it is kept with the event. */
export const Author = v.object({
  kind: v.picklist(["visitor", "agent", "system"]),
  id: v.optional(v.string()),
  name: v.optional(v.string()),
  avatar: v.optional(v.string()),
});
export type Author = v.InferOutput<typeof Author>;

export const VisitorCard = v.object({
  id: VisitorId,
  name: v.optional(v.string()),
  email: v.optional(v.string()),
  /** Signed by the site; what an unverified visitor says of themselves proves nothing. */
  verified: v.boolean(),
  tier: v.optional(v.string()),
});
export type VisitorCard = v.InferOutput<typeof VisitorCard>;

/** A site as its agents see it on the socket. */
export const SiteCard = v.object({ id: SiteId, key: SiteKey, name: v.string(), locales: v.array(v.string()) });
export type SiteCard = v.InferOutput<typeof SiteCard>;

/** Whether somebody answers now, and who. */
export const Availability = v.object({
  state: v.picklist(["online", "away"]),
  agents: v.array(AgentCard),
  /** Typical time to the first reply, as a range in minutes; absent below five conversations. */
  reply: v.optional(v.object({ from: v.number(), to: v.number() })),
  /** When the team is back, where hours say so. */
  backAt: v.optional(v.string()),
});
export type Availability = v.InferOutput<typeof Availability>;
