import { Hono } from "hono";
import type { Accounts } from "../desk/people/accounts.ts";
import type { Added } from "../desk/people/people.ts";
import { NewPerson, PersonChange } from "../desk/people/person-input.ts";
import { body, describes } from "./describe.ts";
import type { HttpEnv } from "./env.ts";
import type { RouteParts } from "./parts.ts";
import { AddedBody, list, PersonBody, toPerson } from "./people-shapes.ts";

/** `/api/agents`: the people who answer. */
export function createAgentRoutes({ people }: Pick<Accounts, "people">, { home }: RouteParts): Hono<HttpEnv> {
  const added = ({ invitation: token, ...person }: Added) => ({
    ...toPerson(person),
    ...(token !== undefined && { invitation: `${home()}/console/invitation?token=${token}`, token }),
  });

  return new Hono<HttpEnv>()
    .get("/", describes("Who answers for my sites", { 200: list(PersonBody) }), async (c) =>
      c.json({ items: (await people.list(c.var.agent)).map(toPerson) }),
    )
    .post(
      "/",
      describes("Add somebody: with a password, or with an invitation", { 201: AddedBody }),
      body(NewPerson),
      async (c) => c.json(added(await people.add(c.var.agent, c.req.valid("json"))), 201),
    )
    .patch(
      "/:id",
      describes("Change somebody's name, role, sites or password", { 200: PersonBody }),
      body(PersonChange),
      async (c) => c.json(toPerson(await people.change(c.var.agent, c.req.param("id"), c.req.valid("json")))),
    )
    .delete("/:id", describes("Remove somebody", { 204: "Removed" }), async (c) => {
      await people.remove(c.var.agent, c.req.param("id"));
      return c.body(null, 204);
    })
    .post("/:id/invitation", describes("A new link for somebody who cannot come in", { 201: AddedBody }), async (c) =>
      c.json(added(await people.invite(c.var.agent, c.req.param("id"))), 201),
    );
}
