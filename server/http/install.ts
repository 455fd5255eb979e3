import { Hono } from "hono";
import * as v from "valibot";
import { SiteKey, Time } from "../../protocol/index.ts";
import { toTime } from "../clock.ts";
import type { Accounts } from "../desk/people/accounts.ts";
import type { SiteSettings } from "../desk/sites/site-input.ts";
import { describes } from "./describe.ts";
import type { HttpEnv } from "./env.ts";
import type { RouteParts } from "./parts.ts";

const Install = v.object({
  key: SiteKey,
  snippet: v.string(),
  /** What a strict page must allow. */
  csp: v.string(),
  origins: v.array(v.string()),
  seen: v.array(v.object({ origin: v.string(), at: Time })),
});

/** `/api/sites/:id/install`: what to paste, and where it was seen at work. */
export function createInstallRoutes(
  { sites, sightings }: Pick<Accounts, "sites" | "sightings">,
  { home }: RouteParts,
): Hono<HttpEnv> {
  return new Hono<HttpEnv>().get(
    "/:id/install",
    describes("What to paste, and where it was seen at work", { 200: Install }),
    async (c) => {
      const site = await sites.forAgent(c.var.agent, c.req.param("id"));
      const seen = await sightings.of(site);
      return c.json({
        key: site.publicKey,
        snippet: `<script async src="${home()}/widget.js" data-site="${site.publicKey}"${looks(site.settings.theme)}></script>`,
        csp: `script-src ${home()}; connect-src ${home()} ${home().replace(/^http/, "ws")}; img-src ${home()}`,
        origins: site.origins,
        seen: seen.map(({ origin, at }) => ({ origin, at: toTime(at) })),
      });
    },
  );
}

/** What the launcher must know before anything is fetched, where it is not as usual. */
function looks({ mode = "auto", position = "right", offset }: SiteSettings["theme"]): string {
  const said = {
    theme: mode === "auto" ? undefined : mode,
    position: position === "right" ? undefined : position,
    offset,
  };
  return Object.entries(said)
    .map(([name, value]) => (value === undefined ? "" : ` data-${name}="${value}"`))
    .join("");
}
