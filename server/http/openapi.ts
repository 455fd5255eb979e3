import { Hono } from "hono";
import { generateSpecs } from "hono-openapi";
import { components } from "./describe.ts";
import type { HttpEnv } from "./env.ts";

/** `/api/openapi.json`, made once of what the routes of `api` themselves check and answer. */
export function createOpenApiRoutes(api: Hono<HttpEnv>): Hono<HttpEnv> {
  let made: Promise<unknown> | undefined;
  return new Hono<HttpEnv>().get("/api/openapi.json", async (c) => {
    made ??= make(api);
    return c.json(await made, 200, { "cache-control": "public, max-age=300", "access-control-allow-origin": "*" });
  });
}

async function make(api: Hono<HttpEnv>): Promise<unknown> {
  const described = await generateSpecs(api, {
    defaultValidationErrorResponse: false,
    exclude: [/^(?!\/api\/)/],
    documentation: {
      openapi: "3.1.0",
      info: { title: "Deskbell", version: "1", description: "Customer support that lives on any website." },
      security: [{ key: [] }, { session: [] }],
      components: {
        ...components(),
        securitySchemes: {
          key: { type: "http", scheme: "bearer", description: "An API key, ak_…; for visitors their token, vt_…" },
          session: { type: "apiKey", in: "cookie", name: "deskbell_session" },
        },
      } as never,
    },
  });
  for (const [path, item] of Object.entries(described.paths ?? {})) {
    const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: "path",
      required: true,
      schema: { type: "string" },
    }));
    // Every name in a path must be declared; the generator knows only those that a schema checks.
    if (parameters.length > 0) Object.assign(item ?? {}, { parameters });
  }
  return described;
}
