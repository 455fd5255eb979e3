import { existsSync } from "node:fs";
import { join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { etag } from "hono/etag";
import type { HttpEnv } from "./env.ts";

const FOR_EVER = "public, max-age=31536000, immutable";
/** Long enough that a page's visitors fetch it seldom, short enough that a fix arrives the same hour. */
const LOADER = "public, max-age=300, stale-while-revalidate=86400";
const ANYWHERE: Record<string, string> = {
  "access-control-allow-origin": "*",
  "cross-origin-resource-policy": "cross-origin",
  "timing-allow-origin": "*",
};

/** In the address of what failed to load and is asked for again (`widget/part.ts`): the same file as without it. */
const AGAIN = /\/~\d*(?=\/)/g;
const ASSET = /^\/assets\/([^/]+)$/;
const APP_AGAIN = /\/assets\/~\d+\/(app-[\w-]+\.js)$/;

/** Where a file of the widget lies that a former build had, by its name. */
export type FormerFiles = (name: string) => string | undefined;

/**
 * The built widget and console, from `dist`. What is not built is not found, but for the widget's files of builds before,
 * which pages that are still open from then ask for.
 */
export function createAssetRoutes(dist: string, former: FormerFiles = () => undefined): Hono<HttpEnv> {
  const widget = join(dist, "widget");
  const console = join(dist, "console");
  const app = new Hono<HttpEnv>();

  app.use("/widget.js", headers({ ...ANYWHERE, "cache-control": LOADER }), etag(), files(widget));
  app.use("/widget.integrity.json", headers({ ...ANYWHERE, "cache-control": LOADER }), etag(), files(widget));
  for (const path of ["/assets/*", "/~/*"])
    app.use(
      path,
      headers({ ...ANYWHERE, "cache-control": FOR_EVER }),
      aroundApp,
      files(widget, AGAIN),
      formerly(former),
    );

  app.use("/console/assets/*", headers({ "cache-control": FOR_EVER }), files(console, "/console"));
  // A part that is gone is not the page: a browser would run it, or keep it.
  app.use("/console/assets/*", async (c) => c.notFound());
  app.use("/console/*", consoleHeaders, etag(), files(console, "/console"));
  // Every other address under it is one of the console's own pages.
  const page = join(console, "index.html");
  if (existsSync(console)) app.get("/console/*", serveStatic({ root: "", path: page, precompressed: true }));
  app.get("/", (c) => c.redirect("/console"));
  return app;
}

/** A part that comes again finds the app that is there, not a second one. */
const aroundApp: MiddlewareHandler<HttpEnv> = async (c, next) => {
  const app = APP_AGAIN.exec(c.req.path)?.[1];
  if (!app) return next();
  return c.body(`export*from"../${app}"`, { headers: { "content-type": "text/javascript" } });
};

function files(root: string, below: string | RegExp = ""): MiddlewareHandler<HttpEnv> {
  // Said here and not by serveStatic, which warns on the console.
  if (!existsSync(root)) return (_, next) => next();
  return serveStatic({ root, precompressed: true, rewriteRequestPath: (path) => path.replace(below, "") });
}

function formerly(former: FormerFiles): MiddlewareHandler<HttpEnv> {
  const at = (path: string) => former(ASSET.exec(path.replace(AGAIN, ""))?.[1] ?? "");
  const serve = serveStatic({ root: "", precompressed: true, rewriteRequestPath: (path) => at(path) ?? "" });
  return (c, next) => (at(c.req.path) === undefined ? next() : serve(c, next));
}

/** Only on what was found: a missing file is no immutable one. */
function headers(set: Record<string, string>): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    await next();
    if (c.res.status >= 400) return;
    for (const [name, value] of Object.entries(set)) c.header(name, value);
  };
}

/** The console runs its own scripts and styles and speaks to this server only; images in articles come from anywhere. */
const consoleHeaders: MiddlewareHandler<HttpEnv> = async (c, next) => {
  await next();
  c.header("cache-control", "no-cache");
  c.header(
    "content-security-policy",
    [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data: blob: https:",
      "font-src 'self'",
      "media-src 'self'",
      "manifest-src 'self'",
      "worker-src 'self'",
      `connect-src 'self'${sockets(c)}`,
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join("; "),
  );
};

/** Not every browser counts a WebSocket to the same host as `'self'`. */
function sockets(c: Context): string {
  const host = c.req.header("host") ?? "";
  return /^[\w.[\]:-]+$/.test(host) ? ` ws://${host} wss://${host}` : "";
}
