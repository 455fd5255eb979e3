import { Hono } from "hono";
import * as v from "valibot";
import type { Desk } from "../desk/desk.ts";
import { body, describes } from "./describe.ts";
import type { HttpEnv } from "./env.ts";

const Unanswered = v.object({
  ids: v.array(v.string()),
  text: v.string(),
  wordings: v.array(v.string()),
  locale: v.string(),
  people: v.number(),
  asked: v.number(),
  rising: v.boolean(),
  draft: v.optional(v.string()),
});
const Draft = v.object({
  title: v.string(),
  body: v.string(),
  questions: v.array(v.string()),
  locale: v.optional(v.string()),
});
const ids = v.pipe(
  v.array(v.pipe(v.string(), v.regex(/^\d{1,15}$/, "expected a number"))),
  v.minLength(1),
  v.maxLength(1_000),
);
const Group = v.object({ ids });
const Dismissed = v.object({ ids, undo: v.optional(v.boolean()) });
const Linked = v.object({ ids, article: v.string() });

/** What nobody answered, under `/api`, behind `requireAgent`. */
export function createSearchRoutes({ searches }: Pick<Desk, "searches">): Hono<HttpEnv> {
  const tags = ["Articles"];
  return new Hono<HttpEnv>()
    .get(
      "/sites/:id/unanswered",
      describes(
        "Questions that no article answered in 14 days, by meaning, asked by most people first",
        { 200: v.object({ items: v.array(Unanswered) }) },
        { tags },
      ),
      async (c) => c.json({ items: await searches.unanswered(c.var.agent, c.req.param("id")) }),
    )
    .post(
      "/sites/:id/unanswered/draft",
      describes("How agents answered it, as the beginning of an article", { 200: Draft }, { tags }),
      body(Group),
      async (c) => c.json(await searches.draft(c.var.agent, c.req.param("id"), c.req.valid("json").ids)),
    )
    .post(
      "/sites/:id/unanswered/link",
      describes("An article answers it, which is learned at once", { 204: "Learned" }, { tags }),
      body(Linked),
      async (c) => {
        const { ids, article } = c.req.valid("json");
        await searches.link(c.var.agent, c.req.param("id"), ids, article);
        return c.body(null, 204);
      },
    )
    .post(
      "/sites/:id/unanswered/dismiss",
      describes("Nobody is to write about it; `undo` takes that back", { 204: "Remembered" }, { tags }),
      body(Dismissed),
      async (c) => {
        const { ids, undo } = c.req.valid("json");
        await searches.dismiss(c.var.agent, c.req.param("id"), ids, undo);
        return c.body(null, 204);
      },
    );
}
