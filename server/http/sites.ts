import { Hono } from "hono";
import * as v from "valibot";
import { SiteId, SiteKey, Time } from "../../protocol/index.ts";
import { toTime } from "../clock.ts";
import type { AgentActor } from "../desk/actors.ts";
import type { Accounts } from "../desk/people/accounts.ts";
import { NewSite, SiteChange, SiteSettings } from "../desk/people/site-input.ts";
import type { Site } from "../desk/people/sites.ts";
import { body, describes } from "./describe.ts";
import type { HttpEnv } from "./env.ts";
import { list } from "./people-shapes.ts";

const SiteBody = v.object({
  id: SiteId,
  key: SiteKey,
  /** For owners and admins: with it one signs as anybody. */
  secret: v.optional(v.string()),
  name: v.string(),
  origins: v.array(v.string()),
  ...SiteSettings.entries,
  createdAt: Time,
});

/** `/api/sites`. */
export function createSiteRoutes({ sites }: Pick<Accounts, "sites">): Hono<HttpEnv> {
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
    );
}

function toBody(site: Site, agent: AgentActor) {
  const { id, publicKey, secret, name, origins, settings, createdAt } = site;
  return {
    id,
    key: publicKey,
    ...(agent.role !== "agent" && { secret }),
    name,
    origins,
    ...settings,
    createdAt: toTime(createdAt),
  };
}
