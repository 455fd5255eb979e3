import * as v from "valibot";
import { Page, SurveyAnswer } from "./event.ts";
import { ConversationId, Seq, SiteId, Time } from "./ids.ts";
import { AgentCard, VisitorCard } from "./people.ts";

export const Status = v.picklist(["open", "snoozed", "resolved"]);
export type Status = v.InferOutput<typeof Status>;

export const Survey = v.object({
  episode: v.number(),
  askedAt: Time,
  expiresAt: Time,
  answer: v.optional(v.object({ ...SurveyAnswer.entries, at: Time })),
});
export type Survey = v.InferOutput<typeof Survey>;

const Heads = v.object({ talk: Seq, desk: v.optional(Seq) });
export type Heads = v.InferOutput<typeof Heads>;

/** The newest message, so that a list needs no further question. */
export const Latest = v.object({
  by: v.picklist(["visitor", "agent", "system"]),
  name: v.optional(v.string()),
  text: v.string(),
  at: Time,
  seq: Seq,
});

/**
 * A conversation as one side sees it. A visitor's has no agents-only fields, and its `status`, `updatedAt` and
 * `assignee` follow from `talk` alone, so that what folds the events they hear gives what a fresh fetch gives (D11).
 */
export const Conversation = v.object({
  id: ConversationId,
  site: SiteId,
  status: Status,
  /** Counts from 1; a reopened conversation begins the next. */
  episode: v.number(),
  openedAt: Time,
  updatedAt: Time,
  resolvedAt: v.optional(Time),
  assignee: v.optional(AgentCard),
  head: Heads,
  read: v.object({ visitor: Seq, agents: Seq }),
  page: v.optional(Page),
  locale: v.optional(v.string()),
  subject: v.optional(v.string()),
  latest: v.optional(Latest),
  survey: v.optional(Survey),
  /** Older events exist than were sent along. */
  more: v.optional(v.boolean()),
  // Agents only.
  visitor: v.optional(VisitorCard),
  tags: v.optional(v.array(v.string())),
  tier: v.optional(v.string()),
  priority: v.optional(v.number()),
  waitingSince: v.optional(Time),
  due: v.optional(Time),
  snoozedUntil: v.optional(Time),
});
export type Conversation = v.InferOutput<typeof Conversation>;
