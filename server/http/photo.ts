import { Hono } from "hono";
import type { Desk } from "../desk/desk.ts";
import { requireAgent } from "./auth.ts";
import { describes } from "./describe.ts";
import type { HttpEnv } from "./env.ts";
import { FORM, receive } from "./file-upload.ts";
import type { RouteParts } from "./parts.ts";
import { OwnBody, toOwn } from "./people-shapes.ts";

/** `/api/session/photo`: my own face. */
export function createPhotoRoutes(desk: Desk, parts: RouteParts): Hono<HttpEnv> {
  const { photos, profile } = desk;
  const { limits } = parts;
  return new Hono<HttpEnv>()
    .use(requireAgent(desk, parts))
    .post("/", describes("Show a photo of me: a form with `file`", { 201: OwnBody }, { takes: FORM }), async (c) => {
      const { agent } = c.var;
      const room = photos.room(agent);
      await limits.take("photo", agent.id);
      await receive(c.req.raw, room, (upload) => photos.put(agent, upload));
      return c.json(toOwn(await profile.faced(agent)), 201);
    })
    .delete("/", describes("Show my initials", { 200: OwnBody }), async (c) => {
      const { agent } = c.var;
      photos.room(agent);
      await photos.remove(agent);
      return c.json(toOwn(await profile.faced(agent)));
    });
}
