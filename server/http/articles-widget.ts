import { Hono } from "hono";
import * as v from "valibot";
import { RichText, Time } from "../../protocol/index.ts";
import type { Desk } from "../desk/desk.ts";
import { subscriberFrom } from "./address.ts";
import { body, describes, query } from "./describe.ts";
import type { HttpEnv } from "./env.ts";
import type { RouteParts } from "./parts.ts";

const ReadBody = v.object({
  id: v.string(),
  slug: v.string(),
  title: v.string(),
  locale: v.string(),
  category: v.optional(v.string()),
  excerpt: v.string(),
  body: RichText,
  updatedAt: Time,
  url: v.string(),
});
const Question = v.pipe(v.string(), v.maxLength(1_000));
/** Minted by the reader's browser. */
const Session = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const Verdict = v.object({ solved: v.boolean(), q: v.optional(Question), session: Session });
const Reading = v.object({ q: Question, session: Session });
const Preferred = v.object({ locale: v.optional(v.pipe(v.string(), v.maxLength(35))) });

/** `/api/widget/:key/articles`: what visitors read, behind `widget-origin.ts`. */
export function createWidgetArticleRoutes(
  { articles, readings }: Pick<Desk, "articles" | "readings">,
  { limits, trustProxy }: Pick<RouteParts, "limits" | "trustProxy">,
): Hono<HttpEnv> {
  const tags = ["Widget"];
  return new Hono<HttpEnv>()
    .get(
      "/:article",
      describes("A public article, by id or slug", { 200: ReadBody }, { tags, open: true }),
      query(Preferred),
      async (c) =>
        c.json(await articles.read(c.var.site, c.req.param("article"), c.req.valid("query").locale || undefined)),
    )
    .post(
      "/:article/verdict",
      describes("Whether it answered the question", { 204: "Counted" }, { tags, open: true }),
      body(Verdict),
      async (c) => {
        await limits.take("suggest", subscriberFrom(c, trustProxy));
        await articles.verdict(c.var.site, c.req.param("article"), c.req.valid("json"));
        return c.body(null, 204);
      },
    )
    .post(
      "/:article/reading",
      describes("It was read for this question", { 204: "Noted" }, { tags, open: true }),
      body(Reading),
      async (c) => {
        await limits.take("suggest", subscriberFrom(c, trustProxy));
        await readings.read(c.var.site, c.req.param("article"), c.req.valid("json"));
        return c.body(null, 204);
      },
    );
}
