import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { securityEn } from "../../console/sentences/security-en.ts";
import { securityZhHans } from "../../console/sentences/security-zh-hans.ts";
import { ACTIONS } from "../../server/desk/people/audit.ts";
import type { Limit } from "../../server/limits.ts";
import { mintId } from "../../server/store/ids.ts";
import { SHOP } from "../support/desk.ts";
import { openHttpDesk } from "../support/http-desk.ts";
import { cookieOf, OWNER, openTarget, PASSWORD, type Target } from "./target.ts";

/* What goes out, and must not: notes and agents' addresses to visitors, secrets and line breaks to the log, our own code to anybody. */

let target: Target;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

const DIST = join(import.meta.dirname, "../../dist");

test("Visitors receive no note, no tag, no agent's e-mail address, and no address of the network", async () => {
  const line = target.dialVisitor({});
  const { hello } = (await line.answer) as { hello: { token: string } };
  const agent = await target.hire("Nell");
  const working = target.dialAgent({ cookie: agent.cookie });
  await working.answer;
  const conversation = mintId();
  await line.send({ type: "post", conversation, id: mintId(), text: "Hello" });
  await working.send({ type: "open", conversation });
  for (const command of [
    { type: "note", id: mintId(), text: "A difficult one (kakistocracy)" },
    { type: "tag", add: ["floccinaucini"] },
    { type: "post", id: mintId(), text: "Good day", seen: 1 },
    { type: "snooze", until: "2099-01-01T00:00:00.000Z" },
    { type: "resolve" },
  ]) {
    expect((await working.send({ ...command, conversation })).ok).toBe(true);
  }
  await expect.poll(() => JSON.stringify(line.heard)).toContain('"resolved"');
  const again = target.dialVisitor({ token: hello.token });
  await again.answer;
  const headers = { origin: SHOP };
  const base = `/api/widget/${target.shop.publicKey}`;
  const texts = [
    JSON.stringify(line.heard),
    JSON.stringify(again.heard),
    JSON.stringify(await again.send({ type: "sync", conversation, after: 0 })),
    (await target.ask("GET", `${base}/conversations/${conversation}/events?after=0`, { headers, as: hello.token }))
      .text,
    (await target.ask("GET", base, { headers })).text,
  ];
  for (const text of texts) {
    for (const word of [
      "kakistocracy",
      "floccinaucini",
      agent.email,
      OWNER.email,
      "127.0.0.1",
      "snoozed",
      target.shop.secret,
    ]) {
      expect(text).not.toContain(word);
    }
  }
});

describe("The log", () => {
  test("takes no line break from anybody, and holds no password, token or secret", async () => {
    const forged = 'x\n{"level":50,"msg":"forged"}\r\n';
    await target.ask("POST", "/api/session", {
      body: { email: forged, password: PASSWORD },
      headers: { "user-agent": "Mozilla" },
    });
    await target.ask("GET", `/api/${encodeURIComponent(forged)}?password=${encodeURIComponent(PASSWORD)}`);
    await target.ask("GET", "/console/invitation?token=in_0123456789secret");
    await target.dialVisitor({ token: `vt_${forged}` }).answer;
    const { token } = await target.desk.keys.make(target.owner, { name: forged, role: "agent" });
    await target.ask("GET", "/api/session", { as: token });
    for (const line of target.logged) {
      expect(() => JSON.parse(line)).not.toThrow();
      expect(line.trimEnd()).not.toContain("\n");
      for (const secret of [OWNER.password, PASSWORD, token, target.shop.secret, "in_0123456789secret", "forged"]) {
        expect(line).not.toContain(secret);
      }
    }
  });
});

test("What was typed and not sent is told to nobody, whatever comes with a pulse or is looked up", async () => {
  const line = target.dialVisitor({});
  await line.answer;
  const working = target.dialAgent({ cookie: (await target.hire("Nils")).cookie });
  await working.answer;
  const conversation = mintId();
  await line.send({ type: "post", conversation, id: mintId(), text: "Hello" });
  await working.send({ type: "open", conversation });
  const draft = "I never sent my antidisestablishment";
  line.socket.emit("pulse", {
    type: "typing",
    conversation,
    on: true,
    text: draft,
    by: { kind: "agent", name: draft },
  });
  const path = `/api/widget/${target.shop.publicKey}/suggest?q=${encodeURIComponent(draft)}`;
  expect((await target.ask("GET", path, { headers: { origin: SHOP } })).status).toBe(200);
  await expect.poll(() => JSON.stringify(working.heard)).toContain('"typing"');
  for (const told of [working.heard, await working.send({ type: "open", conversation }), target.logged])
    expect(JSON.stringify(told)).not.toContain("antidisestablishment");
});

test("Where something breaks, the log says which route, and not the address: it holds what opens an invitation", async () => {
  const take = async (limit: Limit) => {
    if (limit === "invitation") throw new Error("It broke");
  };
  const desk = await openHttpDesk({ limits: { take, giveBack: take, assertRoom: () => {} } });
  const body = { password: PASSWORD };
  expect((await desk.ask("POST", "/api/invitations/in_0123456789secret", { body })).status).toBe(503);
  expect(desk.errors).toEqual([{ err: expect.any(Error), method: "POST", path: "/api/invitations/:token" }]);
  await desk.close();
});

describe("The audit log", () => {
  const entries = async () => (await target.ask("GET", "/api/audit?limit=200", { as: target.ownerCookie })).body.items;
  type Entry = {
    action: string;
    name?: string;
    before?: object;
    after?: object;
    by?: object;
    address?: string;
    at: string;
  };

  test("says who changed what, when and from where, with before and after", async () => {
    const as = target.ownerCookie;
    await target.ask("PATCH", `/api/sites/${target.shop.id}`, {
      as,
      body: { name: "Shop 2", origins: [SHOP, "https://two.example"] },
    });
    const [changed] = (await entries()) as Entry[];
    expect(changed).toMatchObject({
      action: "site.changed",
      name: "Shop",
      by: { id: target.owner.id, name: target.owner.name },
      before: { name: "Shop", origins: [SHOP] },
      after: { name: "Shop 2", origins: [SHOP, "https://two.example"] },
      address: expect.stringMatching(/127\.0\.0\.1$/),
      at: expect.stringMatching(/Z$/),
    });
    // Two who change it at once: each finds what the other did.
    const [two, three] = [{ name: "Shop 3" }, { origins: [SHOP, "https://three.example"] }];
    const { sites } = target.desk;
    await Promise.all([two, three].map((change) => sites.change(target.owner, target.shop.id, change)));
    expect((await sites.byKey(target.shop.key)) ?? {}).toMatchObject({ ...two, ...three });
    await target.ask("PATCH", `/api/sites/${target.shop.id}`, { as, body: changed?.after ?? {} });
    const now = (await entries())[0];
    // What is written again as it was is no change.
    await target.ask("PATCH", `/api/sites/${target.shop.id}`, { as, body: { name: "Shop 2" } });
    expect((await entries())[0]).toEqual(now);
  });

  test("notes every kind of change, and never a secret", async () => {
    const as = target.ownerCookie;
    const ask = (method: string, path: string, body: object = {}) => target.ask(method, path, { as, body });
    const added = await ask("POST", "/api/agents", { email: "otto@desk.example" });
    const otto = `/api/agents/${added.body.id}`;
    const again = await ask("POST", `${otto}/invitation`);
    const came = cookieOf(await ask("POST", `/api/invitations/${again.body.token}`, { password: PASSWORD }));
    const own = { password: "chosen by themselves", current: PASSWORD };
    expect((await target.ask("PATCH", "/api/session", { as: came, body: own })).status).toBe(200);
    await ask("PATCH", otto, { role: "admin", password: "set by the owner" });
    await ask("DELETE", `${otto}/sessions`);
    const key = await ask("POST", "/api/keys", { name: "Program", role: "agent" });
    await ask("DELETE", `/api/keys/${key.body.id}`);
    await ask("DELETE", otto);
    await ask("POST", "/api/sites", { name: "New", origins: [] });
    const rotated = await ask("POST", `/api/sites/${target.shop.id}/secret`);
    await ask("DELETE", `/api/sites/${target.shop.id}/secret`);
    const { visitor } = await target.desk.visitors.welcome(target.shop);
    await ask("DELETE", `/api/visitors/${visitor.id}`);
    const site = `/api/sites/${target.shop.id}`;
    const article = await ask("POST", `${site}/articles`, { title: "Returns", body: "Send it back.", locale: "en" });
    const collection = await ask("POST", `${site}/collections`, { name: "First", visibility: "public", articles: [] });
    const reply = await ask("POST", `${site}/replies`, { name: "Hello", text: "Good day" });
    await ask("PUT", `/api/collections/${collection.body.id}`, {
      name: "First steps",
      visibility: "public",
      articles: [article.body.id],
    });
    await ask("PATCH", `/api/replies/${reply.body.id}`, { text: "Good morning" });
    // As it was: no change.
    await ask("PATCH", `/api/replies/${reply.body.id}`, { text: "Good morning" });
    for (const [what, { body }] of Object.entries({ articles: article, collections: collection, replies: reply }))
      expect([what, (await target.ask("DELETE", `/api/${what}/${body.id}`, { as })).status]).toEqual([what, 204]);
    const all = (await entries()) as Entry[];
    const actions = new Set(all.map(({ action }) => action));
    for (const action of [
      "person.added",
      "person.invited",
      "invitation.accepted",
      "person.changed",
      "person.password",
      "sessions.ended",
      "key.made",
      "key.removed",
      "person.removed",
      "site.added",
      "secret.rotated",
      "secret.retired",
      "visitor.erased",
      "article.removed",
      "collection.changed",
      "collection.removed",
      "reply.changed",
      "reply.removed",
    ]) {
      expect([...actions]).toContain(action);
    }
    const text = JSON.stringify(all);
    const secrets = [
      added.body.token,
      again.body.token,
      key.body.token,
      rotated.body.secret,
      target.shop.secret,
      PASSWORD,
      "set by the owner",
      own.password,
    ];
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(all.filter(({ action }) => action === "person.password").map(({ by }) => by)).toMatchObject([
      { id: target.owner.id },
      { id: added.body.id },
    ]);
    expect(all.filter(({ action }) => /^(collection|reply).changed$/.test(action))).toMatchObject([
      { name: "Hello", before: { text: "Good day" }, after: { text: "Good morning" } },
      {
        name: "First",
        before: { name: "First", articles: [] },
        after: { name: "First steps", articles: ["Returns"] },
      },
    ]);
    expect(all.find(({ action }) => action === "person.changed")).toMatchObject({
      before: { role: "agent" },
      after: { role: "admin" },
    });
  });

  test("is told in words, whatever it notes: nobody reads collection.removed", () => {
    for (const { actions } of [securityEn, securityZhHans])
      expect(ACTIONS.filter((action) => !(action in actions))).toEqual([]);
  });

  test("is read page by page, each entry once", async () => {
    const all = (await entries()) as { id: string }[];
    const seen: string[] = [];
    for (let cursor: string | undefined = ""; cursor !== undefined; ) {
      const { body } = await target.ask("GET", `/api/audit?limit=4${cursor && `&cursor=${cursor}`}`, {
        as: target.ownerCookie,
      });
      seen.push(...body.items.map(({ id }) => id));
      cursor = body.cursor;
    }
    expect(seen).toEqual(all.map(({ id }) => id));
    expect((await target.ask("GET", "/api/audit?cursor=1%20or%201", { as: target.ownerCookie })).fault).toBe("invalid");
  });
});

describe("Our own code", () => {
  test("is told by no stack trace: what breaks answers in one sentence", async () => {
    const odd = [
      "/api/sites/%E0%A4%A",
      "/help/%E0%A4%A",
      "/%00",
      "/api/widget/%c0%ae",
      "/console/%ff",
      "/api/openapi.json/..",
    ];
    for (const path of odd) {
      const { text, status } = await target.ask("GET", path, { headers: { origin: SHOP } });
      expect([path, status < 500]).toEqual([path, true]);
      expect(text).not.toMatch(/node_modules|\bat .+\.ts:\d+|file:\/\/|SqliteError|ValiError/);
    }
    for (const body of ["{", '{"a":', "[".repeat(5_000), "null", '"x"', "\ufeff{}"]) {
      const answer = await target.ask("POST", "/api/session", { body });
      expect(answer.status).toBe(400);
      expect(answer.text).not.toMatch(/node_modules|\bat .+\.ts:\d+|file:\/\/|SyntaxError/);
    }
  });

  test("is served without source maps, and names no server", async () => {
    const files = (folder: string): string[] =>
      readdirSync(folder).flatMap((name) => {
        const path = join(folder, name);
        return statSync(path).isDirectory() ? files(path) : [path];
      });
    const built = files(DIST);
    expect(built.length).toBeGreaterThan(5);
    expect(built.filter((file) => file.endsWith(".map"))).toEqual([]);
    for (const file of built.filter((name) => /\.(js|css|html)$/.test(name))) {
      expect([file, /sourceMappingURL/.test(readFileSync(file, "utf8"))]).toEqual([file, false]);
    }
    const asset = built.find((file) => file.endsWith(".js"))?.slice(DIST.length) ?? "";
    for (const path of [
      "/widget.js.map",
      `${asset.replace("/widget", "")}.map`,
      "/console/assets/index.js.map",
      "/package.json",
      "/.env",
      "/server/main.ts",
      "/deskbell.db",
    ]) {
      const { status, headers } = await target.ask("GET", path);
      expect([path, status]).toEqual([path, 404]);
      expect(headers).not.toHaveProperty("x-powered-by");
      expect(headers).not.toHaveProperty("server");
    }
  });

  test("and nothing of what was asked stands in the metrics but counts", async () => {
    const { text } = await target.ask("GET", "/metrics");
    for (const word of [target.shop.id, target.shop.publicKey, OWNER.email, "127.0.0.1"])
      expect(text).not.toContain(word);
  });
});
