import * as v from "valibot";
import { Conversation } from "./conversation.ts";
import { Asked, Event, Page, Stream, SurveyAnswer, TrackedList } from "./event.ts";
import { Fault } from "./fault.ts";
import { AgentId, ArticleId, ConversationId, EventId, Moment, Seq, SiteId } from "./ids.ts";
import { LANGUAGE_TAG } from "./language-tag.ts";

/** A message holds at most this many characters (code points). */
export const TEXT_LIMIT = 10_000;
/** A command over this many bytes is `too-large`. */
export const COMMAND_BYTES = 64 * 1024;
/** How many events one `sync` brings, at most. */
export const SYNC_LIMIT = 500;

const command = <const T extends string, const E extends v.ObjectEntries>(type: T, entries: E) =>
  v.object({ type: v.literal(type), conversation: ConversationId, ...entries });

// A lone surrogate is not UTF-8: it would come back as another character than was sent.
const Text = v.pipe(
  v.string(),
  v.check((text) => text.isWellFormed(), "expected well-formed text"),
  v.check(
    (text) => text.length <= TEXT_LIMIT || [...text].length <= TEXT_LIMIT,
    `expected at most ${TEXT_LIMIT} characters`,
  ),
);
/** A language by its tag, of at most 35 characters. */
export const LanguageTag = v.pipe(
  v.string(),
  v.regex(LANGUAGE_TAG, "expected a language like zh-Hans"),
  v.maxLength(35),
);
const Files = v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(64))), v.maxLength(10)));
const Locale = v.optional(LanguageTag);
const Limit = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(SYNC_LIMIT)));
const Tags = v.optional(
  v.pipe(v.array(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(50))), v.maxLength(20)),
);
const Name = v.pipe(v.string(), v.trim(), v.maxLength(100));

export const Email = v.pipe(
  v.string(),
  v.trim(),
  v.maxLength(254),
  v.email("expected an address like name@example.com"),
);

const read = command("read", { seq: Seq });
const resolve = command("resolve", {});

export const VisitorCommand = v.variant("type", [
  command("post", {
    id: EventId,
    text: Text,
    files: Files,
    page: v.optional(Page),
    locale: Locale,
    asked: v.optional(Asked),
    /** What happened on their page since their last message. */
    tracked: v.optional(TrackedList),
    /** The reader's session, where they read articles before they wrote. Stored with no event. */
    session: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(100))),
  }),
  read,
  resolve,
  command("rate", { episode: v.pipe(v.number(), v.integer(), v.minValue(1)), ...SurveyAnswer.entries }),
  v.object({
    type: v.literal("contact"),
    name: v.optional(Name),
    email: v.optional(Email),
  }),
  command("sync", { after: Seq, limit: Limit }),
]);
export type VisitorCommand = v.InferOutput<typeof VisitorCommand>;

export const View = v.picklist(["mine", "unassigned", "waiting", "open", "snoozed", "resolved", "all"]);
export type View = v.InferOutput<typeof View>;

export const AgentCommand = v.variant("type", [
  v.object({
    type: v.literal("inbox"),
    site: SiteId,
    view: View,
    cursor: v.optional(v.pipe(v.string(), v.maxLength(200))),
    limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100))),
    query: v.optional(v.pipe(v.string(), v.maxLength(200))),
    tag: v.optional(v.pipe(v.string(), v.maxLength(50))),
  }),
  command("open", {}),
  command("leave", {}),
  command("post", { id: EventId, text: Text, files: Files, article: v.optional(ArticleId), seen: Seq }),
  command("note", {
    id: EventId,
    text: v.pipe(
      Text,
      v.check((text) => text.trim() !== "", "expected a text"),
    ),
    mentions: v.optional(v.pipe(v.array(AgentId), v.maxLength(50))),
  }),
  command("assign", { agent: v.nullable(AgentId), was: v.nullable(AgentId) }),
  resolve,
  command("reopen", {}),
  command("snooze", { until: Moment }),
  command("tag", { add: Tags, remove: Tags }),
  command("edit", { target: Seq, text: Text }),
  command("redact", { target: Seq }),
  read,
  command("sync", { stream: Stream, after: Seq, limit: Limit }),
]);
export type AgentCommand = v.InferOutput<typeof AgentCommand>;

export type Command = VisitorCommand | AgentCommand;

export const Synced = v.object({ ok: v.literal(true), events: v.array(Event), head: Seq, more: v.boolean() });
export type Synced = v.InferOutput<typeof Synced>;

const Refused = v.object({ ok: v.literal(false), fault: Fault });
export type Refused = v.InferOutput<typeof Refused>;

/** What a command is answered with, always. Fields beyond `ok` depend on the command. */
export const Reply = v.union([
  v.object({
    ok: v.literal(true),
    /** What was stored, or stood already (`again`). */
    event: v.optional(Event),
    /** Where one command stored several. */
    events: v.optional(v.array(Event)),
    again: v.optional(v.literal(true)),
    head: v.optional(Seq),
    more: v.optional(
      v.union([v.boolean(), v.object({ talk: v.optional(v.boolean()), desk: v.optional(v.boolean()) })]),
    ),
    rows: v.optional(v.array(Conversation)),
    cursor: v.optional(v.string()),
    conversation: v.optional(Conversation),
  }),
  Refused,
]);
export type Reply = v.InferOutput<typeof Reply>;
export type Accepted = Extract<Reply, { ok: true }>;
