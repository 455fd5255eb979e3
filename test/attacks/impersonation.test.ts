import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mintId } from "../../server/store/ids.ts";
import { SHOP } from "../support/desk.ts";
import { type Answer, openTarget, type Target } from "./target.ts";

let target: Target;
/** Ana, whom the site signs for, with a conversation of her own. */
let ana: { id: string; token: string; conversation: string };
beforeAll(async () => {
  target = await openTarget();
  const { body } = await identify({ identity: await target.sign({ sub: "ana", email: "ana@example.com" }) });
  const conversation = mintId();
  await command(body.token, { type: "post", conversation, id: mintId(), text: "My secret order" });
  ana = { id: body.visitor.id, token: body.token, conversation };
});
afterAll(() => target.close());

const widget = (path: string) => `/api/widget/${target.shop.publicKey}${path}`;
const identify = (body: unknown) => target.ask("POST", widget("/visitors"), { headers: { origin: SHOP }, body });
const command = (token: string, body: unknown) =>
  target.ask("POST", widget("/commands"), { headers: { origin: SHOP }, as: token, body });
const logOut = (token: string) => target.ask("DELETE", widget("/visitors"), { headers: { origin: SHOP }, as: token });
const isAna = (answer: Answer) => answer.body?.visitor?.id === ana.id;

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const inAnHour = () => Math.floor(Date.now() / 1000) + 600;

describe("an identity that is none", () => {
  test.each([[{ identity: "" }], [{ identity: null }], [{}], [{ identity: "", token: null }]])(
    "as %j is somebody new and unverified",
    async (body) => {
      const answer = await identify(body);
      expect(answer.status).toBe(201);
      expect(answer.body.visitor).toEqual({ id: expect.any(String), verified: false });
      expect(isAna(answer)).toBe(false);
    },
  );

  test.each([[["ana"]], [{ sub: "ana" }], [true], [7], ["null"], ["undefined"], [" "], ["a.b.c"]])(
    "as %j is refused",
    async (identity) => {
      expect((await identify({ identity })).fault).toMatch(/^(invalid|unauthorized)$/);
    },
  );

  test("in upper case is refused", async () => {
    const identity = (await target.sign({ sub: "ana" })).toUpperCase();
    expect((await identify({ identity })).fault).toBe("unauthorized");
  });
});

describe("what is not said to be JSON", () => {
  const types = ["text/plain;charset=UTF-8", "application/x-www-form-urlencoded", "application/json-seq", ""];
  test.each(types)("as %s is not read, and nobody is somebody new for that", async (type) => {
    const { token } = (await identify({})).body;
    const headers = { origin: SHOP, "content-type": type };
    for (const body of [{ token }, { identity: await target.sign({ sub: "ana" }) }]) {
      const answer = await target.ask("POST", widget("/visitors"), { headers, body });
      expect([answer.status, answer.fault]).toEqual([400, "invalid"]);
    }
  });

  test("changes nothing by a key either, and says so", async () => {
    const made = { name: "Robot", role: "owner" };
    const { token } = (await target.ask("POST", "/api/keys", { as: target.ownerCookie, body: made })).body;
    const change = { as: token, headers: { "content-type": "text/plain" }, body: { name: "Renamed" } };
    expect((await target.ask("PATCH", `/api/sites/${target.shop.id}`, change)).fault).toBe("invalid");
  });

  test("is none where there is no body", async () => {
    const nothing = { headers: { origin: SHOP, "content-type": "text/plain" } };
    expect((await target.ask("POST", widget("/visitors"), nothing)).status).toBe(201);
  });
});

describe("a forged identity", () => {
  const claims = () => ({ sub: "ana", exp: inAnHour() });
  const forged: [string, () => string | Promise<string>][] = [
    ["alg none", () => `${part({ alg: "none" })}.${part(claims())}.`],
    ["alg NONE, with a signature", () => `${part({ alg: "NONE" })}.${part(claims())}.AAAA`],
    ["no alg", () => `${part({ typ: "JWT" })}.${part(claims())}.AAAA`],
    ["a public key as secret", () => target.sign({ sub: "ana" }, { secret: target.shop.publicKey })],
    ["an empty secret", async () => `${part({ alg: "HS256" })}.${part(claims())}.`],
    ["another site's secret", () => target.sign({ sub: "ana" }, { secret: target.cafe.secret })],
    ["kid up the tree", () => `${part({ alg: "HS256", kid: "../../dev/null" })}.${part(claims())}.AAAA`],
    ["a jku elsewhere", () => `${part({ alg: "RS256", jku: "https://evil.example/jwks" })}.${part(claims())}.AAAA`],
    ["a key of its own", () => `${part({ alg: "HS256", jwk: { kty: "oct", k: "AAAA" } })}.${part(claims())}.AAAA`],
    ["a critical header", () => `${part({ alg: "HS256", crit: ["b64"], b64: false })}.${part(claims())}.AAAA`],
    ["an exp in the past", () => target.sign({ sub: "ana" }, { seconds: -60 })],
    ["an exp next year", () => target.sign({ sub: "ana" }, { seconds: 365 * 86400 })],
    ["no time yet", () => target.sign({ sub: "ana", nbf: inAnHour() })],
  ];
  test.each(forged)("with %s is refused", async (_, make) => {
    const answer = await identify({ identity: await make() });
    expect(answer.fault).toBe("unauthorized");
    expect(answer.text).not.toContain(ana.id);
  });

  test("whose claims were changed after it was signed is refused", async () => {
    const [head, , signature] = (await target.sign({ sub: "eve" })).split(".");
    expect((await identify({ identity: `${head}.${part({ sub: "ana", exp: inAnHour() })}.${signature}` })).fault).toBe(
      "unauthorized",
    );
  });
});

describe("a secret", () => {
  test("that is rotated counts until it is retired, beside the new one, and then no more", async () => {
    const { ownerCookie: as, shop } = target;
    const old = shop.secret;
    const rotated = await target.ask("POST", `/api/sites/${shop.id}/secret`, { as, body: {} });
    expect(rotated.status).toBe(201);
    expect(rotated.body.secret).not.toBe(old);
    const signed = async (secret: string) => identify({ identity: await target.sign({ sub: "bo" }, { secret }) });
    expect((await signed(old)).body.visitor.verified).toBe(true);
    expect((await signed(rotated.body.secret)).body.visitor.verified).toBe(true);
    await target.ask("DELETE", `/api/sites/${shop.id}/secret`, { as });
    expect((await signed(old)).fault).toBe("unauthorized");
    expect((await signed(rotated.body.secret)).status).toBe(201);
  });

  test("that leaked is dead at once where the owner says so, and after a second rotation the first is dead", async () => {
    const { ownerCookie: as, cafe } = target;
    const rotate = (body: object) => target.ask("POST", `/api/sites/${cafe.id}/secret`, { as, body });
    const valid = async (secret: string) =>
      (
        await target.ask("POST", `/api/widget/${cafe.publicKey}/visitors`, {
          headers: { origin: "https://cafe.example" },
          body: { identity: await target.sign({ sub: "bo" }, { secret }) },
        })
      ).status < 400;
    const second = (await rotate({ until: new Date(0).toISOString() })).body.secret;
    expect(await valid(cafe.secret)).toBe(false);
    const third = (await rotate({})).body.secret;
    expect([await valid(second), await valid(third)]).toEqual([true, true]);
    const fourth = (await rotate({})).body.secret;
    expect([await valid(second), await valid(third), await valid(fourth)]).toEqual([false, true, true]);
    expect((await rotate({ until: "2999-01-01T00:00:00.000Z" })).fault).toBe("invalid");
  });
});

describe("a sign-in", () => {
  test("is not shared with who is connected by the anonymous token already: they hear nothing that comes after", async () => {
    const { token } = (await identify({})).body;
    const stranger = target.dialVisitor({ token });
    await stranger.answer;
    const ended = stranger.ended();
    const secret = (await target.desk.sites.byKey(target.shop.key))?.secret ?? "";
    const identity = await target.sign({ sub: "noa" }, { secret });
    const signed = (await identify({ identity, token })).body;
    expect(signed.visitor.verified).toBe(true);
    expect(await ended).toBeLessThan(5_000);
    expect(await target.dialVisitor({ token }).answer).not.toHaveProperty("hello");
    expect(await target.dialVisitor({ token: signed.token }).answer).toHaveProperty("hello");
  });
});

describe("a logout", () => {
  const secret = async () => (await target.desk.sites.byKey(target.shop.key))?.secret ?? "";

  test.each([
    ["a jti", { jti: "one" }],
    ["no jti", {}],
  ])("revokes an identity with %s: a replay is refused", async (_, more) => {
    const claims = { sub: `lea ${_}`, ...more };
    const identity = await target.sign(claims, { secret: await secret() });
    const { token } = (await identify({ identity })).body;
    expect((await identify({ identity, token })).status).toBe(200);
    expect((await logOut(token)).status).toBe(204);
    expect((await identify({ identity })).fault).toBe("unauthorized");
    expect((await identify({ identity, token })).fault).toBe("unauthorized");
    expect((await command(token, { type: "contact", name: "Still here" })).fault).toBe("unauthorized");
    // Another one that the site signs is welcome.
    const fresh = await target.sign({ ...claims, jti: mintId() }, { secret: await secret() });
    expect((await identify({ identity: fresh })).body.visitor.verified).toBe(true);
  });

  test("cannot be got around by writing the same signature in another way", async () => {
    const identity = await target.sign({ sub: "max" }, { secret: await secret() });
    const { token } = (await identify({ identity })).body;
    await logOut(token);
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (const last of alphabet) {
      expect((await identify({ identity: identity.slice(0, -1) + last })).fault).toBe("unauthorized");
    }
    expect((await identify({ identity: `${identity}=` })).fault).toBe("unauthorized");
  });

  test("ends the connections of that browser, and of no other", async () => {
    const identity = await target.sign({ sub: "kim" }, { secret: await secret() });
    const [here, there] = [(await identify({ identity })).body.token, (await identify({ identity })).body.token];
    const [one, other] = [target.dialVisitor({ token: here }), target.dialVisitor({ token: there })];
    await Promise.all([one.answer, other.answer]);
    const ended = one.ended();
    await logOut(here);
    expect(await ended).toBeLessThan(5_000);
    expect(other.socket.connected).toBe(true);
  });

  test("and another account in the same browser: nothing of the first remains", async () => {
    const first = await identify({ identity: await target.sign({ sub: "pia" }, { secret: await secret() }) });
    const conversation = mintId();
    await command(first.body.token, { type: "post", conversation, id: mintId(), text: "Pia's words" });
    await logOut(first.body.token);
    // Without a logout in between, with the first one's token still at hand, it is the same.
    for (const token of [undefined, first.body.token, ana.token]) {
      const identity = await target.sign({ sub: `quinn ${token}`.slice(0, 40) }, { secret: await secret() });
      const second = await identify({ identity, ...(token && { token }) });
      expect([first.body.visitor.id, ana.id]).not.toContain(second.body.visitor.id);
      const line = target.dialVisitor({ token: second.body.token });
      const greeted = (await line.answer) as { hello: { conversations: unknown[]; events: unknown[] } };
      expect(greeted.hello).toMatchObject({ conversations: [], events: [] });
    }
  });

  test("with a token that is nobody's, or of another site, changes nothing", async () => {
    expect((await logOut("vt_nobody000000000000000000000000000")).status).toBe(204);
    const headers = { origin: "https://cafe.example" };
    await target.ask("DELETE", `/api/widget/${target.cafe.publicKey}/visitors`, { headers, as: ana.token });
    expect((await command(ana.token, { type: "contact" })).status).toBe(200);
  });
});

test("An unverified visitor who names a verified one's e-mail is not them", async () => {
  const { body } = await identify({});
  await command(body.token, { type: "contact", name: "Ana", email: "ana@example.com" });
  const line = target.dialVisitor({ token: body.token });
  const { hello } = (await line.answer) as { hello: { visitor: object; conversations: unknown[] } };
  expect(hello.visitor).toMatchObject({ verified: false });
  expect(hello.conversations).toEqual([]);
});

describe("another's conversation", () => {
  const next = (id: string) => id.slice(0, -1) + ((Number.parseInt(id.slice(-1), 16) + 1) % 16).toString(16);
  const ids = (): unknown[] => [
    ana.conversation,
    next(ana.conversation),
    [ana.conversation],
    { $ne: null },
    { id: ana.conversation },
    1,
    "1 or 1=1",
    `${ana.conversation}\u0000`,
    ana.conversation.toUpperCase(),
  ];

  test("is as little there for sync, read, rate, resolve and post as one that does not exist", async () => {
    const stranger = await target.visitor();
    for (const conversation of ids()) {
      const isId = conversation === ana.conversation || conversation === next(ana.conversation);
      for (const asked of [
        { type: "sync", after: 0 },
        { type: "read", seq: 1 },
        { type: "rate", episode: 1, solved: true },
        { type: "resolve" },
      ]) {
        const answer = await command(stranger, { ...asked, conversation });
        expect(answer.fault).toBe(isId ? "not-found" : "invalid");
        expect(answer.text).not.toContain("secret order");
      }
    }
    const post = { type: "post", conversation: ana.conversation, id: mintId(), text: "Let me in" };
    expect((await command(stranger, post)).fault).toBe("not-found");
  });

  test("is not found either while it is fresh in memory: right after its visitor wrote in it", async () => {
    const stranger = await target.visitor();
    const post = () => ({ type: "post", conversation: ana.conversation, id: mintId(), text: "One more" });
    for (const token of [ana.token, stranger, ana.token, stranger]) {
      const answer = await command(token, post());
      expect(answer.fault).toBe(token === stranger ? "not-found" : undefined);
    }
  });

  test("hears no typing of a stranger, and tells them nothing", async () => {
    const [own, stranger] = [target.dialVisitor({ token: ana.token }), target.dialVisitor({})];
    await Promise.all([own.answer, stranger.answer]);
    stranger.socket.emit("pulse", { type: "typing", conversation: ana.conversation, on: true });
    const { ok } = await own.send({ type: "post", conversation: ana.conversation, id: mintId(), text: "Again" });
    expect(ok).toBe(true);
    await stranger.send({ type: "contact" });
    expect(own.heard.filter(({ payload }) => (payload as { type?: string }).type === "typing")).toEqual([]);
    expect(stranger.heard.filter(({ name }) => name === "event")).toEqual([]);
  });

  test("is not opened by naming it in since, nor its events by path", async () => {
    const stranger = target.dialVisitor({ since: { [ana.conversation]: 0 } });
    const { hello } = (await stranger.answer) as { hello: { events: unknown[] } };
    expect(hello.events).toEqual([]);
    const path = widget(`/conversations/${ana.conversation}/events`);
    expect((await target.ask("GET", path, { headers: { origin: SHOP }, as: await target.visitor() })).fault).toBe(
      "not-found",
    );
  });
});

test("A token in an address is no token, and none is ever logged or answered", async () => {
  for (const name of ["token", "access_token", "auth"]) {
    expect((await target.ask("GET", `/api/session?${name}=${ana.token}`)).status).toBe(401);
    expect(
      (await target.ask("GET", widget(`/conversations/${ana.conversation}/events?${name}=${ana.token}`))).status,
    ).toBe(401);
  }
  const log = target.logged.join("");
  for (const secret of [ana.token, target.shop.secret, target.ownerCookie.split("=")[1] ?? "-"]) {
    expect(log).not.toContain(secret);
  }
  const { headers } = await target.ask("GET", "/console");
  expect(headers["referrer-policy"]).toMatch(
    /^(no-referrer|same-origin|strict-origin|strict-origin-when-cross-origin)$/,
  );
});
