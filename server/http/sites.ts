import { Hono } from "hono";
import * as v from "valibot";
import { SiteId, SiteKey, Time } from "../../protocol/index.ts";
import { type Clock, toTime } from "../clock.ts";
import type { AgentActor } from "../desk/actors.ts";
import type { Accounts } from "../desk/people/accounts.ts";
import { NewSite, SiteChange, SiteSettings } from "../desk/sites/site-input.ts";
import type { Site } from "../desk/sites/sites.ts";
import { body, describes } from "./describe.ts";
import type { HttpEnv } from "./env.ts";
import { list } from "./people-shapes.ts";

const SiteBody = v.object({
  id: SiteId,
  key: SiteKey,
  /** For owners and admins: with it one signs as anybody. */
  secret: v.optional(v.string()),
  /** Until when the secret before counts as well. */
  formerSecretUntil: v.optional(Time),
  name: v.string(),
  origins: v.array(v.string()),
  ...SiteSettings.entries,
  createdAt: Time,
});

const Rotation = v.object({ until: v.optional(Time) });

/** `/api/sites`. */
export function createSiteRoutes({ sites, clock }: Pick<Accounts, "sites"> & { clock: Clock }): Hono<HttpEnv> {
  const toBody = (site: Site, agent: AgentActor) => bodyOf(site, agent, clock.now());
  return new Hono<HttpEnv>()
    .get("/", describes("My sites", { 200: list(SiteBody) }), async (c) => {
      const { agent } = c.var;
      return c.json({ items: (await sites.allFor(agent)).map((site) => toBody(site, agent)) });
    })
    .post("/", describes("Add a site", { 201: SiteBody }), body(NewSite), async (c) =>
      c.json(toBody(await sites.create(c.var.agent, c.req.valid("json")), c.var.agent), 201),
    )
    .get("/:id", describes("A site", { 200: SiteBody }), async (c) =>
      c.json(toBody(await sites.forAgent(c.var.agent, c.req.param("id")), c.var.agent)),
    )
    .patch("/:id", describes("Change a site", { 200: SiteBody }), body(SiteChange), async (c) =>
      c.json(toBody(await sites.change(c.var.agent, c.req.param("id"), c.req.valid("json")), c.var.agent)),
    )
    .post(
      "/:id/secret",
      describes("A new secret; the one before counts for a week, or until the time that is said", { 201: SiteBody }),
      body(Rotation),
      async (c) => {
        const { until } = c.req.valid("json");
        const at = until === undefined ? undefined : Date.parse(until);
        return c.json(toBody(await sites.rotateSecret(c.var.agent, c.req.param("id"), at), c.var.agent), 201);
      },
    )
    .delete("/:id/secret", describes("The secret before counts no more", { 200: SiteBody }), async (c) =>
      c.json(toBody(await sites.retireSecret(c.var.agent, c.req.param("id")), c.var.agent)),
    );
}

function bodyOf(site: Site, agent: AgentActor, now: number) {
  const { id, publicKey, secret, former, name, origins, settings, createdAt } = site;
  return {
    id,
    key: publicKey,
    ...(agent.role !== "agent" && { secret }),
    ...(agent.role !== "agent" && former && former.until > now && { formerSecretUntil: toTime(former.until) }),
    name,
    origins,
    ...settings,
    createdAt: toTime(createdAt),
  };
}
