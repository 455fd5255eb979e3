import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mintId } from "../../server/store/ids.ts";
import { CAFE, SHOP } from "../support/desk.ts";
import { type Hired, openTarget, type Target } from "./target.ts";

let target: Target;
/** Sten answers for the café only; what he wants is the shop's. */
let sten: Hired;
let noor: Hired;
let conversation: string;
let article: { id: string; slug: string };
let visitor: string;

const SECRET = "zugzwang";

beforeAll(async () => {
  target = await openTarget();
  const { shop, cafe, ownerCookie: as } = target;
  sten = await target.hire("Sten", { role: "admin", sites: [cafe] });
  noor = await target.hire("Noor", { sites: [shop] });
  visitor = await target.visitor();
  conversation = mintId();
  const post = { type: "post", conversation, id: mintId(), text: `My ${SECRET} order` };
  await target.ask("POST", `/api/widget/${shop.publicKey}/commands`, {
    headers: { origin: SHOP },
    as: visitor,
    body: post,
  });
  const body = { title: `About ${SECRET}`, body: "Hidden.", locale: "en", visibility: "internal", state: "published" };
  article = (await target.ask("POST", `/api/sites/${shop.id}/articles`, { as, body })).body;
  await target.desk.messageSearch.caughtUp();
});
afterAll(() => target.close());

const asSten = (method: string, path: string, body?: unknown) =>
  target.ask(method, path, { as: sten.cookie, ...(body !== undefined && { body }) });

describe("another site's admin", () => {
  test("who names the site in a body gets no further", async () => {
    const { shop } = target;
    const grabs: [string, string, object][] = [
      ["POST", "/api/agents", { email: "eve@desk.example", role: "agent", sites: [shop.id] }],
      ["POST", "/api/keys", { name: "Grab", role: "agent", sites: [shop.id] }],
      ["PATCH", `/api/agents/${sten.actor.id}`, { sites: [shop.id] }],
    ];
    for (const [method, path, body] of grabs) expect((await asSten(method, path, body)).fault).toBe("not-found");
    const made = await asSten("POST", `/api/sites/${target.cafe.id}/articles`, {
      title: "Mine",
      body: "x",
      locale: "en",
      visibility: "public",
      state: "published",
      site: shop.id,
      group: article.id,
    });
    expect(made.status).toBe(201);
    for (const place of [{ site: shop.id }, { article: article.id }]) {
      const preview = await asSten("POST", "/api/preview", { body: `[it](${article.slug})`, ...place });
      expect([preview.fault, preview.text.includes(article.id)]).toEqual(["not-found", false]);
    }
    const listed = await target.ask("GET", `/api/sites/${shop.id}/articles`, { as: target.ownerCookie });
    expect(JSON.stringify(listed.body)).not.toContain(made.body.id);
  });

  test("who names its visitor, agent, article or conversation hears that there is none", async () => {
    const about = [
      ["GET", `/api/articles/${article.id}`],
      ["DELETE", `/api/articles/${article.id}`],
      ["GET", `/api/articles/${article.id}/revisions`],
      ["GET", `/api/articles/${article.id}/questions`],
      ["GET", `/api/conversations/${conversation}`],
      ["GET", `/api/conversations/${conversation}/events?stream=desk`],
      ["DELETE", `/api/agents/${noor.actor.id}`],
      ["GET", `/api/agents/${noor.actor.id}/sessions`],
      ["DELETE", `/api/agents/${noor.actor.id}/sessions`],
      ["GET", `/api/sites/${target.shop.id}/articles/export`],
      ["GET", `/api/sites/${target.shop.id}/articles/counts`],
      ["GET", `/api/sites/${target.shop.id}/suggest?q=${SECRET}`],
      ["GET", `/api/sites/${target.shop.id}/reports/self-service`],
    ];
    for (const [method = "", path = ""] of about) {
      const answer = await asSten(method, path);
      expect([path, answer.fault]).toEqual([path, "not-found"]);
      expect(answer.text).not.toContain(SECRET);
    }
    const assign = { type: "assign", agent: sten.actor.id, was: null };
    expect((await asSten("POST", `/api/conversations/${conversation}/commands`, assign)).fault).toBe("not-found");
  });

  test("is given none of its conversations, whoever of it names them", async () => {
    for (const agent of [sten.actor.id, "01a20c50-0000-7000-8000-000000000000"]) {
      const answer = await target.ask("POST", `/api/conversations/${conversation}/commands`, {
        as: noor.cookie,
        body: { type: "assign", conversation, agent, was: null },
      });
      expect([answer.fault, answer.body.fault]).toEqual(["not-found", expect.objectContaining({ field: "agent" })]);
      expect(answer.text).not.toContain("Sten");
    }
  });

  test("finds nothing of it by search, count, export, list or inbox of their own", async () => {
    const { cafe } = target;
    for (const path of [
      `/api/sites/${cafe.id}/articles?q=${SECRET}`,
      `/api/sites/${cafe.id}/articles/export`,
      `/api/sites/${cafe.id}/conversations`,
      `/api/sites/${cafe.id}/suggest?q=${SECRET}&min=0`,
      `/api/sites/${cafe.id}/unanswered`,
      "/api/sites",
      "/api/agents",
      "/api/keys",
    ]) {
      const answer = await asSten("GET", path);
      expect(answer.status).toBe(200);
      for (const word of [SECRET, target.shop.id, target.shop.secret, noor.email, conversation]) {
        expect([path, answer.text.includes(word) && !answer.text.includes(`"q":"${word}"`)]).toEqual([path, false]);
      }
    }
    const line = target.dialAgent({ cookie: sten.cookie });
    await line.answer;
    const inbox = await line.send({ type: "inbox", site: cafe.id, view: "all", query: SECRET });
    expect(inbox).toMatchObject({ ok: true, rows: [] });
    expect(await line.send({ type: "inbox", site: target.shop.id, view: "all" })).toMatchObject({
      fault: { code: "not-found" },
    });
  });

  test("hears nothing of it in real time", async () => {
    const line = target.dialAgent({ cookie: sten.cookie });
    const own = target.dialAgent({ cookie: noor.cookie });
    await Promise.all([line.answer, own.answer]);
    await own.send({ type: "open", conversation });
    await own.send({ type: "note", conversation, id: mintId(), text: "Between us" });
    // Something they may hear comes after, and arrives: what was before was not for them.
    await line.send({ type: "inbox", site: target.cafe.id, view: "all" });
    expect(own.heard.some(({ name }) => name === "event")).toBe(true);
    expect(JSON.stringify(line.heard)).not.toContain(conversation);
  });

  test("does not take a person of both sites away from the other", async () => {
    const both = await target.hire("Bo", { sites: [target.shop, target.cafe] });
    expect((await asSten("DELETE", `/api/agents/${both.actor.id}`)).fault).toBe("forbidden");
    expect((await asSten("PATCH", `/api/agents/${both.actor.id}`, { sites: [target.cafe.id] })).fault).toBe(
      "forbidden",
    );
    const seen = (await asSten("GET", "/api/agents")).body.items.find(({ id }) => id === both.actor.id);
    expect(seen?.sites).toEqual([target.cafe.id]);
  });
});

describe("a visitor", () => {
  test("is nobody on another site, by socket, by command and by identify", async () => {
    const { cafe } = target;
    const line = target.dialVisitor({ site: cafe.publicKey, token: visitor }, CAFE);
    expect(await line.answer).toMatchObject({ fault: { code: "unauthorized" } });
    const headers = { origin: CAFE };
    const asked = { headers, as: visitor, body: { type: "sync", conversation, after: 0 } };
    expect((await target.ask("POST", `/api/widget/${cafe.publicKey}/commands`, asked)).fault).toBe("unauthorized");
    const identify = { headers, body: { token: visitor } };
    expect((await target.ask("POST", `/api/widget/${cafe.publicKey}/visitors`, identify)).fault).toBe("unauthorized");
  });

  test("reads no internal article, whatever they call it", async () => {
    for (const name of [article.id, article.slug, encodeURIComponent(`About ${SECRET}`)]) {
      for (const { publicKey, origin } of [
        { publicKey: target.shop.publicKey, origin: SHOP },
        { publicKey: target.cafe.publicKey, origin: CAFE },
      ]) {
        const answer = await target.ask("GET", `/api/widget/${publicKey}/articles/${name}`, { headers: { origin } });
        expect(answer.fault).toBe("not-found");
        expect((await target.ask("GET", `/help/${publicKey}/en/articles/${name}`)).text).not.toContain("Hidden.");
      }
    }
    const suggested = `/api/widget/${target.shop.publicKey}/suggest?q=${SECRET}&min=0`;
    expect((await target.ask("GET", suggested, { headers: { origin: SHOP } })).text).not.toContain(article.id);
  });
});

test("An answer that was cached for one is not confirmed to another by its ETag", async () => {
  const path = `/api/sites/${target.shop.id}/articles`;
  const own = await target.ask("GET", path, { as: noor.cookie });
  const headers = { "if-none-match": own.headers.etag ?? "*" };
  expect((await target.ask("GET", path, { as: sten.cookie, headers })).fault).toBe("not-found");
  expect((await target.ask("GET", path, { headers })).status).toBe(401);
  expect(own.headers["cache-control"]).toBe("no-store");
});

test("What exists and is not yours is refused in the words for what does not exist", async () => {
  const none = "01a20c50-0000-7000-8000-000000000000";
  expect((await asSten("GET", `/api/sites/${target.shop.id}`)).body).toEqual(
    (await asSten("GET", `/api/sites/${none}`)).body,
  );
  for (const odd of ["1", "..%2f..", "%00", "[object Object]", `${target.shop.id}x`, target.shop.id.toUpperCase()]) {
    expect((await asSten("GET", `/api/sites/${encodeURI(odd)}`)).fault).toBe("not-found");
  }
});

test("The site's secret is for its owners and admins", async () => {
  const path = `/api/sites/${target.shop.id}`;
  expect((await target.ask("GET", path, { as: noor.cookie })).body).not.toHaveProperty("secret");
  expect((await target.ask("GET", path, { as: target.ownerCookie })).body).toHaveProperty("secret");
});
