import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CAFE, SHOP } from "../../test/support/desk.ts";
import { type HttpDesk, openHttpDesk } from "../../test/support/http-desk.ts";

let desk: HttpDesk;
let base: string;

beforeAll(async () => {
  desk = await openHttpDesk();
  base = `/api/widget/${desk.shop.publicKey}`;
});
afterAll(() => desk.close());

const from = (origin: string) => ({ headers: { origin } });
const HOME = { headers: { origin: "https://desk.example" } };

describe("the widget's configuration", () => {
  test("is what the site set, for its own pages", async () => {
    const answer = await desk.ask("GET", base, from(SHOP));
    expect(answer.body).toEqual({
      site: desk.shop.id,
      key: desk.shop.publicKey,
      name: "Shop",
      locales: ["en", "zh-Hans", "zh-Hant"],
      theme: {},
      mode: "neutral",
      files: { types: ["image", "pdf", "text", "office", "archive"], megabytes: 10 },
      availability: { state: "away", agents: [] },
    });
    expect(answer.headers.get("access-control-allow-origin")).toBe(SHOP);
    expect(answer.headers.get("vary")).toContain("Origin");
    expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
  });

  test("shows the console where it was last loaded", async () => {
    await desk.ask("GET", base, from(SHOP));
    const path = `/api/sites/${desk.shop.id}/install`;
    await expect
      .poll(async () => (await desk.ask("GET", path, { as: desk.owner.cookie })).body)
      .toMatchObject({
        snippet: `<script async src="https://desk.example/widget.js" data-site="${desk.shop.publicKey}"></script>`,
        csp: "script-src https://desk.example; connect-src https://desk.example wss://desk.example; img-src https://desk.example",
        origins: [SHOP],
        seen: [{ origin: SHOP }],
      });
  });

  test("of an unknown key is not found", async () => {
    expect((await desk.ask("GET", "/api/widget/pk_unknownunknown", from(SHOP))).fault).toBe("not-found");
  });
});

describe.each(["GET", "POST", "OPTIONS", "PUT"])("%s", (method) => {
  test.each([
    CAFE,
    "https://shop.example.evil.example",
    "https://evil-shop.example",
    "http://shop.example",
    "https://shop.example:8443",
    "https://sub.shop.example",
    "https://shop.example/",
    "HTTPS://SHOP.EXAMPLE",
    "null",
    "",
  ])("from %j is forbidden, and cannot be read there", async (origin) => {
    const answer = await desk.ask(method, `${base}/visitors`, from(origin));
    expect(answer.fault).toBe("forbidden");
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  });
});

test("A preflight from the site's page is answered", async () => {
  const headers = {
    origin: SHOP,
    "access-control-request-method": "POST",
    "access-control-request-headers": "authorization,content-type",
  };
  const answer = await desk.ask("OPTIONS", `${base}/commands`, { headers });
  expect(answer.status).toBe(204);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "access-control-allow-origin": SHOP,
    "access-control-allow-headers": "authorization,content-type",
    "access-control-allow-methods": "GET, POST, DELETE, OPTIONS",
  });
});

test("Without an origin one may read what is public, and nothing else", async () => {
  expect((await desk.ask("GET", base)).status).toBe(200);
  expect((await desk.ask("POST", `${base}/visitors`, { body: {} })).fault).toBe("forbidden");
  expect((await desk.ask("POST", `${base}/commands`, { body: {} })).fault).toBe("forbidden");
});

test("A refusal can be read by the page it is for", async () => {
  const answer = await desk.ask("POST", `${base}/visitors`, { ...from(SHOP), body: { token: "vt_unknown" } });
  expect([answer.status, answer.fault]).toEqual([401, "unauthorized"]);
  expect(answer.headers.get("access-control-allow-origin")).toBe(SHOP);
});

test.each([
  ["GET", "/nothing"],
  ["PUT", "/visitors"],
  ["DELETE", ""],
])("What is not there is not found, and nobody is asked to sign in: %s %s", async (method, path) => {
  const answer = await desk.ask(method, `${base}${path}`, from(SHOP));
  expect([answer.status, answer.fault]).toEqual([404, "not-found"]);
  expect(answer.headers.get("access-control-allow-origin")).toBe(SHOP);
});

test("That too much was sent can be read by the page as well", async () => {
  const long = { ...from(SHOP), body: { text: "x".repeat(70_000) } };
  const answer = await desk.ask("POST", `${base}/commands`, long);
  expect([answer.status, answer.fault]).toEqual([413, "too-large"]);
  expect(answer.headers.get("access-control-allow-origin")).toBe(SHOP);
});

test("A site's new origin counts at once, and one that is taken off no longer", async () => {
  const change = (origins: string[]) =>
    desk.ask("PATCH", `/api/sites/${desk.shop.id}`, { as: desk.owner.cookie, body: { origins } });
  const NEW = "http://localhost:4000";
  expect((await desk.ask("GET", base, from(NEW))).status).toBe(403);
  await change([SHOP, `${NEW}/`]);
  expect((await desk.ask("GET", base, from(NEW))).status).toBe(200);
  expect(await desk.desk.sites.anySiteLists(NEW)).toBe(true);
  await change([SHOP]);
  expect((await desk.ask("GET", base, from(NEW))).status).toBe(403);
  for (const odd of [
    "https://*.shop.example",
    "ftp://shop.example",
    "shop.example",
    "https://shop.example/path",
    "*",
    "null",
  ]) {
    expect((await change([odd])).fault).toBe("invalid");
  }
});

describe("visitors", () => {
  const visitors = (body: object, origin = SHOP) =>
    desk.ask<{ token: string; visitor: object }>("POST", `${base}/visitors`, { ...from(origin), body });

  test("are new without anything, and themselves with their token", async () => {
    const first = await visitors({});
    expect([first.status, first.body.token]).toEqual([201, expect.stringMatching(/^vt_/)]);
    const again = await visitors({ token: first.body.token });
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect((await desk.ask("POST", `${base}/visitors`, { ...HOME, body: {} })).status).toBe(201);
  });

  test("are whom the site signed for", async () => {
    const identity = await new SignJWT({ sub: "u1", name: "Ana" })
      .setProtectedHeader({ alg: "HS256" })
      .setExpirationTime(desk.clock.now() / 1000 + 60)
      .sign(new TextEncoder().encode(desk.shop.secret));
    expect((await visitors({ identity })).body.visitor).toMatchObject({ name: "Ana", verified: true });
    const elsewhere = { ...from(CAFE), body: { identity } };
    const cafe = await desk.ask("POST", `/api/widget/${desk.cafe.publicKey}/visitors`, elsewhere);
    expect(cafe.fault).toBe("unauthorized");
  });

  test.each([{ identity: ["x"] }, { identity: { sub: "u1" } }, { identity: true }])(
    "who bring %j are refused, not somebody",
    async (body) => {
      expect((await visitors(body)).fault).toBe("invalid");
    },
  );

  test.each([{ token: "" }, { token: "x" }, { token: ["vt_x"] }, { token: 1 }, { token: { $ne: null } }])(
    "who bring %j bring a token that nobody has",
    async (body) => {
      expect((await visitors(body)).fault).toBe("unauthorized");
    },
  );

  test.each([{ identity: "" }, { identity: null }, { identity: "", token: null }])(
    "who bring %j bring nothing",
    async (body) => {
      expect((await visitors(body)).body.visitor).toMatchObject({ verified: false });
    },
  );
});
