import { Hono } from "hono";
import * as v from "valibot";
import { BroughtToken, VisitorCard } from "../../protocol/index.ts";
import type { Desk } from "../desk/desk.ts";
import type { Accounts } from "../desk/people/accounts.ts";
import { subscriberFrom } from "./address.ts";
import { body, describes } from "./describe.ts";
import type { HttpEnv } from "./env.ts";
import type { RouteParts } from "./parts.ts";

const Brought = v.object({
  /** A page that has nobody signed in may write an empty one, or null. */
  identity: v.nullish(v.string()),
  token: v.nullish(BroughtToken),
});
const Welcomed = v.object({ token: v.string(), visitor: VisitorCard });

/** `POST /api/widget/:key/visitors`: who somebody is, or somebody new. Behind `widget-origin.ts`. */
export function createVisitorRoutes({ visitors }: Pick<Accounts, "visitors">, parts: RouteParts): Hono<HttpEnv> {
  return new Hono<HttpEnv>().post(
    "/",
    describes("Who I am to this site, or a new visitor", { 200: Welcomed, 201: Welcomed }, { open: true }),
    body(Brought),
    async (c) => {
      const { identity, token } = c.req.valid("json");
      if (!token) {
        await parts.limits.take("visitor", subscriberFrom(c, parts.trustProxy));
        await parts.limits.take("site", c.var.site.id);
      }
      const welcomed = await visitors.identify(c.var.site, {
        identity: identity ?? undefined,
        token: token ?? undefined,
      });
      const status = welcomed.token === token ? 200 : 201;
      return c.json({ token: welcomed.token, visitor: welcomed.visitor.card }, status);
    },
  );
}

/** `DELETE /api/visitors/:id`, behind `requireAgent`: the right to be forgotten. */
export function createErasureRoutes({ erasure }: Pick<Desk, "erasure">): Hono<HttpEnv> {
  return new Hono<HttpEnv>().delete(
    "/:id",
    describes("Erase a visitor, with all that was said and learned from them; owners and admins", { 204: "Erased" }),
    async (c) => {
      await erasure.erase(c.var.agent, c.req.param("id"));
      return c.body(null, 204);
    },
  );
}
