import { Hono } from "hono";
import { refuse } from "../../protocol/faults.ts";
import type { Accounts } from "../desk/people/accounts.ts";
import { bearerOf } from "./auth.ts";
import { describes } from "./describe.ts";
import type { HttpEnv } from "./env.ts";

/** `DELETE /api/widget/:key/visitors`: a visitor logs out. Behind `widget-origin.ts`. */
export function createVisitorLogoutRoutes({ departures }: Pick<Accounts, "departures">): Hono<HttpEnv> {
  return new Hono<HttpEnv>().delete(
    "/",
    describes("Log out: this token, and the identity that brought it, are taken no more", { 204: "Logged out" }),
    async (c) => {
      const token = bearerOf(c) ?? refuse("unauthorized", "Send Authorization: Bearer vt_…");
      await departures.leave(c.var.site, token);
      return c.body(null, 204);
    },
  );
}
