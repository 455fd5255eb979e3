import { Hono } from "hono";
import * as v from "valibot";
import { Time } from "../../protocol/index.ts";
import type { Desk } from "../desk/desk.ts";
import { describes } from "./describe.ts";
import type { HttpEnv } from "./env.ts";

const revision = {
  id: v.string(),
  title: v.string(),
  at: Time,
  by: v.optional(v.object({ id: v.string(), name: v.string() })),
};

/** What articles said before: under `/api`, behind `requireAgent`. */
export function createRevisionRoutes({ revisions }: Pick<Desk, "revisions">): Hono<HttpEnv> {
  const tags = ["Articles"];
  return new Hono<HttpEnv>()
    .get(
      "/articles/:article/revisions",
      describes(
        "What an article said, the newest first, which is what it says now",
        { 200: v.object({ items: v.array(v.object(revision)) }) },
        { tags },
      ),
      async (c) => c.json({ items: await revisions.list(c.var.agent, c.req.param("article")) }),
    )
    .get(
      "/revisions/:revision",
      describes("What an article said at one time", { 200: v.object({ ...revision, body: v.string() }) }, { tags }),
      async (c) => c.json(await revisions.get(c.var.agent, c.req.param("revision"))),
    );
}
