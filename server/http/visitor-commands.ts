import { Hono } from "hono";
import { Reply, refuse, VisitorCommand } from "../../protocol/index.ts";
import { decode } from "../desk/decode.ts";
import type { Desk } from "../desk/desk.ts";
import { bearerOf } from "./auth.ts";
import { conversationId, EventPage, EventsQuery, readJson } from "./conversations.ts";
import { describes, query } from "./describe.ts";
import type { HttpEnv } from "./env.ts";
import type { RouteParts } from "./parts.ts";

/**
 * The socket's `command` and `sync` over plain HTTP, under `/api/widget/:key`: for pages where sockets fail, and for the
 * last flush as a page closes.
 */
export function createVisitorCommandRoutes(desk: Desk, { limits }: Pick<RouteParts, "limits">): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const tags = ["Widget"];

  app.post(
    "/commands",
    describes("Carries out a visitor's command", { 200: Reply }, { tags, body: VisitorCommand }),
    async (c) => {
      const visitor = await desk.visitors.recognise(c.get("site"), tokenOf(c));
      const command = decode(VisitorCommand, await readJson(c.req.raw));
      await limits.take(command.type === "post" ? "post" : "command", visitor.id);
      return c.json(await desk.asVisitor.execute(visitor, command));
    },
  );

  app.get(
    "/conversations/:id/events",
    describes("Reads a visitor's conversation, in order", { 200: EventPage }, { tags }),
    query(EventsQuery),
    async (c) => {
      const visitor = await desk.visitors.recognise(c.get("site"), tokenOf(c));
      const conversation = conversationId(c.req.param("id"));
      return c.json(await desk.asVisitor.execute(visitor, { type: "sync", conversation, ...c.req.valid("query") }));
    },
  );

  return app;
}

function tokenOf(c: Parameters<typeof bearerOf>[0]): string {
  return bearerOf(c) ?? refuse("unauthorized", "Send Authorization: Bearer vt_…");
}
