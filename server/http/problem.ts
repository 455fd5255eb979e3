import type { HttpBindings } from "@hono/node-server";
import type { Context, ErrorHandler, NotFoundHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import { matchedRoutes } from "hono/route";
import { type Fault, fault, Refusal, statusOf } from "../../protocol/faults.ts";
import type { HttpEnv } from "./env.ts";

/** What Node calls the end of a connection in the middle of a request. */
const BROKEN = "ECONNRESET";

/** RFC 9457, with our fault inside. */
export function problem(refused: Fault): Response {
  const status = statusOf(refused);
  const headers: Record<string, string> = { "content-type": "application/problem+json", "cache-control": "no-store" };
  if (refused.afterMs !== undefined) headers["retry-after"] = String(Math.max(1, Math.ceil(refused.afterMs / 1000)));
  const body = { type: "about:blank", title: refused.code, status, detail: refused.message, fault: refused };
  return new Response(JSON.stringify(body), { status, headers });
}

/** After something broke on our side, a client tries again this much later: the same as on the socket. */
const BROKE_AFTER_MS = 5_000;

/** The one boundary of HTTP: expected refusals keep their fault, bugs become `unavailable` and a line in the log. */
export function onError(log: (error: unknown, about: object) => void): ErrorHandler<HttpEnv> {
  return (error, c) => {
    const about = { method: c.req.method, path: routeOf(c) };
    if (error instanceof Refusal) {
      if (error.cause !== undefined) log(error.cause, about);
      return problem(error.fault);
    }
    if (error instanceof HTTPException && error.status < 500) {
      return problem(fault(error.status === 413 ? "too-large" : "invalid", error.message || "Cannot read the request"));
    }
    // Nothing broke on our side, and nobody is there to be told.
    if (brokeOff(error, c)) return problem(fault("invalid", "The request broke off"));
    log(error, about);
    return problem(fault("unavailable", "Something broke on our side", { afterMs: BROKE_AFTER_MS }));
  };
}

/** Which route it was, as it is written: an invitation's address, a file's or that of a way out of mail holds what opens it. */
function routeOf(c: Context): string {
  return matchedRoutes(c).find(({ method }) => method !== "ALL")?.path ?? "no route";
}

/** Whether the client left in the middle of what it sent. */
function brokeOff(error: Error, { env }: Context): boolean {
  const { errored } = ((env ?? {}) as Partial<HttpBindings>).incoming ?? {};
  return codeOf(error) === BROKEN && codeOf(errored) === BROKEN;
}

function codeOf(error: object | null | undefined): unknown {
  return error && "code" in error ? error.code : undefined;
}

export const onNotFound: NotFoundHandler<HttpEnv> = (c) => problem(fault("not-found", `Nothing at ${c.req.path}`));
