import { type Context, Hono } from "hono";
import * as v from "valibot";
import {
  Availability,
  Conversation,
  PROTOCOL_VERSION,
  Refusal,
  Reply,
  refuse,
  Time,
  VisitorCard,
  VisitorCommand,
} from "../../protocol/index.ts";
import { toTime } from "../clock.ts";
import type { VisitorActor } from "../desk/actors.ts";
import { fromRow, visitorView } from "../desk/conversations/conversation-record.ts";
import { decode } from "../desk/decode.ts";
import type { Desk } from "../desk/desk.ts";
import { takeCommand } from "../limits.ts";
import * as conversations from "../store/conversations.ts";
import { subscriberFrom } from "./address.ts";
import { bearerOf } from "./auth.ts";
import { conversationId, EventPage, EventsQuery, readJson } from "./conversations.ts";
import { describes, query } from "./describe.ts";
import type { HttpEnv } from "./env.ts";
import type { RouteParts } from "./parts.ts";

/** A page that closes sends at most this many commands at once. */
const COMMANDS = 50;
/** A visitor is told of this many conversations, as by the socket's hello. */
const CONVERSATIONS = 20;

/** Each is decoded when its turn comes. */
const Several = v.object({ commands: v.pipe(v.array(v.unknown()), v.maxLength(COMMANDS)) });

const Standing = v.object({
  v: v.literal(PROTOCOL_VERSION),
  now: Time,
  epoch: v.string(),
  visitor: VisitorCard,
  availability: Availability,
  conversations: v.array(Conversation),
});

/**
 * The socket's `hello`, `command` and `sync` over plain HTTP, under `/api/widget/:key`: for pages where sockets fail, and
 * for the last flush as a page closes.
 */
export function createVisitorCommandRoutes(
  desk: Desk,
  { limits, trustProxy, availability }: Pick<RouteParts, "limits" | "trustProxy" | "availability">,
): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const tags = ["Widget"];

  const carryOut = async (visitor: VisitorActor, subscriber: string, raw: unknown) => {
    await takeCommand(limits, raw, visitor.id, subscriber);
    const command = decode(VisitorCommand, raw);
    return desk.asVisitor.execute(visitor, command);
  };

  /** What is only asked for counts as by the socket's `sync`. */
  const reader = async (c: Context<HttpEnv>) => {
    const visitor = await desk.visitors.recognise(c.var.site, tokenOf(c));
    await takeCommand(limits, undefined, visitor.id, subscriberFrom(c, trustProxy));
    return visitor;
  };

  /** Nothing goes after what must be sent again: it would overtake it (D5). */
  const inTurn = async (before: Reply | undefined, act: () => Promise<Reply>): Promise<Reply> => {
    if (before && !before.ok && before.fault.retry !== "never") return before;
    try {
      return await act();
    } catch (error) {
      if (error instanceof Refusal) return { ok: false, fault: error.fault };
      throw error;
    }
  };

  app.post(
    "/commands",
    describes(
      "Carries out a visitor's command, or several in their order",
      { 200: v.union([Reply, v.object({ replies: v.array(Reply) })]) },
      { tags, body: v.union([VisitorCommand, v.object({ commands: v.array(VisitorCommand) })]) },
    ),
    async (c) => {
      const visitor = await desk.visitors.recognise(c.get("site"), tokenOf(c));
      const subscriber = subscriberFrom(c, trustProxy);
      const asked = await readJson(c.req.raw);
      if (!("commands" in asked)) return c.json(await carryOut(visitor, subscriber, asked));
      const { commands } = decode(Several, asked);
      const replies: Reply[] = [];
      for (const one of commands) replies.push(await inTurn(replies.at(-1), () => carryOut(visitor, subscriber, one)));
      return c.json({ replies });
    },
  );

  app.get(
    "/conversations",
    describes("Says where a visitor's conversations stand, as `hello` does", { 200: Standing }, { tags }),
    async (c) => {
      const site = c.get("site");
      const visitor = await reader(c);
      const rows = await desk.store.read((db) => conversations.ofVisitor(db, visitor.key, CONVERSATIONS));
      return c.json({
        v: PROTOCOL_VERSION,
        now: toTime(desk.clock.now()),
        epoch: desk.store.epoch,
        visitor: visitor.card,
        availability: availability(site.key),
        conversations: rows.map((row) => visitorView(fromRow(row))),
      });
    },
  );

  app.get(
    "/conversations/:id/events",
    describes("Reads a visitor's conversation, in order", { 200: EventPage }, { tags }),
    query(EventsQuery),
    async (c) => {
      const visitor = await reader(c);
      const conversation = conversationId(c.req.param("id"));
      return c.json(await desk.asVisitor.execute(visitor, { type: "sync", conversation, ...c.req.valid("query") }));
    },
  );

  return app;
}

function tokenOf(c: Parameters<typeof bearerOf>[0]): string {
  return bearerOf(c) ?? refuse("unauthorized", "Send Authorization: Bearer vt_…");
}
