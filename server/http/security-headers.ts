import type { MiddlewareHandler } from "hono";
import type { HttpEnv } from "./env.ts";

const EVERYWHERE: Record<string, string> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  // What is no page runs nothing, even where somebody opens it as one.
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
};
const HTTPS_FOR = "max-age=31536000";

/** Sets what every answer should carry, unless its route said otherwise. */
export function securityHeaders(https: boolean): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(EVERYWHERE)) if (!c.res.headers.has(name)) c.header(name, value);
    if (https) c.header("strict-transport-security", HTTPS_FOR);
    // Answers about people belong in no cache on the way, unless a route knows better.
    if (!c.res.headers.has("cache-control")) c.header("cache-control", "no-store");
  };
}
