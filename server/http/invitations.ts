import { Hono } from "hono";
import * as v from "valibot";
import type { Accounts } from "../desk/people/accounts.ts";
import { Acceptance } from "../desk/people/person-input.ts";
import { addressOf, networkFrom } from "./address.ts";
import { body, describes } from "./describe.ts";
import type { HttpEnv } from "./env.ts";
import type { RouteParts } from "./parts.ts";
import { OwnBody, toOwn } from "./people-shapes.ts";
import { giveSession } from "./session-cookie.ts";

const Invited = v.object({ email: v.string(), name: v.string() });

/** `/api/invitations/:token`: the link that works once. */
export function createInvitationRoutes({ invitations, sessions, profile }: Accounts, parts: RouteParts): Hono<HttpEnv> {
  return new Hono<HttpEnv>()
    .use(async (c, next) => {
      await parts.limits.take("invitation", networkFrom(c, parts.trustProxy));
      return next();
    })
    .get("/:token", describes("Whom an invitation is for", { 200: Invited }, { open: true }), async (c) =>
      c.json(await invitations.look(c.req.param("token"))),
    )
    .post(
      "/:token",
      describes("Accept an invitation, with a password, and be signed in", { 201: OwnBody }, { open: true }),
      body(Acceptance),
      async (c) => {
        const address = addressOf(c, parts.trustProxy);
        const key = await invitations.accept(c.req.param("token"), c.req.valid("json"), address);
        const { agent, token } = await sessions.begin(key, { address, device: c.req.header("user-agent") });
        giveSession(c, token, parts.home());
        return c.json(toOwn(await profile.of(agent)), 201);
      },
    );
}
