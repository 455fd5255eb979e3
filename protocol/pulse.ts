import * as v from "valibot";
import { Conversation } from "./conversation.ts";
import { ConversationId, Seq, Time } from "./ids.ts";
import { AgentCard, Author, Availability } from "./people.ts";

/** How often sockets with conversations are told where the streams stand. */
export const HEADS_EVERY_MS = 12_000;

const typing = v.object({ type: v.literal("typing"), conversation: ConversationId, on: v.boolean() });
/** An agent is not there for visitors, whatever pages they have open; told to all of the agent's own sockets. */
const away = v.object({ type: v.literal("away"), on: v.boolean() });

/** What a client may pulse. What was typed and not sent never leaves the page. */
export const ClientPulse = v.variant("type", [typing]);
export type ClientPulse = v.InferOutput<typeof ClientPulse>;

export const AgentPulse = v.variant("type", [typing, away]);
export type AgentPulse = v.InferOutput<typeof AgentPulse>;

export const ServerPulse = v.variant("type", [
  v.object({ type: v.literal("typing"), conversation: ConversationId, by: Author, on: v.boolean() }),
  v.object({ type: v.literal("presence"), conversation: ConversationId, agents: v.array(AgentCard) }),
  v.object({ type: v.literal("viewing"), conversation: ConversationId, agents: v.array(AgentCard) }),
  away,
  v.object({ type: v.literal("availability"), availability: Availability }),
  v.object({ type: v.literal("row"), row: Conversation }),
  /** To a visitor who waits for anybody to answer: their place in line, and how many minutes more, where that is known. */
  v.object({
    type: v.literal("queue"),
    conversation: ConversationId,
    stage: v.picklist(["waiting", "busy", "ending", "ended"]),
    ahead: v.number(),
    wait: v.optional(v.object({ from: v.number(), to: v.number() })),
  }),
  v.object({
    type: v.literal("read"),
    conversation: ConversationId,
    visitor: v.optional(Seq),
    agents: v.optional(Seq),
  }),
  v.object({
    type: v.literal("heads"),
    epoch: v.string(),
    now: Time,
    heads: v.record(ConversationId, v.object({ talk: Seq, desk: v.optional(Seq) })),
  }),
]);
export type ServerPulse = v.InferOutput<typeof ServerPulse>;
