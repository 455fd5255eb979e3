import { Hono } from "hono";
import * as v from "valibot";
import type { Desk } from "../desk/desk.ts";
import { ListedBody, withAddresses } from "./articles-listed.ts";
import { conversationId } from "./conversations.ts";
import { describes } from "./describe.ts";
import type { HttpEnv } from "./env.ts";

const figures = {
  heat: v.number(),
  uses: v.optional(v.object({ reads: v.number(), links: v.number(), searches: v.number() })),
  verdicts: v.number(),
  answered: v.optional(v.object({ share: v.number(), low: v.number(), high: v.number() })),
};
const Figures = v.object({ article: v.string(), ...figures });
const Drafted = v.object({ id: v.string(), title: v.string() });
const GroupFigures = v.object({ group: v.string(), ...figures });

/** How articles do, and articles out of conversations: under `/api`, behind `requireAgent`. */
export function createKnowledgeRoutes(desk: Pick<Desk, "heat" | "knowledge" | "articles" | "sites">): Hono<HttpEnv> {
  const { heat, knowledge } = desk;
  const tags = ["Articles"];
  return new Hono<HttpEnv>()
    .get(
      "/sites/:id/articles/figures",
      describes(
        "How often articles are used, of the hottest, and what their readers said; and so for all translations of one",
        { 200: v.object({ items: v.array(Figures), groups: v.array(GroupFigures) }) },
        { tags },
      ),
      async (c) => c.json(await heat.figures(c.var.agent, c.req.param("id"))),
    )
    .get(
      "/sites/:id/articles/needed",
      describes(
        "The articles needed most this fortnight, by visitors and agents",
        { 200: v.object({ items: v.array(ListedBody) }) },
        { tags },
      ),
      async (c) => c.json(await withAddresses(desk, c.var.agent, c.req.param("id"), heat.needed)),
    )
    .post(
      "/conversations/:id/article",
      describes(
        "Drafts an article from what agents replied since it was last reopened; 200 with the one that was made before",
        { 200: Drafted, 201: Drafted },
        { tags },
      ),
      async (c) => {
        const { article, again } = await knowledge.draft(c.var.agent, conversationId(c.req.param("id")));
        return c.json({ id: article.id, title: article.title }, again ? 200 : 201);
      },
    );
}
