import type { Context, MiddlewareHandler } from "hono";
import { refuse } from "../../protocol/faults.ts";
import type { Sightings } from "../desk/sites/sightings.ts";
import type { Sites } from "../desk/sites/sites.ts";
import type { HttpEnv } from "./env.ts";

const PREFLIGHT_LASTS_S = "600";

export interface WidgetOrigin {
  sites: Sites;
  sightings: Sightings;
  isHome(origin: string, host: string | undefined): boolean;
}

/**
 * Around everything under `/api/widget/:key`, also what counts and measures requests: the site's own pages may read every
 * answer, refusals included. They ask whether they may before anything is counted, or they could never read that they
 * asked too often.
 */
export function readableBySite({ sites, isHome }: Omit<WidgetOrigin, "sightings">): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const origin = c.req.header("origin");
    const site = await sites.byPublicKey(c.req.param("key") ?? "").catch(() => undefined);
    const host = c.req.header("host");
    const reads = origin && site && (sites.originAllowed(site, origin) || isHome(origin, host)) ? origin : undefined;
    if (reads && c.req.method === "OPTIONS") c.res = preflight(c.req.header("access-control-request-headers"));
    else await next();
    const { headers } = c.res;
    headers.append("vary", "Origin");
    if (!reads) return;
    headers.set("access-control-allow-origin", reads);
    headers.set("access-control-expose-headers", "Retry-After");
  };
}

/**
 * For everything under `/api/widget/:key`: the site's own origins may ask; any other is `forbidden` whatever the method.
 * Leaves `site` for the routes.
 */
export function widgetOrigin({ sites, sightings, isHome }: WidgetOrigin): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const site = await sites.byPublicKey(c.req.param("key") ?? "");
    const origin = c.req.header("origin");
    if (origin === undefined) {
      if (!readsFromHere(c)) refuse("forbidden", "Send the Origin of one of the site's pages");
    } else if (!sites.originAllowed(site, origin) && !isHome(origin, c.req.header("host"))) {
      sightings.seeForeign(site, origin);
      refuse("forbidden", `This site does not list ${origin.slice(0, 200)}`);
    }
    c.set("site", site);
    await next();
  };
}

/** Browsers leave `Origin` out of a page's reads of its own server: the help pages. Others may read what is public. */
function readsFromHere(c: Context): boolean {
  if (c.req.method !== "GET" && c.req.method !== "HEAD") return false;
  return c.req.header("sec-fetch-site") === "same-origin" || c.req.header("authorization") === undefined;
}

function preflight(asked: string | undefined): Response {
  return new Response(null, {
    status: 204,
    headers: {
      "access-control-allow-methods": "GET, POST, DELETE, OPTIONS",
      "access-control-allow-headers": asked && /^[\w ,-]+$/.test(asked) ? asked : "authorization, content-type",
      "access-control-max-age": PREFLIGHT_LASTS_S,
    },
  });
}
