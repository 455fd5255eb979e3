import * as v from "valibot";

/** UUIDv7 in lower case: what a client mints for a conversation or a message, and what the server mints for everything else. */
const UUID7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const uuid7 = v.pipe(v.string(), v.regex(UUID7, "expected a UUIDv7 in lower case"));

/** What a client mints for whatever it creates over HTTP, so that a second try creates nothing more. */
export const MintedId = uuid7;
export const ConversationId = v.pipe(uuid7, v.brand("conversation"));
export const EventId = v.pipe(uuid7, v.brand("event"));
export const VisitorId = v.pipe(uuid7, v.brand("visitor"));
export const AgentId = v.pipe(uuid7, v.brand("agent"));
export const SiteId = v.pipe(uuid7, v.brand("site"));
export const ArticleId = v.pipe(uuid7, v.brand("article"));

export type ConversationId = v.InferOutput<typeof ConversationId>;
export type EventId = v.InferOutput<typeof EventId>;
export type VisitorId = v.InferOutput<typeof VisitorId>;
export type AgentId = v.InferOutput<typeof AgentId>;
export type SiteId = v.InferOutput<typeof SiteId>;
export type ArticleId = v.InferOutput<typeof ArticleId>;

/** A site's public key, `pk_…`. */
export const SiteKey = v.pipe(v.string(), v.regex(/^pk_[A-Za-z0-9]{8,64}$/, "expected a site key, pk_…"));
export type SiteKey = v.InferOutput<typeof SiteKey>;

/** A position in a stream: 1, 2, 3 … ; 0 stands before the first event. */
export const Seq = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** ISO 8601 UTC with milliseconds, from the server's clock. */
export const Time = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, "expected ISO 8601 UTC with milliseconds"),
);

/** A moment a person chose, in any ISO form a client may write. */
export const Moment = v.pipe(
  v.string(),
  v.maxLength(40),
  v.check((text) => !Number.isNaN(Date.parse(text)), "expected a time"),
);
