import { Hono, type MiddlewareHandler } from "hono";
import type { HttpEnv } from "../env.ts";
import { onNotFound } from "../problem.ts";
import { createHelpPages, type HelpDesk, type HelpEnv, type HelpParts } from "./routes.ts";

/** What the widget on the pages asks of the owner's own host. */
const FOR_WIDGET = /^\/(?:widget\.js$|assets\/|api\/widget\/)/;
const CONSOLE = /^\/(?:console|api)(?:\/|$)/;

export interface HelpMounts {
  /** For `/help`: every site's pages under its key. */
  byKey: Hono<HttpEnv>;
  /** Requests that name a site's own help host see its help centre, what its widget needs, and nothing else. */
  byHost: MiddlewareHandler<HttpEnv>;
}

/**
 * `named`: whether the owner said what this server is called. Where nobody did, any host may be its own, and one site's
 * admin could take the console away from everybody: there it stands at help hosts too.
 */
export function createHelpMounts(desk: HelpDesk, parts: HelpParts, named: boolean): HelpMounts {
  const { sites } = desk;
  const pages = createHelpPages(desk, parts);
  const byKey = new Hono<HelpEnv>()
    .use("/:key/*", async (c, next) => {
      const site = await sites.byPublicKey(c.req.param("key"));
      c.set("site", site);
      c.set("base", `/help/${site.publicKey}`);
      await next();
    })
    .route("/:key", pages);
  const hosted = new Hono<HelpEnv>()
    .use(async (c, next) => {
      const site = await sites.byHelpHost(c.req.header("host") ?? "");
      if (!site) return c.notFound();
      c.set("site", site);
      c.set("base", "");
      return next();
    })
    .route("/", pages);
  // It is an app of its own, which would answer a refusal with 500 and print it: what is refused here is refused as anywhere.
  hosted.notFound(onNotFound as never).onError((error) => {
    throw error;
  });
  return {
    byKey: byKey as unknown as Hono<HttpEnv>,
    async byHost(c, next) {
      const host = c.req.header("host") ?? "";
      const isOurs =
        FOR_WIDGET.test(c.req.path) || host === hostOf(parts.home()) || (!named && CONSOLE.test(c.req.path));
      const site = isOurs ? undefined : await sites.byHelpHost(host);
      return site ? hosted.fetch(c.req.raw, c.env) : next();
    },
  };
}

function hostOf(address: string): string | undefined {
  return URL.canParse(address) ? new URL(address).host : undefined;
}
