import { parse } from "hono/utils/cookie";

/** The cookie that holds an agent's session. */
export const SESSION_COOKIE = "deskbell_session";

/** The session token in a `Cookie` header, if there is one. */
export function sessionCookie(header: string | undefined): string | undefined {
  return header === undefined ? undefined : parse(header, SESSION_COOKIE)[SESSION_COOKIE];
}
