import type { HttpBindings } from "@hono/node-server";
import type { Context, ErrorHandler, NotFoundHandler } from "hono";
import { HTTPException } from "hono/http-exception";
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

/** The one boundary of HTTP: expected refusals keep their fault, bugs become a plain 500 and a line in the log. */
export function onError(log: (error: unknown, about: object) => void): ErrorHandler<HttpEnv> {
  return (error, c) => {
    if (error instanceof Refusal) return problem(error.fault);
    if (error instanceof HTTPException && error.status < 500) {
      return problem(fault(error.status === 413 ? "too-large" : "invalid", error.message || "Cannot read the request"));
    }
    // Nothing broke on our side, and nobody is there to be told.
    if (brokeOff(error, c)) return problem(fault("invalid", "The request broke off"));
    log(error, { method: c.req.method, path: c.req.path });
    const body = { type: "about:blank", title: "error", status: 500, detail: "Something broke on our side" };
    return c.json(body, 500, { "content-type": "application/problem+json" });
  };
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
