import { Hono } from "hono";
import * as v from "valibot";
import { Time } from "../../protocol/index.ts";
import { ArticleState } from "../desk/articles/articles-input.ts";
import type { Desk } from "../desk/desk.ts";
import { ListedBody, withAddresses } from "./articles-listed.ts";
import { describes, query } from "./describe.ts";
import type { HttpEnv } from "./env.ts";

/** Of which articles, by id, with commas between; without it, of all. */
const Asked = v.object({ of: v.optional(v.pipe(v.string(), v.maxLength(4_000))) });
const Translation = v.object({
  id: v.string(),
  locale: v.string(),
  title: v.string(),
  state: ArticleState,
  original: v.boolean(),
  behind: v.boolean(),
});
const Group = v.object({ group: v.string(), articles: v.array(Translation) });
const Text = v.object({ title: v.string(), body: v.string(), at: Time });
const Original = v.object({ id: v.string(), locale: v.string(), behind: v.boolean(), now: Text, before: Text });

/** What articles say in other languages: under `/api`, behind `requireAgent`. */
export function createTranslationRoutes(desk: Pick<Desk, "translations" | "articles" | "sites">): Hono<HttpEnv> {
  const { translations } = desk;
  const tags = ["Articles"];
  return new Hono<HttpEnv>()
    .get(
      "/sites/:id/articles/translations",
      describes(
        "Articles with their translations, and which are behind",
        { 200: v.object({ items: v.array(Group) }) },
        { tags },
      ),
      query(Asked),
      async (c) => {
        const of = c.req.valid("query").of?.split(",");
        return c.json({ items: await translations.groups(c.var.agent, c.req.param("id"), of) });
      },
    )
    .get(
      "/sites/:id/articles/behind",
      describes(
        "The translations that are older than their originals",
        { 200: v.object({ items: v.array(ListedBody) }) },
        { tags },
      ),
      async (c) => c.json(await withAddresses(desk, c.var.agent, c.req.param("id"), translations.behind)),
    )
    .get(
      "/articles/:article/original",
      describes("What an article translates, now and when it was last translated", { 200: Original }, { tags }),
      async (c) => c.json(await translations.original(c.var.agent, c.req.param("article"))),
    )
    .post(
      "/articles/:article/checked",
      describes("Says that a translation is up to date as it is", { 204: "Remembered" }, { tags }),
      async (c) => {
        await translations.checked(c.var.agent, c.req.param("article"));
        return c.body(null, 204);
      },
    );
}
