import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { cookieOf, type HttpDesk, openHttpDesk } from "../../test/support/http-desk.ts";
import type { Revoked } from "../desk/people/revocations.ts";
import { SESSION_LASTS_MS, sessionId } from "../desk/people/sessions.ts";

const PASSWORD = "correct horse";
const EMAIL = "ana@desk.example";

let desk: HttpDesk;
let key: number;
let revoked: Revoked[];

beforeAll(async () => {
  desk = await openHttpDesk();
  const { shop, owner } = desk;
  const person = await desk.desk.people.add(owner.actor, {
    email: EMAIL,
    name: "Ana",
    role: "agent",
    password: PASSWORD,
  });
  key = (await desk.desk.agents.memberOf(shop.key, person.id))?.key ?? 0;
  desk.desk.sessions.onRevoked((one) => revoked.push(one));
});
beforeEach(() => {
  revoked = [];
});
afterAll(() => desk.close());

const signIn = (body: object = { email: EMAIL, password: PASSWORD }) =>
  desk.ask<{ agent: object }>("POST", "/api/session", { body });
const whoAmI = (as: string) => desk.ask("GET", "/api/session", { as });

test("Signing in gives a cookie that no script reads, and says who one is", async () => {
  const answer = await signIn();
  expect(answer.status).toBe(201);
  expect(answer.body.agent).toMatchObject({
    name: "Ana",
    email: EMAIL,
    role: "agent",
    sites: [expect.any(String), expect.any(String)],
  });
  expect(answer.headers.get("set-cookie")).toMatch(
    /^deskbell_session=\w{40,}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
  expect((await whoAmI(cookieOf(answer))).body).toEqual(answer.body);
});

test("A wrong password and an unknown address are refused in the same words", async () => {
  const wrong = await signIn({ email: EMAIL, password: "wrong horse" });
  const unknown = await signIn({ email: "nobody@desk.example", password: PASSWORD });
  expect(wrong.fault).toBe("unauthorized");
  expect(unknown.body).toEqual(wrong.body);
});

test.each([
  {},
  { email: EMAIL },
  { email: [EMAIL], password: PASSWORD },
  { email: { $ne: null }, password: { $ne: null } },
])("What is no sign-in, as %j, is invalid", async (body) => {
  expect((await signIn(body)).fault).toBe("invalid");
});

test("Signing out ends the session and tells whoever holds its connections", async () => {
  const cookie = cookieOf(await signIn());
  const out = await desk.ask("DELETE", "/api/session", { as: cookie });
  expect(out.status).toBe(204);
  expect((await whoAmI(cookie)).status).toBe(401);
  expect(revoked).toEqual([{ agent: key, session: sessionId(cookie.split("=")[1] ?? "") }]);
});

test("A session that is used lives on, and one that is not ends after 30 days", async () => {
  const [used, left] = [cookieOf(await signIn()), cookieOf(await signIn())];
  for (let n = 0; n < 3; n++) {
    desk.clock.advance(SESSION_LASTS_MS / 2.5);
    expect((await whoAmI(used)).status).toBe(200);
    // That it was used is written behind the answer.
    await desk.store.write(async () => {});
  }
  expect((await whoAmI(left)).status).toBe(401);
});

test("A sign-in link works once, and not for ever", async () => {
  const token = await desk.desk.sessions.mintSignIn(key, 60_000);
  const [first, second] = await Promise.all([signIn({ token }), signIn({ token })]);
  expect([first.status, second.status].sort()).toEqual([201, 401]);
  const late = await desk.desk.sessions.mintSignIn(key, 60_000);
  desk.clock.advance(60_001);
  expect((await signIn({ token: late })).status).toBe(401);
});

describe("one's own profile", () => {
  test("takes a name and settings, and no role", async () => {
    const cookie = cookieOf(await signIn());
    const body = { name: "Ana Lu", settings: { keys: false }, role: "owner", sites: [], kind: "key" };
    const changed = await desk.ask<{ agent: object }>("PATCH", "/api/session", { as: cookie, body });
    expect(changed.body.agent).toMatchObject({ name: "Ana Lu", settings: { keys: false }, role: "agent" });
  });

  test("takes a new password from who knows the old one, and ends all other sessions", async () => {
    const [here, there] = [cookieOf(await signIn()), cookieOf(await signIn())];
    const change = (body: object) => desk.ask("PATCH", "/api/session", { as: here, body });
    expect((await change({ password: "new password", current: "wrong" })).fault).toBe("forbidden");
    expect((await change({ password: "new password" })).fault).toBe("forbidden");
    expect((await change({ password: "short", current: PASSWORD })).fault).toBe("invalid");
    expect((await change({ password: "new password", current: PASSWORD })).status).toBe(200);
    expect([(await whoAmI(here)).status, (await whoAmI(there)).status]).toEqual([200, 401]);
    expect(revoked).toEqual([{ agent: key }]);
    expect((await signIn()).status).toBe(401);
    await change({ password: PASSWORD, current: "new password" });
  });
});

describe("a write with a cookie", () => {
  const write = async (headers: Record<string, string>, body = "{}") =>
    desk.ask("PATCH", "/api/session", { as: cookieOf(await signIn()), headers, body });

  test.each([
    ["our own pages", { "sec-fetch-site": "same-origin", origin: "https://desk.example" }, 200],
    ["our own origin, in an old browser", { origin: "https://desk.example" }, 200],
    ["a program", {}, 200],
    ["another site", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }, 403],
    ["another site, in an old browser", { origin: "https://evil.example" }, 403],
    ["a sister domain", { "sec-fetch-site": "same-site", origin: "https://evil.desk.example" }, 403],
    ["a sandbox", { origin: "null" }, 403],
    ["an origin that begins like ours", { origin: "https://desk.example.evil.example" }, 403],
    ["a form", { "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" }, 400],
    ["plain text", { "content-type": "text/plain" }, 400],
  ])("from %s hears %o", async (_, headers, status) => {
    expect((await write(headers)).status).toBe(status);
  });

  test("may as well not sign anybody in from another site", async () => {
    const headers = { origin: "https://evil.example" };
    const answer = await desk.ask("POST", "/api/session", { headers, body: { email: EMAIL, password: PASSWORD } });
    expect(answer.fault).toBe("forbidden");
  });
});

test("A key that is wrong is not made up for by a cookie", async () => {
  const as = cookieOf(await signIn());
  const answer = await desk.ask("GET", "/api/session", { as, headers: { authorization: "Bearer ak_wrong" } });
  expect(answer.status).toBe(401);
});
