/** The cookie that holds an agent's session. */
export const SESSION_COOKIE = "deskbell_session";

/** The session token in a `Cookie` header, if there is one. */
export function sessionCookie(header: string | undefined): string | undefined {
  for (const pair of header?.split(";") ?? []) {
    const [name, value] = pair.trim().split("=", 2);
    if (name === SESSION_COOKIE && value) return value;
  }
  return undefined;
}
