import { Hono } from "hono";
import * as v from "valibot";
import type { Accounts } from "../desk/people/accounts.ts";
import { NewReply, ReplyChange } from "../desk/people/saved-replies.ts";
import { body, describes } from "./describe.ts";
import type { HttpEnv } from "./env.ts";
import { list } from "./people-shapes.ts";

const ReplyBody = v.object({ id: v.string(), name: v.string(), text: v.string() });

/** `/api/sites/:id/replies` and `/api/replies/:id`: saved replies. */
export function createReplyRoutes({ replies }: Pick<Accounts, "replies">): Hono<HttpEnv> {
  return new Hono<HttpEnv>()
    .get("/sites/:id/replies", describes("A site's saved replies", { 200: list(ReplyBody) }), async (c) =>
      c.json({ items: await replies.list(c.var.agent, c.req.param("id")) }),
    )
    .post("/sites/:id/replies", describes("Save a reply", { 201: ReplyBody }), body(NewReply), async (c) =>
      c.json(await replies.add(c.var.agent, c.req.param("id"), c.req.valid("json")), 201),
    )
    .patch("/replies/:id", describes("Change a saved reply", { 200: ReplyBody }), body(ReplyChange), async (c) =>
      c.json(await replies.change(c.var.agent, c.req.param("id"), c.req.valid("json"))),
    )
    .delete("/replies/:id", describes("Remove a saved reply", { 204: "Removed" }), async (c) => {
      await replies.remove(c.var.agent, c.req.param("id"));
      return c.body(null, 204);
    });
}
