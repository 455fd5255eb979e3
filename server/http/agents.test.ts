import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { cookieOf, type HttpDesk, openHttpDesk } from "../../test/support/http-desk.ts";
import type { Revoked } from "../desk/people/revocations.ts";

interface Person {
  id: string;
  role: string;
  name: string;
  email: string;
  sites: string[];
  invited: boolean;
  invitation?: string;
  token?: string;
}

const PASSWORD = "correct horse";

let desk: HttpDesk;
let owner: string;
let admin: string;
let revoked: Revoked[];

beforeAll(async () => {
  desk = await openHttpDesk();
  owner = desk.owner.cookie;
  admin = await session("ada@desk.example", { role: "admin", sites: [desk.shop.id] });
  desk.desk.sessions.onRevoked((one) => revoked.push(one));
});
beforeEach(() => {
  revoked = [];
});
afterAll(() => desk.close());

const add = (body: object, as = owner) => desk.ask<Person>("POST", "/api/agents", { as, body });
const change = (id: string, body: object, as = owner) => desk.ask<Person>("PATCH", `/api/agents/${id}`, { as, body });
const remove = (id: string, as = owner) => desk.ask("DELETE", `/api/agents/${id}`, { as });
const signIn = (email: string, password = PASSWORD) => desk.ask("POST", "/api/session", { body: { email, password } });
const list = async (as = owner) => (await desk.ask<{ items: Person[] }>("GET", "/api/agents", { as })).body.items;
const whoAmI = async (as: string) => (await desk.ask("GET", "/api/session", { as })).status;

async function session(email: string, more: object): Promise<string> {
  await add({ email, password: PASSWORD, ...more });
  return cookieOf(await signIn(email));
}

describe("an invitation", () => {
  test("is a link that works once and signs its guest in", async () => {
    const invited = await add({ email: "Mei@Desk.example", name: "Mei", role: "agent", sites: [desk.shop.id] });
    expect(invited.status).toBe(201);
    expect(invited.body).toMatchObject({ email: "mei@desk.example", invited: true, sites: [desk.shop.id] });
    const { token, invitation } = invited.body;
    expect(invitation).toBe(`https://desk.example/console/invitation?token=${token}`);
    const path = `/api/invitations/${token}`;
    expect((await desk.ask("GET", path)).body).toEqual({ email: "mei@desk.example", name: "Mei" });
    expect((await signIn("mei@desk.example")).status).toBe(401);

    const accept = () => desk.ask("POST", path, { body: { password: PASSWORD, role: "owner" } });
    const answers = await Promise.all([accept(), accept()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 404]);
    const came = answers.find(({ status }) => status === 201);
    expect(await whoAmI(came ? cookieOf(came) : "")).toBe(200);
    expect((await accept()).fault).toBe("not-found");
    expect((await list()).find(({ name }) => name === "Mei")).toMatchObject({ invited: false, role: "agent" });
  });

  test("that is empty, unknown, too old, or a sign-in link lets nobody in", async () => {
    const { body } = await add({ email: "late@desk.example" });
    const link = await desk.desk.sessions.mintSignIn(desk.owner.actor.key, 60_000);
    desk.clock.advance(8 * 24 * 60 * 60 * 1000);
    for (const token of [body.token, link, "in_unknown", "%20"]) {
      const answer = await desk.ask("POST", `/api/invitations/${token}`, { body: { password: PASSWORD } });
      expect(answer.fault).toBe("not-found");
    }
    expect((await desk.ask("POST", "/api/invitations/", { body: { password: PASSWORD } })).status).toBeGreaterThan(400);
  });

  test("sent again replaces the one before", async () => {
    const first = await add({ email: "twice@desk.example", name: "Twice" });
    const second = await add({ email: "twice@desk.example" });
    expect(second.body).toMatchObject({ id: first.body.id, name: "Twice" });
    const third = await desk.ask<Person>("POST", `/api/agents/${first.body.id}/invitation`, { as: owner });
    for (const [token, status] of [
      [first.body.token, 404],
      [second.body.token, 404],
      [third.body.token, 200],
    ] as const) {
      expect((await desk.ask("GET", `/api/invitations/${token}`)).status).toBe(status);
    }
  });

  test("is spent once its guest was given a password", async () => {
    const { token } = (await add({ email: "given@desk.example", name: "Given" })).body;
    expect((await add({ email: "given@desk.example", password: PASSWORD })).status).toBe(201);
    const path = `/api/invitations/${token}`;
    expect((await desk.ask("GET", path)).fault).toBe("not-found");
    expect((await desk.ask("POST", path, { body: { password: "taken over!" } })).fault).toBe("not-found");
    expect((await signIn("given@desk.example")).status).toBe(201);
  });

  test("lets who lost the password choose another, and ends what was open", async () => {
    const cookie = await session("lost@desk.example", {});
    const { id } = (await list()).find(({ email }) => email === "lost@desk.example") ?? { id: "" };
    const { token } = (await desk.ask<Person>("POST", `/api/agents/${id}/invitation`, { as: owner })).body;
    const accepted = await desk.ask("POST", `/api/invitations/${token}`, { body: { password: "found again" } });
    expect([accepted.status, await whoAmI(cookie), revoked.length]).toEqual([201, 401, 1]);
    expect((await signIn("lost@desk.example")).status).toBe(401);
    expect((await signIn("lost@desk.example", "found again")).status).toBe(201);
  });
});

describe("an address", () => {
  test("is one person's, whatever its case", async () => {
    await add({ email: "one@desk.example", password: PASSWORD });
    expect(await add({ email: "ONE@desk.example", password: PASSWORD })).toMatchObject({
      status: 400,
      body: { fault: { code: "invalid", field: "email" } },
    });
  });

  test("is free again when its owner has gone, whose sessions and keys end", async () => {
    const cookie = await session("gone@desk.example", { role: "admin" });
    const key = await desk.ask<{ id: string; token: string }>("POST", "/api/keys", {
      as: cookie,
      body: { name: "Mine", role: "admin" },
    });
    expect(await whoAmI(key.body.token)).toBe(200);
    const person = (await list()).find(({ email }) => email === "gone@desk.example");
    expect((await remove(person?.id ?? "")).status).toBe(204);
    expect([await whoAmI(cookie), await whoAmI(key.body.token)]).toEqual([401, 401]);
    expect(revoked).toHaveLength(2);
    expect((await list()).some(({ id }) => id === person?.id)).toBe(false);
    expect((await add({ email: "gone@desk.example" })).body.id).not.toBe(person?.id);
  });
});

describe("a role", () => {
  test("is never given by who has less", async () => {
    expect((await add({ email: "a1@desk.example", role: "owner" }, admin)).fault).toBe("forbidden");
    const { id } = (await add({ email: "a2@desk.example", sites: [desk.shop.id] })).body;
    expect((await change(id, { role: "owner" }, admin)).fault).toBe("forbidden");
    expect((await change(id, { role: "admin" }, admin)).body.role).toBe("admin");
    expect((await change(desk.owner.actor.id, { role: "agent" }, admin)).fault).toBe("forbidden");
    expect((await change(desk.owner.actor.id, { password: "taken over!" }, admin)).fault).toBe("forbidden");
  });

  test("that changes is felt at once, and ends what was open", async () => {
    const cookie = await session("felt@desk.example", { role: "admin" });
    const { id } = (await list()).find(({ email }) => email === "felt@desk.example") ?? { id: "" };
    await change(id, { role: "agent" });
    expect(revoked).toHaveLength(1);
    expect((await desk.ask("GET", "/api/keys", { as: cookie })).fault).toBe("forbidden");
  });

  test("of the last owner stays, until there is another who can come in", async () => {
    const { id } = desk.owner.actor;
    const invited = await add({ email: "second@desk.example", role: "owner" });
    expect((await change(id, { role: "admin" })).fault).toBe("forbidden");
    expect((await remove(id)).fault).toBe("forbidden");
    await desk.ask("POST", `/api/invitations/${invited.body.token}`, { body: { password: PASSWORD } });
    expect((await remove(invited.body.id)).status).toBe(204);
    expect((await remove(id)).fault).toBe("forbidden");
  });
});

describe("an admin", () => {
  test("sees and places people on their own sites only", async () => {
    const elsewhere = (await add({ email: "cafe@desk.example", sites: [desk.cafe.id] })).body;
    const both = (await add({ email: "both@desk.example", sites: [desk.shop.id, desk.cafe.id] })).body;
    const seen = await list(admin);
    expect(seen.some(({ id }) => id === elsewhere.id)).toBe(false);
    expect(seen.find(({ id }) => id === both.id)?.sites).toEqual([desk.shop.id]);
    expect((await change(elsewhere.id, { name: "Mine" }, admin)).fault).toBe("not-found");
    expect((await remove(both.id, admin)).fault).toBe("forbidden");
    expect((await add({ email: "b1@desk.example", sites: [desk.cafe.id] }, admin)).fault).toBe("not-found");
    const own = await add({ email: "b2@desk.example" }, admin);
    expect(own.body.sites).toEqual([desk.shop.id]);
  });

  test("has the site that they add", async () => {
    const site = await desk.ask<{ id: string }>("POST", "/api/sites", { as: admin, body: { name: "Annex" } });
    expect(site.status).toBe(201);
    expect((await desk.ask("GET", `/api/sites/${site.body.id}`, { as: admin })).status).toBe(200);
  });
});

test("Anybody may change their own name, and nothing else of themselves", async () => {
  const cookie = await session("self@desk.example", { role: "agent" });
  const me = (await list()).find(({ email }) => email === "self@desk.example")?.id ?? "";
  expect((await change(me, { name: "Self" }, cookie)).body).toMatchObject({ name: "Self", role: "agent" });
  expect((await change(me, { role: "admin" }, cookie)).fault).toBe("forbidden");
  expect((await change(me, { sites: [] }, cookie)).fault).toBe("forbidden");
  expect((await change(me, { password: "another one" }, cookie)).fault).toBe("invalid");
});
