import { Hono } from "hono";
import * as v from "valibot";
import { Availability, SiteId, SiteKey } from "../../protocol/index.ts";
import type { Desk } from "../desk/desk.ts";
import { SiteSettings } from "../desk/people/site-input.ts";
import { describes } from "./describe.ts";
import type { HttpEnv } from "./env.ts";
import type { RouteParts } from "./parts.ts";

const WidgetConfig = v.object({
  site: SiteId,
  key: SiteKey,
  name: v.string(),
  ...SiteSettings.entries,
  availability: Availability,
});

/** `GET /api/widget/:key`: what the widget must know before anybody does anything. Behind `widget-origin.ts`. */
export function createWidgetRoutes(
  { sightings, suggestions }: Pick<Desk, "sightings" | "suggestions">,
  parts: RouteParts,
): Hono<HttpEnv> {
  return new Hono<HttpEnv>().get(
    "/",
    describes("What the widget must know", { 200: WidgetConfig }, { open: true }),
    (c) => {
      const { site } = c.var;
      const origin = c.req.header("origin");
      if (origin !== undefined) sightings.see(site, origin);
      // Somebody has opened the panel and is about to type.
      suggestions.warm(site);
      return c.json({
        site: site.id,
        key: site.publicKey,
        name: site.name,
        ...site.settings,
        availability: parts.availability(site.key),
      });
    },
  );
}
