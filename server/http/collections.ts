import { Hono } from "hono";
import * as v from "valibot";
import { MintedId } from "../../protocol/ids.ts";
import { ArticleLocale, ArticleState, Visibility } from "../desk/articles/articles-input.ts";
import { CollectionName, CollectionNames } from "../desk/articles/collection-names.ts";
import type { Desk } from "../desk/desk.ts";
import { body, describes } from "./describe.ts";
import type { HttpEnv } from "./env.ts";

const Input = v.object({
  name: CollectionName,
  /** The language of `name`. Where nobody says it: that of all its articles, else the site's first. */
  locale: v.optional(ArticleLocale),
  /** Names in other languages. Left out of a change, they stay. */
  names: v.optional(CollectionNames),
  visibility: v.optional(Visibility, "internal"),
  articles: v.pipe(v.array(v.string()), v.maxLength(200)),
});
const New = v.object({ ...Input.entries, id: v.optional(MintedId) });
const Change = v.object({
  ...Input.entries,
  was: v.optional(
    v.object({
      name: v.string(),
      locale: Input.entries.locale,
      names: Input.entries.names,
      visibility: Visibility,
      articles: Input.entries.articles,
    }),
  ),
});
const CollectionBody = v.object({
  id: v.string(),
  name: v.string(),
  locale: ArticleLocale,
  names: v.record(v.string(), v.string()),
  visibility: Visibility,
  articles: v.array(
    v.object({
      id: v.string(),
      title: v.string(),
      locale: ArticleLocale,
      visibility: Visibility,
      state: ArticleState,
    }),
  ),
});

/** Articles in an order, under `/api`, behind `requireAgent`. */
export function createCollectionRoutes({ collections }: Pick<Desk, "collections">): Hono<HttpEnv> {
  const tags = ["Articles"];
  return new Hono<HttpEnv>()
    .get(
      "/sites/:id/collections",
      describes("A site's collections", { 200: v.object({ items: v.array(CollectionBody) }) }, { tags }),
      async (c) => c.json({ items: await collections.list(c.var.agent, c.req.param("id")) }),
    )
    .post(
      "/sites/:id/collections",
      describes("Put articles in an order", { 201: CollectionBody }, { tags }),
      body(New),
      async (c) => c.json(await collections.create(c.var.agent, c.req.param("id"), c.req.valid("json")), 201),
    )
    .put(
      "/collections/:collection",
      describes(
        "Change a collection: its names, its readers, its articles; with `was`, as it stood in view, only where it still does",
        { 200: CollectionBody },
        { tags },
      ),
      body(Change),
      async (c) => c.json(await collections.change(c.var.agent, c.req.param("collection"), c.req.valid("json"))),
    )
    .delete(
      "/collections/:collection",
      describes("Take a collection apart; its articles stay", { 204: "Gone" }, { tags }),
      async (c) => {
        await collections.remove(c.var.agent, c.req.param("collection"));
        return c.body(null, 204);
      },
    );
}
