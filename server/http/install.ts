import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Hono } from "hono";
import * as v from "valibot";
import { SiteKey, Time } from "../../protocol/index.ts";
import { policyOf, saidOf, tagOf } from "../../ui/snippet.ts";
import { toTime } from "../clock.ts";
import type { Accounts } from "../desk/people/accounts.ts";
import { labelFor } from "../desk/sites/words.ts";
import { describes } from "./describe.ts";
import type { HttpEnv } from "./env.ts";
import type { RouteParts } from "./parts.ts";

const Install = v.object({
  key: SiteKey,
  /** Where the script comes from. */
  host: v.string(),
  snippet: v.string(),
  /** What a strict page must allow. */
  csp: v.string(),
  origins: v.array(v.string()),
  seen: v.array(
    v.object({
      origin: v.string(),
      at: Time,
      /** An older build than this server gives out: something keeps it for too long. */
      old: v.optional(v.literal(true)),
      /** How many tags stand on the page; one is right. */
      tags: v.optional(v.number()),
      /** The directive of the page's policy that kept something of ours from it. */
      blocked: v.optional(v.string()),
    }),
  ),
});

/** `/api/sites/:id/install`: what to paste, and where it was seen at work. */
export function createInstallRoutes(
  { sites, sightings }: Pick<Accounts, "sites" | "sightings">,
  { home, dist }: RouteParts,
): Hono<HttpEnv> {
  return new Hono<HttpEnv>().get(
    "/:id/install",
    describes("What to paste, and where it was seen at work", { 200: Install }),
    async (c) => {
      const site = await sites.forAgent(c.var.agent, c.req.param("id"));
      const seen = await sightings.of(site);
      const build = await buildIn(dist);
      const { theme, labels, locales } = site.settings;
      const label = labelFor(labels, locales[0] ?? "en", locales);
      return c.json({
        key: site.publicKey,
        host: home(),
        snippet: tagOf(home(), site.publicKey, saidOf({ theme, ...(label !== undefined && { label }) })),
        csp: policyOf(home()),
        origins: site.origins,
        seen: seen.map(({ at, build: seenBuild, ...rest }) => ({
          ...rest,
          at: toTime(at),
          ...(build !== undefined && seenBuild !== undefined && seenBuild !== build && { old: true }),
        })),
      });
    },
  );
}

/** Which build of the widget is given out, by the name of the file that its loader brings. */
async function buildIn(dist: string): Promise<string | undefined> {
  const loader = await readFile(join(dist, "widget/widget.js"), "utf8").catch(() => "");
  return /\/app-([\w-]{8})\.js/.exec(loader)?.[1];
}
