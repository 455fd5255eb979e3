import { Hono } from "hono";
import * as v from "valibot";
import {
  AgentCommand,
  Conversation,
  ConversationId,
  Event,
  Reply,
  refuse,
  Status,
  Stream,
  SYNC_LIMIT,
  VisitorId,
} from "../../protocol/index.ts";
import { page, readCursor } from "../desk/conversations/inbox.ts";
import { findRecord } from "../desk/conversations/posting.ts";
import { decode } from "../desk/decode.ts";
import type { Desk } from "../desk/desk.ts";
import { toBytes } from "../store/ids.ts";
import { describes, query } from "./describe.ts";
import type { HttpEnv } from "./env.ts";

const PAGE = 50;

const Whole = (least: number, most: number) =>
  v.pipe(
    v.string(),
    v.regex(/^\d{1,15}$/, "expected a whole number"),
    v.transform(Number),
    v.minValue(least),
    v.maxValue(most),
  );

const ListQuery = v.object({
  status: v.optional(Status),
  visitor: v.optional(VisitorId),
  query: v.optional(v.pipe(v.string(), v.maxLength(200))),
  tag: v.optional(v.pipe(v.string(), v.maxLength(50))),
  cursor: v.optional(v.pipe(v.string(), v.maxLength(200))),
  limit: v.optional(Whole(1, 100)),
});

/** What `events` answers, for agents and for the widget: as `sync` does. */
export const EventPage = v.object({ events: v.array(Event), head: v.number(), more: v.boolean() });

export const EventsQuery = v.object({
  after: v.optional(Whole(0, Number.MAX_SAFE_INTEGER), "0"),
  limit: v.optional(Whole(1, SYNC_LIMIT)),
});

/** An agent's conversations, under `/api`, behind `requireAgent`. */
export function createConversationRoutes(desk: Desk): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const tags = ["Conversations"];

  app.get(
    "/sites/:id/conversations",
    describes(
      "Lists a site's conversations, the newest change first",
      { 200: v.object({ items: v.array(Conversation), cursor: v.optional(v.string()) }) },
      { tags },
    ),
    query(ListQuery),
    async (c) => {
      const site = await desk.sites.forAgent(c.get("agent"), c.req.param("id"));
      const { visitor, cursor, limit = PAGE, ...filter } = c.req.valid("query");
      if (filter.query) await desk.messageSearch.caughtUp();
      const listed = await desk.store.read((db) =>
        page(db, {
          ...filter,
          site: site.key,
          limit,
          visitor: visitor === undefined ? undefined : toBytes(visitor),
          after: readCursor(cursor),
        }),
      );
      return c.json({ items: listed.rows, ...(listed.cursor !== undefined && { cursor: listed.cursor }) });
    },
  );

  app.get("/conversations/:id", describes("Reads a conversation", { 200: Conversation }, { tags }), async (c) => {
    const agent = c.get("agent");
    const id = conversationId(c.req.param("id"));
    const record = await desk.store.read((db) => findRecord(db, id, (found) => agent.sites.has(found.siteKey)));
    return c.json(record.view);
  });

  app.get(
    "/conversations/:id/events",
    describes("Reads a stream of a conversation, in order", { 200: EventPage }, { tags }),
    query(v.object({ ...EventsQuery.entries, stream: v.optional(Stream, "talk") })),
    async (c) => {
      const { stream, after, limit } = c.req.valid("query");
      const conversation = conversationId(c.req.param("id"));
      return c.json(await desk.asAgent.execute(c.get("agent"), { type: "sync", conversation, stream, after, limit }));
    },
  );

  app.post(
    "/conversations/:id/commands",
    describes("Carries out an agent's command", { 200: Reply }, { tags, body: AgentCommand }),
    async (c) => {
      const conversation = conversationId(c.req.param("id"));
      const sent = await readJson(c.req.raw);
      if ("conversation" in sent && sent.conversation !== conversation) {
        refuse("invalid", "The command names another conversation", { field: "conversation" });
      }
      const command = decode(AgentCommand, { ...sent, conversation });
      if (command.type === "leave") return c.json({ ok: true });
      return c.json(await desk.asAgent.execute(c.get("agent"), command));
    },
  );

  return app;
}

/** A body that must be a JSON object. */
export async function readJson(request: Request): Promise<object> {
  const read: unknown = await request.json().catch(() => undefined);
  if (typeof read === "object" && read !== null && !Array.isArray(read)) return read;
  return refuse("invalid", "Expected a JSON object");
}

/** An id in a path: what is none names nothing. */
export function conversationId(text: string): ConversationId {
  const parsed = v.safeParse(ConversationId, text);
  return parsed.success ? parsed.output : refuse("not-found", "No such conversation");
}
