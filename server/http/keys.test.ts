import { afterAll, beforeAll, expect, test } from "vitest";
import { type HttpDesk, openHttpDesk } from "../../test/support/http-desk.ts";

interface Key {
  id: string;
  role: string;
  sites: string[];
  token: string;
}

let desk: HttpDesk;
let owner: string;

beforeAll(async () => {
  desk = await openHttpDesk();
  owner = desk.owner.cookie;
});
afterAll(() => desk.close());

const make = (body: object, as = owner) => desk.ask<Key>("POST", "/api/keys", { as, body });
const sitesOf = async (as: string) => {
  const { body } = await desk.ask<{ items: { id: string }[] }>("GET", "/api/sites", { as });
  return body.items.map(({ id }) => id);
};
const list = async (as: string) => (await desk.ask<{ items: Key[] }>("GET", "/api/keys", { as })).body.items;

test("A key's token is shown once, and is an agent of its own", async () => {
  const { status, body } = await make({ name: "Robot", role: "agent", sites: [desk.cafe.id] });
  expect([status, body.token]).toEqual([201, expect.stringMatching(/^ak_\w{43}$/)]);
  const listed = (await list(owner)).find(({ id }) => id === body.id);
  expect(listed).toMatchObject({ role: "agent", sites: [desk.cafe.id], creator: { name: "Olga" } });
  expect(listed).not.toHaveProperty("token");
  expect((await desk.ask("GET", "/api/session", { as: body.token })).body).toMatchObject({
    agent: { id: body.id, name: "Robot" },
  });
  expect(await sitesOf(body.token)).toEqual([desk.cafe.id]);
});

test("A key without sites follows its maker's, also to sites that come later", async () => {
  const { body } = await make({ name: "Follower", role: "admin" });
  const site = await desk.ask<{ id: string }>("POST", "/api/sites", { as: owner, body: { name: "Later" } });
  expect(await sitesOf(body.token)).toContain(site.body.id);
});

test("A key that adds a site has it", async () => {
  const { body } = await make({ name: "Builder", role: "admin", sites: [desk.shop.id] });
  const site = await desk.ask<{ id: string }>("POST", "/api/sites", { as: body.token, body: { name: "Built" } });
  expect(await sitesOf(body.token)).toEqual([desk.shop.id, site.body.id]);
});

test("A key makes none above itself, nor for sites that are not its own", async () => {
  const admin = (await make({ name: "Admin", role: "admin", sites: [desk.shop.id] })).body.token;
  expect((await make({ name: "Up", role: "owner" }, admin)).fault).toBe("forbidden");
  expect((await make({ name: "Out", role: "agent", sites: [desk.cafe.id] }, admin)).fault).toBe("not-found");
  const child = await make({ name: "Child", role: "admin" }, admin);
  expect(await sitesOf(child.body.token)).toEqual([desk.shop.id]);
});

test("A key can do no more than its maker can now", async () => {
  const person = await desk.desk.people.add(desk.owner.actor, { email: "max@desk.example", role: "admin" });
  const maker = await desk.desk.agents.memberOf(desk.shop.key, person.id);
  const { token } = await desk.desk.keys.make(maker ?? desk.owner.actor, { name: "Max's", role: "admin" });
  expect((await desk.ask("GET", "/api/keys", { as: token })).status).toBe(200);
  await desk.ask("PATCH", `/api/agents/${person.id}`, { as: owner, body: { role: "agent", sites: [desk.cafe.id] } });
  expect((await desk.ask("GET", "/api/keys", { as: token })).fault).toBe("forbidden");
  expect(await sitesOf(token)).toEqual([desk.cafe.id]);
});

test("A key that is removed opens nothing, and its connections end", async () => {
  const revoked: unknown[] = [];
  const stop = desk.desk.sessions.onRevoked((one) => revoked.push(one));
  const { body } = await make({ name: "Short", role: "agent" });
  expect((await desk.ask("DELETE", `/api/keys/${body.id}`, { as: owner })).status).toBe(204);
  expect((await desk.ask("GET", "/api/session", { as: body.token })).status).toBe(401);
  expect(revoked).toHaveLength(1);
  expect((await desk.ask("DELETE", `/api/keys/${body.id}`, { as: owner })).fault).toBe("not-found");
  stop();
});

test("A person is no key, nor a key a person", async () => {
  const person = desk.owner.actor.id;
  expect((await desk.ask("DELETE", `/api/keys/${person}`, { as: owner })).fault).toBe("not-found");
  const { body } = await make({ name: "Thing", role: "agent" });
  expect((await desk.ask("DELETE", `/api/agents/${body.id}`, { as: owner })).fault).toBe("not-found");
});
