import { Hono } from "hono";
import type { Accounts } from "../desk/people/accounts.ts";
import { NewKey } from "../desk/people/person-input.ts";
import { body, describes } from "./describe.ts";
import type { HttpEnv } from "./env.ts";
import { KeyBody, list, MadeKeyBody, toKey } from "./people-shapes.ts";

/** `/api/keys`: for programs. */
export function createKeyRoutes({ keys }: Pick<Accounts, "keys">): Hono<HttpEnv> {
  return new Hono<HttpEnv>()
    .get("/", describes("API keys", { 200: list(KeyBody) }), async (c) =>
      c.json({ items: (await keys.list(c.var.agent)).map(toKey) }),
    )
    .post(
      "/",
      describes("Make an API key; its token is shown this once", { 201: MadeKeyBody }),
      body(NewKey),
      async (c) => c.json(toKey(await keys.make(c.var.agent, c.req.valid("json"))), 201),
    )
    .delete("/:id", describes("Remove an API key", { 204: "Removed" }), async (c) => {
      await keys.remove(c.var.agent, c.req.param("id"));
      return c.body(null, 204);
    });
}
