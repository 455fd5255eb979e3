import { Hono } from "hono";
import * as v from "valibot";
import { AgentCard, SiteId, Time } from "../../protocol/index.ts";
import { toTime } from "../clock.ts";
import type { Accounts } from "../desk/people/accounts.ts";
import { ACTIONS } from "../desk/people/audit.ts";
import { describes, query } from "./describe.ts";
import type { HttpEnv } from "./env.ts";
import { list } from "./people-shapes.ts";

const PAGE = 50;

const Fields = v.record(v.string(), v.unknown());
const EntryBody = v.object({
  id: v.string(),
  at: Time,
  action: v.picklist(ACTIONS),
  by: v.optional(AgentCard),
  site: v.optional(SiteId),
  target: v.optional(v.string()),
  name: v.optional(v.string()),
  before: v.optional(Fields),
  after: v.optional(Fields),
  address: v.optional(v.string()),
});
const Page = v.object({
  cursor: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/))),
  limit: v.optional(v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number), v.minValue(1), v.maxValue(200))),
});

/** `/api/audit`: what owners and admins changed. */
export function createAuditRoutes({ audit }: Pick<Accounts, "audit">): Hono<HttpEnv> {
  return new Hono<HttpEnv>().get(
    "/",
    describes("What owners and admins changed, the newest first; for owners", { 200: list(EntryBody) }),
    query(Page),
    async (c) => {
      const { cursor, limit = PAGE } = c.req.valid("query");
      const { items, ...rest } = await audit.list(c.var.agent, { cursor, limit });
      return c.json({ items: items.map((entry) => ({ ...entry, at: toTime(entry.at) })), ...rest });
    },
  );
}
