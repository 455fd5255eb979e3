import { Hono } from "hono";
import * as v from "valibot";
import type { Accounts } from "../desk/people/accounts.ts";
import { ProfileChange, TypedPassword } from "../desk/people/person-input.ts";
import { networkOf } from "../limits.ts";
import { addressOf } from "./address.ts";
import { requireAgent, sessionOf } from "./auth.ts";
import { body, describes } from "./describe.ts";
import type { HttpEnv } from "./env.ts";
import type { RouteParts } from "./parts.ts";
import { OwnBody, toOwn } from "./people-shapes.ts";
import { giveSession, takeSession } from "./session-cookie.ts";

const Credentials = v.union([
  v.object({ email: v.pipe(v.string(), v.maxLength(254)), password: TypedPassword }),
  v.object({ token: v.pipe(v.string(), v.maxLength(200)) }),
]);

/** `/api/session`: sign in, who am I, my profile, sign out. */
export function createSessionRoutes(desk: Accounts, parts: RouteParts): Hono<HttpEnv> {
  const { sessions, profile } = desk;
  const { limits } = parts;
  const signedIn = requireAgent(desk, parts);

  return new Hono<HttpEnv>()
    .post(
      "/",
      describes("Sign in, with a password or a link that works once", { 201: OwnBody }, { open: true }),
      body(Credentials),
      async (c) => {
        const input = c.req.valid("json");
        const address = addressOf(c, parts.trustProxy);
        const network = networkOf(address);
        const where = { address, device: c.req.header("user-agent") };
        await limits.take("sign-in-network", network);
        const account = "email" in input ? input.email.trim().toLowerCase() : undefined;
        if (account !== undefined) await limits.take("sign-in-account", account);
        const { agent, token } =
          "email" in input
            ? await sessions.signIn(input.email, input.password, where)
            : await sessions.redeem(input.token, where);
        // An office behind one address may sign in all day; only what fails counts.
        await limits.giveBack("sign-in-network", network);
        if (account !== undefined) await limits.giveBack("sign-in-account", account);
        giveSession(c, token, parts.home());
        return c.json(toOwn(await profile.of(agent)), 201);
      },
    )
    .get("/", describes("Who am I", { 200: OwnBody }), signedIn, async (c) => {
      const session = sessionOf(c);
      const agent = c.var.agent;
      // The session lives on from here; so does its cookie.
      if (session !== undefined && agent.kind === "person") giveSession(c, session, parts.home());
      return c.json(toOwn(await profile.of(agent)));
    })
    .patch("/", describes("Change my profile", { 200: OwnBody }), signedIn, body(ProfileChange), async (c) => {
      const input = c.req.valid("json");
      // Whoever sits at an unlocked desk guesses at the password here.
      if (input.password !== undefined) await limits.take("sign-in-account", c.var.agent.id);
      const changed = await profile.change(c.var.agent, input, sessionOf(c));
      if (input.password !== undefined) await limits.giveBack("sign-in-account", c.var.agent.id);
      return c.json(toOwn(changed));
    })
    .delete(
      "/",
      describes("Sign out; where nobody is signed in, nothing happens", { 204: "Signed out" }),
      async (c) => {
        const session = sessionOf(c);
        if (session !== undefined) await sessions.signOut(session);
        takeSession(c, parts.home());
        return c.body(null, 204);
      },
    );
}
