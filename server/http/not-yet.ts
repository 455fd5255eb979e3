import { Hono } from "hono";
import type { Accounts } from "../desk/people/accounts.ts";
import { describes } from "./describe.ts";
import type { HttpEnv } from "./env.ts";

/* What the contract promises and this version does not do yet: it says so, to whoever might ask it at all. */

/** `GET /api/sites/:id/reports/:name`. */
export function createReportRoutes({ sites }: Pick<Accounts, "sites">): Hono<HttpEnv> {
  return new Hono<HttpEnv>().get("/:id/reports/:name", describes("A report", { 501: "Not yet" }), async (c) => {
    await sites.forAgent(c.var.agent, c.req.param("id"));
    return notYet("Reports");
  });
}

/** 501 stands in no fault's row: to try again would not help before the next version. */
function notYet(what: string): Response {
  const detail = `${what} are not served by this version yet`;
  const refused = { code: "unavailable", message: detail, retry: "never" };
  const body = { type: "about:blank", title: refused.code, status: 501, detail, fault: refused };
  return new Response(JSON.stringify(body), {
    status: 501,
    headers: { "content-type": "application/problem+json" },
  });
}
