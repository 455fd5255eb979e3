import type { Context, MiddlewareHandler } from "hono";
import { refuse } from "../../protocol/faults.ts";
import { bearerOf } from "./auth.ts";
import type { HttpEnv } from "./env.ts";

const READS = new Set(["GET", "HEAD", "OPTIONS"]);
// What a form on a foreign page cannot send without asking first.
const BODY = /^application\/(json|x-ndjson)\b/i;
/** A form can send this, so here the browser must say itself that it comes from our own pages. */
const FILES = /^\/api\/(sites\/[^/]+\/files|session\/photo)$/;

/**
 * Guards what a cookie pays for: no write on behalf of another site's page, and none that a form could make. A bearer
 * token is sent by nobody's browser on its own, so it needs no guard.
 */
export function sameOrigin(isHome: (origin: string, host: string | undefined) => boolean): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    if (READS.has(c.req.method) || bearerOf(c) !== undefined) return next();
    if (!fromHere(c, isHome)) refuse("forbidden", "Cannot do this from another origin");
    const type = c.req.header("content-type");
    const upload = FILES.test(c.req.path) && /^multipart\/form-data\b/i.test(type ?? "") && saysSo(c);
    if (c.req.method !== "DELETE" && !upload && !(type && BODY.test(type))) {
      refuse("invalid", "Send Content-Type: application/json");
    }
    return next();
  };
}

function saysSo(c: Context): boolean {
  return c.req.header("sec-fetch-site") === "same-origin" || c.req.header("origin") !== undefined;
}

/** Browsers say where a write comes from. What says nothing at all is no browser, and has no cookie but its own. */
function fromHere(c: Context, isHome: (origin: string, host: string | undefined) => boolean): boolean {
  const site = c.req.header("sec-fetch-site");
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  const origin = c.req.header("origin");
  if (origin === undefined || site === "same-origin") return true;
  return isHome(origin, c.req.header("host"));
}
