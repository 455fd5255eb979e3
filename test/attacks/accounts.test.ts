import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Hired, OWNER, openTarget, PASSWORD, type Target } from "./target.ts";

/** A hundred passwords are hashed, one after the other. */
const HASHING_MS = 180_000;

describe("A password is guessed", () => {
  let target: Target;
  beforeAll(async () => {
    target = await openTarget();
  });
  afterAll(() => target.close());
  let next = 0;
  const guess = (email: string, headers: Record<string, string> = {}) =>
    target.ask("POST", "/api/session", { body: { email, password: `guess ${next++}` }, headers });

  test("at one account from rotating forwarded addresses: refused after ten, with a time to wait", async () => {
    const answers = [];
    for (let n = 0; n < 12; n++) {
      const spoofed = `203.0.${n}.7`;
      answers.push(
        await guess(OWNER.email, { "x-forwarded-for": spoofed, "x-real-ip": spoofed, forwarded: `for=${spoofed}` }),
      );
    }
    expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(401), 429, 429]);
    const last = answers.at(-1);
    expect(Number(last?.headers["retry-after"])).toBeGreaterThan(0);
    expect(last?.body.fault).toMatchObject({ code: "limited", retry: "after", afterMs: expect.any(Number) });
    // In other letters it is the same account; the right password does not tell itself from a wrong one meanwhile.
    expect((await guess(` ${OWNER.email.toUpperCase()} `)).status).toBe(429);
    expect((await target.ask("POST", "/api/session", { body: OWNER })).status).toBe(429);
  });

  test(
    "at a hundred accounts from one network, whatever it forwards: the network is refused",
    async () => {
      let refused = 0;
      for (let n = 0; n < 110 && refused === 0; n++) {
        const { status } = await guess(`person${n}@desk.example`, { "x-forwarded-for": `198.51.${n}.1` });
        if (status === 429) refused = n;
      }
      expect(refused).toBeGreaterThan(50);
      expect((await guess("somebody-else@desk.example")).status).toBe(429);
      // What is open already stays open.
      expect((await target.ask("GET", "/api/session", { as: target.ownerCookie })).status).toBe(200);
    },
    HASHING_MS,
  );
});

describe("Behind one proxy", () => {
  let target: Target;
  beforeAll(async () => {
    target = await openTarget({ TRUST_PROXY: "1" });
  });
  afterAll(() => target.close());

  test(
    "only what the proxy itself wrote is believed: what stands before it is the attacker's",
    async () => {
      const statuses = new Set<number>();
      for (let n = 0; n < 110; n++) {
        const headers = { "x-forwarded-for": `10.${n}.0.1, 192.0.2.66` };
        const body = { email: `person${n}@desk.example`, password: "guess" };
        statuses.add((await target.ask("POST", "/api/session", { body, headers })).status);
      }
      expect([...statuses]).toEqual([401, 429]);
      const elsewhere = { "x-forwarded-for": "192.0.2.66, 203.0.113.9" };
      expect((await target.ask("POST", "/api/session", { body: OWNER, headers: elsewhere })).status).toBe(201);
    },
    HASHING_MS,
  );
});

describe("Who is there", () => {
  let target: Target;
  beforeAll(async () => {
    target = await openTarget({ DESKBELL_LIMITS: "off" });
  });
  afterAll(() => target.close());

  test("is told by no text, status or header", async () => {
    const ask = (email: string) => target.ask("POST", "/api/session", { body: { email, password: "wrong horse" } });
    const [known, unknown] = [await ask(OWNER.email), await ask("nobody@desk.example")];
    expect([unknown.status, unknown.text]).toEqual([known.status, known.text]);
    const namesOf = ({ headers }: typeof known) => Object.keys(headers).sort();
    expect(namesOf(unknown)).toEqual(namesOf(known));
  });

  test("is told by no time: a stranger's password is hashed as well", async () => {
    const took = async (email: string) => {
      const began = performance.now();
      await target.ask("POST", "/api/session", { body: { email, password: "wrong horse" } });
      return performance.now() - began;
    };
    await took("warm@desk.example");
    // In turns, and the quickest of each: what else this machine does slows both.
    let [known, unknown] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let n = 0; n < 15; n++) {
      known = Math.min(known, await took(OWNER.email));
      unknown = Math.min(unknown, await took("nobody@desk.example"));
    }
    expect(unknown / known).toBeGreaterThan(0.5);
    expect(unknown / known).toBeLessThan(2);
  });
});

describe("An invitation", () => {
  let target: Target;
  beforeAll(async () => {
    target = await openTarget();
  });
  afterAll(() => target.close());

  test("works once, and neither empty, malformed nor replaced ones work at all", async () => {
    const add = (body: object) => target.ask("POST", "/api/agents", { as: target.ownerCookie, body });
    const { body } = await add({ email: "ida@desk.example" });
    const newer = await target.ask("POST", `/api/agents/${body.id}/invitation`, { as: target.ownerCookie, body: {} });
    const accept = (token: string) => target.ask("POST", `/api/invitations/${token}`, { body: { password: PASSWORD } });
    for (const token of ["", "%20", "in_", "undefined", "null", "in_x", body.token, "si_x", "..%2f"]) {
      expect((await accept(token)).fault).toMatch(/^(not-found|unauthorized)$/);
    }
    const both = await Promise.all([accept(newer.body.token), accept(newer.body.token)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 404]);
    expect((await target.ask("GET", `/api/invitations/${newer.body.token}`)).fault).toBe("not-found");
  });

  test("makes nobody more than they were invited as, whatever is added", async () => {
    const { body } = await target.ask("POST", "/api/agents", {
      as: target.ownerCookie,
      body: { email: "jon@desk.example" },
    });
    const more = { role: "owner", kind: "person", sites: [target.cafe.id], email: OWNER.email, id: target.owner.id };
    const accepted = await target.ask("POST", `/api/invitations/${body.token}`, {
      body: { password: PASSWORD, ...more },
    });
    expect(accepted.body.agent).toMatchObject({ role: "agent", email: "jon@desk.example" });
  });
});

describe("An agent who wants more", () => {
  let target: Target;
  let agent: Hired;
  let admin: Hired;
  beforeAll(async () => {
    target = await openTarget();
    agent = await target.hire("Kai");
    admin = await target.hire("Lea", { role: "admin" });
  });
  afterAll(() => target.close());

  test("gets it by no extra field, and not from themselves", async () => {
    const more = { role: "owner", sites: [target.cafe.id], kind: "key", verified: true, __proto__: { role: "owner" } };
    await target.ask("PATCH", "/api/session", { as: agent.cookie, body: { name: "Kai", ...more } });
    const text =
      '{"name":"Kai","__proto__":{"role":"owner"},"constructor":{"prototype":{"role":"owner"}},"role":"owner"}';
    await target.ask("PATCH", "/api/session", { as: agent.cookie, body: text });
    for (const [by, body] of [
      [agent, { role: "owner" }],
      [agent, { role: "admin" }],
      [admin, { role: "owner" }],
      [agent, { sites: [target.shop.id] }],
    ] as const) {
      const answer = await target.ask("PATCH", `/api/agents/${by.actor.id}`, { as: by.cookie, body });
      expect(answer.fault).toMatch(/^(forbidden|not-found)$/);
    }
    expect((await target.ask("GET", "/api/session", { as: agent.cookie })).body.agent).toMatchObject({ role: "agent" });
    expect((await target.ask("GET", "/api/session", { as: admin.cookie })).body.agent).toMatchObject({ role: "admin" });
  });

  test("makes no key, person or password above them", async () => {
    for (const [as, method, path, body] of [
      [admin.cookie, "POST", "/api/keys", { name: "Up", role: "owner" }],
      [admin.cookie, "POST", "/api/agents", { email: "up@desk.example", role: "owner" }],
      [admin.cookie, "PATCH", `/api/agents/${target.owner.id}`, { password: "taken over now" }],
      [admin.cookie, "DELETE", `/api/agents/${target.owner.id}`, undefined],
      [admin.cookie, "POST", `/api/agents/${target.owner.id}/invitation`, {}],
      [admin.cookie, "DELETE", `/api/agents/${target.owner.id}/sessions`, undefined],
      [agent.cookie, "POST", "/api/keys", { name: "Up", role: "agent" }],
      [agent.cookie, "PATCH", `/api/agents/${agent.actor.id}`, { password: "without the old" }],
    ] as const) {
      const { fault } = await target.ask(method, path, { as, ...(body && { body }) });
      expect([path, fault]).toEqual([path, expect.stringMatching(/^(forbidden|invalid)$/)]);
    }
  });

  test("takes the console from nobody by calling its host their help centre's", async () => {
    const path = `/api/sites/${target.shop.id}`;
    const helpHost = new URL(target.url).host;
    expect((await target.ask("PATCH", path, { as: admin.cookie, body: { helpHost } })).status).toBe(200);
    expect((await target.ask("GET", "/api/session", { as: target.ownerCookie })).status).toBe(200);
    const page = await target.ask("GET", "/console/");
    expect([page.status, page.headers.location]).toEqual([expect.any(Number), undefined]);
    const undone = await target.ask("PATCH", path, { as: target.ownerCookie, body: { helpHost: "" } });
    expect(undone.status).toBe(200);
  });

  test("reads no audit log", async () => {
    for (const as of [agent.cookie, admin.cookie])
      expect((await target.ask("GET", "/api/audit", { as })).fault).toBe("forbidden");
  });
});

test("No secret is compared with ===: each is looked up by its hash, or in constant time", () => {
  const root = join(import.meta.dirname, "../..");
  const guilty = globSync("server/**/*.ts", { cwd: root })
    .filter((file) => !file.endsWith(".test.ts"))
    .filter((file) =>
      /\b(\w*[sS]ecret|password|apiKey|setupToken|hash(ed)?)\s*[!=]==?\s*(?!null|undefined|""|void)\w/.test(
        readFileSync(join(root, file), "utf8"),
      ),
    );
  expect(guilty).toEqual([]);
});
