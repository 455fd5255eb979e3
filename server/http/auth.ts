import type { Context, MiddlewareHandler } from "hono";
import { getCookie } from "hono/cookie";
import { refuse } from "../../protocol/faults.ts";
import type { Accounts } from "../desk/people/accounts.ts";
import { SESSION_COOKIE } from "../desk/people/session-cookie.ts";
import { addressOf } from "./address.ts";
import type { HttpEnv } from "./env.ts";
import type { RouteParts } from "./parts.ts";

/** The token of `Authorization: Bearer …`. */
export function bearerOf(c: Context): string | undefined {
  return /^Bearer +(\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
}

/** The session token of the cookie. */
export function sessionOf(c: Context): string | undefined {
  return getCookie(c, SESSION_COOKIE);
}

/** Lets agents in, by API key or by session, and leaves `agent` for the routes. A key that is wrong is not made up for by a cookie. */
export function requireAgent(
  { agents, sessions }: Pick<Accounts, "agents" | "sessions">,
  { limits, trustProxy }: Pick<RouteParts, "limits" | "trustProxy">,
): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const [token, session] = [bearerOf(c), sessionOf(c)];
    const agent = token ? await agents.byApiKey(token) : session ? await sessions.bySession(session) : undefined;
    if (!agent) refuse("unauthorized", "Sign in, or send Authorization: Bearer ak_…");
    await limits.take("account", agent.id);
    c.set("agent", { ...agent, from: addressOf(c, trustProxy) });
    await next();
  };
}
