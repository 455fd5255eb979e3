import * as v from "valibot";
import { ArticleId, ConversationId, EventId, Seq, Time } from "./ids.ts";
import { AgentCard, Author } from "./people.ts";

export const Stream = v.picklist(["talk", "desk"]);
export type Stream = v.InferOutput<typeof Stream>;

export const FileCard = v.object({
  id: v.string(),
  name: v.string(),
  type: v.string(),
  size: v.number(),
  url: v.string(),
  width: v.optional(v.number()),
  height: v.optional(v.number()),
});
export type FileCard = v.InferOutput<typeof FileCard>;

export const ArticleCard = v.object({ id: ArticleId, title: v.string(), excerpt: v.string(), url: v.string() });
export type ArticleCard = v.InferOutput<typeof ArticleCard>;

export const Page = v.object({
  url: v.pipe(v.string(), v.maxLength(2048)),
  title: v.optional(v.pipe(v.string(), v.maxLength(300))),
});
export type Page = v.InferOutput<typeof Page>;

/** What was suggested to a visitor before they wrote. */
export const Asked = v.object({
  q: v.pipe(v.string(), v.maxLength(1000)),
  shown: v.pipe(v.array(ArticleId), v.maxLength(10)),
  /** Which articles they then read, long enough to count; shown in the end or not. */
  read: v.optional(v.pipe(v.array(ArticleId), v.maxLength(10))),
});
export type Asked = v.InferOutput<typeof Asked>;

const Meta = v.record(
  v.pipe(v.string(), v.minLength(1), v.maxLength(40)),
  v.union([v.pipe(v.string(), v.maxLength(200)), v.pipe(v.number(), v.finite()), v.boolean()]),
);
/** Something that the site's page says happened on it. Nobody vouches for it. */
export const Tracked = v.object({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  meta: v.optional(
    v.pipe(
      Meta,
      v.check((meta) => Object.keys(meta).length <= 10, "expected at most 10"),
    ),
  ),
});
export type Tracked = v.InferOutput<typeof Tracked>;
/** The newest last. */
export const TrackedList = v.pipe(v.array(Tracked), v.maxLength(10));

export const Reason = v.picklist(["wait", "understanding", "answer", "effort", "politeness", "product", "policy"]);
export type Reason = v.InferOutput<typeof Reason>;

const Answer = {
  solved: v.boolean(),
  rating: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5))),
  reasons: v.optional(v.pipe(v.array(Reason), v.maxLength(7))),
  comment: v.optional(v.pipe(v.string(), v.maxLength(1000))),
};
export const SurveyAnswer = v.object(Answer);
export type SurveyAnswer = v.InferOutput<typeof SurveyAnswer>;

const base = { conversation: ConversationId, seq: Seq, id: EventId, at: Time, by: Author };

const talk = <const T extends string, const E extends v.ObjectEntries>(type: T, entries: E) =>
  v.object({ ...base, stream: v.literal("talk"), type: v.literal(type), ...entries });
const desk = <const T extends string, const E extends v.ObjectEntries>(type: T, entries: E) =>
  v.object({ ...base, stream: v.literal("desk"), type: v.literal(type), ...entries });

const Episode = v.pipe(v.number(), v.integer(), v.minValue(1));

export const Posted = talk("posted", {
  text: v.string(),
  files: v.optional(v.array(FileCard)),
  article: v.optional(ArticleCard),
  // Only on a visitor's: where they were, in what language, what was offered first, what happened on their page.
  page: v.optional(Page),
  locale: v.optional(v.string()),
  asked: v.optional(Asked),
  tracked: v.optional(TrackedList),
  /** Its words were taken back, and are nowhere any more. */
  gone: v.optional(v.literal(true)),
});
export type Posted = v.InferOutput<typeof Posted>;

/** One stored fact in a stream, numbered without holes (D3). */
export const Event = v.variant("type", [
  Posted,
  talk("edited", { target: Seq, text: v.string() }),
  talk("redacted", {
    target: Seq,
    /** The visitor is without an answer again, and since then. */
    waiting: v.optional(Time),
  }),
  talk("joined", { agent: AgentCard }),
  talk("resolved", { episode: Episode, why: v.optional(v.string()) }),
  talk("reopened", { episode: Episode, why: v.optional(v.string()) }),
  talk("asked", { episode: Episode, expiresAt: Time }),
  talk("rated", { episode: Episode, ...Answer }),
  desk("noted", { text: v.string(), mentions: v.optional(v.array(v.string())) }),
  desk("assigned", { agent: v.nullable(AgentCard) }),
  desk("tagged", { add: v.optional(v.array(v.string())), remove: v.optional(v.array(v.string())) }),
  desk("snoozed", { until: Time }),
  desk("woken", {}),
  desk("escalated", { followUp: v.string(), kind: v.string(), status: v.string() }),
  desk("followed-up", { followUp: v.string(), kind: v.string(), status: v.string() }),
]);
export type Event = v.InferOutput<typeof Event>;
export type EventType = Event["type"];
/** One member of the union, by its type. */
export type EventOf<T extends EventType> = Extract<Event, { type: T }>;
