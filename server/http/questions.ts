import { Hono } from "hono";
import * as v from "valibot";
import { Time } from "../../protocol/index.ts";
import type { Desk } from "../desk/desk.ts";
import { body, describes } from "./describe.ts";
import type { HttpEnv } from "./env.ts";

const Question = v.object({
  id: v.string(),
  text: v.string(),
  weight: v.number(),
  origin: v.string(),
  createdAt: Time,
});
const Change = v.object({
  text: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(300))),
  article: v.optional(v.string()),
});

/** What articles have learned, under `/api`, behind `requireAgent`. */
export function createQuestionRoutes({ learned }: Desk): Hono<HttpEnv> {
  const tags = ["Articles"];
  return new Hono<HttpEnv>()
    .get(
      "/articles/:article/questions",
      describes(
        "Lists the questions an article is known to answer",
        { 200: v.object({ items: v.array(Question) }) },
        { tags },
      ),
      async (c) => c.json({ items: await learned.list(c.var.agent, c.req.param("article")) }),
    )
    .patch(
      "/questions/:question",
      describes("Mends a learned question, or moves it to another article", { 204: "Changed" }, { tags }),
      body(Change),
      async (c) => {
        await learned.change(c.var.agent, c.req.param("question"), c.req.valid("json"));
        return c.body(null, 204);
      },
    )
    .delete(
      "/questions/:question",
      describes("Deletes a learned question", { 204: "Deleted" }, { tags }),
      async (c) => {
        await learned.remove(c.var.agent, c.req.param("question"));
        return c.body(null, 204);
      },
    );
}
