import { Hono } from "hono";
import * as v from "valibot";
import type { Desk } from "../desk/desk.ts";
import { browserOf, subscriberFrom } from "./address.ts";
import { describes, query } from "./describe.ts";
import type { HttpEnv } from "./env.ts";
import type { RouteParts } from "./parts.ts";

/** More of a question says nothing more: what a visitor writes is cut, never refused. */
const QUESTION_LENGTH = 1_000;
const ADDRESS_LENGTH = 2_048;
const MOST = 10;

const cut = (longest: number) =>
  v.pipe(
    v.string(),
    v.transform((text) => text.slice(0, longest)),
  );

const SuggestQuery = v.object({
  q: v.optional(cut(QUESTION_LENGTH), ""),
  url: v.optional(cut(ADDRESS_LENGTH)),
  title: v.optional(cut(300)),
  locale: v.optional(v.pipe(v.string(), v.maxLength(35))),
  limit: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,2}$/, `expected 1 to ${MOST}`),
      v.transform(Number),
      v.minValue(1, `expected 1 to ${MOST}`),
      v.maxValue(MOST, `expected 1 to ${MOST}`),
    ),
  ),
  min: v.optional(v.pipe(v.string(), v.regex(/^(0|1|0?\.\d{1,10}|[01]\.0*)$/, "expected 0 to 1"), v.transform(Number))),
});

const SuggestedBody = v.object({
  q: v.string(),
  confidence: v.number(),
  suggestions: v.array(
    v.object({
      id: v.string(),
      slug: v.string(),
      title: v.string(),
      excerpt: v.string(),
      locale: v.string(),
      score: v.number(),
      marks: v.optional(v.array(v.tuple([v.number(), v.number()]))),
    }),
  ),
  abstained: v.boolean(),
});

/** `GET /api/widget/:key/suggest`: articles for a question as it is typed, or for a page. Behind `widget-origin.ts`. */
export function createSuggestRoutes(
  { suggestions, searches }: Pick<Desk, "suggestions" | "searches">,
  { limits, trustProxy }: Pick<RouteParts, "limits" | "trustProxy">,
): Hono<HttpEnv> {
  return new Hono<HttpEnv>().get(
    "/",
    describes("Articles that may answer", { 200: SuggestedBody }, { tags: ["Widget"], open: true }),
    query(SuggestQuery),
    async (c) => {
      await limits.take("suggest", subscriberFrom(c, trustProxy));
      const { locale = "", ...question } = c.req.valid("query");
      const found = await suggestions.forVisitor(c.var.site, { ...question, locale: locale || undefined });
      const { q } = question;
      const who = browserOf(c, trustProxy);
      if (q.trim() !== "") searches.typed(c.var.site, { who, q, locale, found: found.suggestions[0]?.id });
      return c.json(found);
    },
  );
}
