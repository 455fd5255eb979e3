import { Hono } from "hono";
import { refuse } from "../../protocol/faults.ts";
import type { Accounts } from "../desk/people/accounts.ts";
import { SetUp } from "../desk/people/person-input.ts";
import { addressOf, networkFrom } from "./address.ts";
import { body, describes } from "./describe.ts";
import type { HttpEnv } from "./env.ts";
import type { RouteParts } from "./parts.ts";
import { OwnBody, toOwn } from "./people-shapes.ts";
import { giveSession } from "./session-cookie.ts";

/** `POST /api/setup`: the first owner and the first site. There is no such thing once somebody owns the desk. */
export function createSetupRoutes({ setup, sessions, profile }: Accounts, parts: RouteParts): Hono<HttpEnv> {
  return new Hono<HttpEnv>().post(
    "/",
    describes("Set the desk up, once, with the token from the server's log", { 201: OwnBody }, { open: true }),
    async (c, next) => {
      // Before the body is read: whatever it says, this is gone.
      if (!(await setup.open())) refuse("not-found", "This desk is set up already");
      await parts.limits.take("setup", networkFrom(c, parts.trustProxy));
      return next();
    },
    body(SetUp),
    async (c) => {
      const address = addressOf(c, parts.trustProxy);
      const key = await setup.run(c.req.valid("json"), address);
      const { agent, token } = await sessions.begin(key, { address, device: c.req.header("user-agent") });
      giveSession(c, token, parts.home());
      return c.json(toOwn(await profile.of(agent)), 201);
    },
  );
}
