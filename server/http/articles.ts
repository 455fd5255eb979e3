import { Hono } from "hono";
import * as v from "valibot";
import { RichText, refuse } from "../../protocol/index.ts";
import {
  ArticleInput,
  ArticleLocale,
  ArticleState,
  BODY_LENGTH,
  NewArticle,
  Visibility,
} from "../desk/articles/articles-input.ts";
import type { Desk } from "../desk/desk.ts";
import { addressFiles } from "../desk/markdown/markdown.ts";
import { ListedBody } from "./articles-listed.ts";
import { importLines, NDJSON, ndjson } from "./articles-ndjson.ts";
import { body, describes, query } from "./describe.ts";
import type { HttpEnv } from "./env.ts";
import { list } from "./people-shapes.ts";

const ArticleBody = v.object({
  ...ListedBody.entries,
  site: v.string(),
  body: v.string(),
  pages: v.array(v.string()),
  questions: v.array(v.string()),
});
const HitBody = v.object({
  id: v.string(),
  title: v.string(),
  excerpt: v.string(),
  url: v.string(),
  visibility: Visibility,
  score: v.number(),
  locale: v.string(),
});

const whole = (least: number, most: number) =>
  v.pipe(
    v.string(),
    v.regex(/^\d{1,9}$/, "expected a whole number"),
    v.transform(Number),
    v.minValue(least),
    v.maxValue(most),
  );
const Text = (longest: number) => v.optional(v.pipe(v.string(), v.maxLength(longest)));

const ListQuery = v.object({
  query: Text(200),
  state: v.optional(ArticleState),
  visibility: v.optional(Visibility),
  category: Text(300),
  locale: v.optional(ArticleLocale),
  per: v.optional(v.picklist(["article", "group"])),
  cursor: Text(50),
  limit: v.optional(whole(1, 100)),
});
const SearchQuery = v.object({
  q: v.optional(v.pipe(v.string(), v.maxLength(1_000)), ""),
  locale: v.optional(ArticleLocale),
  limit: v.optional(whole(1, 50)),
});
const ImportQuery = v.object({
  dryRun: v.optional(
    v.pipe(
      v.picklist(["0", "1"]),
      v.transform((said) => said === "1"),
    ),
    "0",
  ),
});
const Counts = v.object({ all: v.number(), published: v.number(), draft: v.number(), internal: v.number() });
const Preview = v.object({
  body: v.pipe(v.string(), v.maxLength(BODY_LENGTH)),
  article: v.optional(v.string()),
  site: v.optional(v.string()),
  locale: v.optional(ArticleLocale),
});

/** The knowledge base, for agents and their programs: under `/api`, behind `requireAgent`. */
export function createArticleRoutes({ articles, files, suggestions, sites, previews }: Desk): Hono<HttpEnv> {
  const tags = ["Articles"];
  const app = new Hono<HttpEnv>();

  app.get(
    "/sites/:id/articles",
    describes(
      "A site's articles, the newest change first; `per=group` takes translations of one together",
      { 200: list(ListedBody) },
      { tags },
    ),
    query(ListQuery),
    async (c) => c.json(await articles.list(c.var.agent, c.req.param("id"), c.req.valid("query"))),
  );
  app.get(
    "/sites/:id/articles/counts",
    describes("How many articles a site has; translations of one are one", { 200: Counts }, { tags }),
    async (c) => c.json(await articles.counts(c.var.agent, c.req.param("id"))),
  );
  app.post(
    "/sites/:id/articles",
    describes("Write an article", { 201: ArticleBody }, { tags }),
    body(NewArticle),
    async (c) => c.json(await articles.create(c.var.agent, c.req.param("id"), c.req.valid("json")), 201),
  );
  app.post(
    "/sites/:id/articles/import",
    describes(
      "Take in many articles, one a line of NDJSON; with `?dryRun=1` only say what it would be",
      { 200: "Progress, one JSON object a line" },
      { tags, takes: { "application/x-ndjson": { schema: { type: "string" } } } },
    ),
    query(ImportQuery),
    async (c) => {
      const site = await sites.forAgent(c.var.agent, c.req.param("id"));
      const { body: lines } = c.req.raw;
      if (!lines) refuse("invalid", "Send one article a line");
      const { dryRun } = c.req.valid("query");
      return new Response(ndjson(importLines(articles.importer(site, { dryRun }), lines)), { headers: NDJSON });
    },
  );
  app.get(
    "/sites/:id/articles/export",
    describes("All articles, one a line of NDJSON: what an import takes", { 200: "One article a line" }, { tags }),
    async (c) => {
      const site = await sites.forAgent(c.var.agent, c.req.param("id"));
      const headers = { ...NDJSON, "content-disposition": 'attachment; filename="articles.ndjson"' };
      return new Response(ndjson(articles.export(site)), { headers });
    },
  );
  app.get(
    "/sites/:id/suggest",
    describes("Search public and internal articles", { 200: list(HitBody) }, { tags }),
    query(SearchQuery),
    async (c) => c.json({ items: await suggestions.forAgent(c.var.agent, c.req.param("id"), c.req.valid("query")) }),
  );

  app.get("/articles/:id", describes("An article", { 200: ArticleBody }, { tags }), async (c) =>
    c.json(await articles.get(c.var.agent, c.req.param("id"))),
  );
  app.put(
    "/articles/:id",
    describes("Change an article; what is left out stays", { 200: ArticleBody }, { tags }),
    body(ArticleInput),
    async (c) => c.json(await articles.change(c.var.agent, c.req.param("id"), c.req.valid("json"))),
  );
  app.delete("/articles/:id", describes("Delete an article", { 204: "Deleted" }, { tags }), async (c) => {
    await articles.remove(c.var.agent, c.req.param("id"));
    return c.body(null, 204);
  });

  app.post(
    "/preview",
    describes(
      "Markdown as it will be drawn; links to articles are followed from an `article`, or from a `site` and `locale`",
      { 200: v.object({ body: RichText }) },
      { tags },
    ),
    body(Preview),
    async (c) => {
      const drawn = await previews.draw(c.var.agent, c.req.valid("json"));
      return c.json({ body: await addressFiles(drawn, files.moved) });
    },
  );
  return app;
}
