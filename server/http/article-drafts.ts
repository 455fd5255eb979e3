import { Hono } from "hono";
import * as v from "valibot";
import { AgentCard, Time } from "../../protocol/index.ts";
import { DraftText } from "../desk/articles/article-drafts-input.ts";
import type { Desk } from "../desk/desk.ts";
import { body, describes } from "./describe.ts";
import type { HttpEnv } from "./env.ts";

const around = {
  others: v.array(v.object({ agent: AgentCard, at: Time })),
  article: v.optional(v.object({ updatedAt: Time, by: v.optional(v.object({ id: v.string(), name: v.string() })) })),
};
const Looked = v.object({
  draft: v.optional(v.object({ text: DraftText, at: Time, base: v.optional(Time) })),
  ...around,
});
const Listed = v.object({ article: v.optional(v.string()), at: Time });
const Input = v.object({ text: DraftText, base: v.optional(Time) });

/** What agents wrote and did not save: under `/api`, behind `requireAgent`. An article is named by its id, or `new`. */
export function createArticleDraftRoutes({ articleDrafts }: Pick<Desk, "articleDrafts">): Hono<HttpEnv> {
  const tags = ["Articles"];
  return new Hono<HttpEnv>()
    .get(
      "/sites/:id/drafts",
      describes("The articles that I have begun to change", { 200: v.object({ items: v.array(Listed) }) }, { tags }),
      async (c) => c.json({ items: await articleDrafts.list(c.var.agent, c.req.param("id")) }),
    )
    .get(
      "/sites/:id/drafts/:article",
      describes("My unsaved edits of an article, and who else has some", { 200: Looked }, { tags }),
      async (c) => c.json(await articleDrafts.look(c.var.agent, c.req.param("id"), c.req.param("article"))),
    )
    .put(
      "/sites/:id/drafts/:article",
      describes(
        "Keeps my unsaved edits of an article; what readers see stays as it is",
        { 200: v.object({ at: Time, ...around }) },
        { tags },
      ),
      body(Input),
      async (c) =>
        c.json(await articleDrafts.keep(c.var.agent, c.req.param("id"), c.req.param("article"), c.req.valid("json"))),
    )
    .delete(
      "/sites/:id/drafts/:article",
      describes("Forgets my unsaved edits of an article", { 204: "Forgotten" }, { tags }),
      async (c) => {
        await articleDrafts.drop(c.var.agent, c.req.param("id"), c.req.param("article"));
        return c.body(null, 204);
      },
    );
}
