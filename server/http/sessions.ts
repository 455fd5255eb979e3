import Bowser from "bowser";
import { type Context, Hono } from "hono";
import * as v from "valibot";
import { Time } from "../../protocol/index.ts";
import { toTime } from "../clock.ts";
import type { Accounts } from "../desk/people/accounts.ts";
import type { Session } from "../desk/people/session-list.ts";
import { sessionId } from "../desk/people/sessions.ts";
import { sessionOf } from "./auth.ts";
import { describes } from "./describe.ts";
import type { HttpEnv } from "./env.ts";
import { list } from "./people-shapes.ts";

const SessionBody = v.object({
  id: v.string(),
  createdAt: Time,
  seenAt: Time,
  browser: v.optional(v.string()),
  system: v.optional(v.string()),
  address: v.optional(v.string()),
  /** The one that asks. */
  current: v.optional(v.boolean()),
});

/** `/api/sessions`: where I am signed in. */
export function createSessionListRoutes({ sessionList }: Pick<Accounts, "sessionList">): Hono<HttpEnv> {
  return new Hono<HttpEnv>()
    .get("/", describes("Where I am signed in", { 200: list(SessionBody) }), async (c) =>
      c.json({ items: (await sessionList.own(c.var.agent)).map((session) => toBody(c, session)) }),
    )
    .delete("/", describes("Sign me out everywhere else", { 204: "Signed out" }), async (c) => {
      await sessionList.endOthers(c.var.agent, sessionOf(c));
      return c.body(null, 204);
    })
    .delete("/:id", describes("End a session: mine, or that of somebody I manage", { 204: "Ended" }), async (c) => {
      await sessionList.end(c.var.agent, c.req.param("id"));
      return c.body(null, 204);
    });
}

/** `/api/agents/:id/sessions`: where somebody I manage is signed in. */
export function createPersonSessionRoutes({ sessionList }: Pick<Accounts, "sessionList">): Hono<HttpEnv> {
  return new Hono<HttpEnv>()
    .get("/:id/sessions", describes("Where somebody is signed in", { 200: list(SessionBody) }), async (c) => {
      const sessions = await sessionList.of(c.var.agent, c.req.param("id"));
      return c.json({ items: sessions.map((session) => toBody(c, session)) });
    })
    .delete("/:id/sessions", describes("Sign somebody out everywhere", { 204: "Signed out" }), async (c) => {
      await sessionList.endAllOf(c.var.agent, c.req.param("id"));
      return c.body(null, 204);
    });
}

function toBody(c: Context<HttpEnv>, { id, createdAt, seenAt, device, address }: Session) {
  const own = sessionOf(c);
  return {
    id,
    createdAt: toTime(createdAt),
    seenAt: toTime(seenAt),
    ...namesOf(device),
    ...(address && { address }),
    ...(own !== undefined && sessionId(own) === id && { current: true }),
  };
}

function namesOf(device: string | undefined) {
  if (!device) return {};
  const { browser, os } = Bowser.parse(device);
  return { ...(browser.name && { browser: browser.name }), ...(os.name && { system: os.name }) };
}
