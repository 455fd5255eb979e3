import type { ErrorHandler, NotFoundHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import { type Fault, fault, Refusal, statusOf } from "../../protocol/faults.ts";
import type { HttpEnv } from "./env.ts";

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
    log(error, { method: c.req.method, path: c.req.path });
    const body = { type: "about:blank", title: "error", status: 500, detail: "Something broke on our side" };
    return c.json(body, 500, { "content-type": "application/problem+json" });
  };
}

export const onNotFound: NotFoundHandler<HttpEnv> = (c) => problem(fault("not-found", `Nothing at ${c.req.path}`));
