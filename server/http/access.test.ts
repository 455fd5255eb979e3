import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type HttpDesk, openHttpDesk } from "../../test/support/http-desk.ts";

/* Every route, walked by everybody. Statuses stand for: nobody, another site's agent, agent, admin, owner. */

let desk: HttpDesk;
let keys: Record<(typeof ROLES)[number], string | undefined>;
let ids: Record<string, string>;

const ROLES = ["nobody", "stranger", "agent", "admin", "owner"] as const;
type Row = [route: string, statuses: [number, number, number, number, number], body?: unknown];

const SITE = { name: "More", origins: ["https://more.example"] };
const PERSON = { email: "new@desk.example", name: "New", role: "agent" };

const ARTICLE = { title: "Returns", body: "Within 30 days.", locale: "en", visibility: "public", state: "published" };

const DRAFT = { ...ARTICLE, state: undefined, slug: "", category: "", pages: "", questions: "" };

const TABLE: Row[] = [
  ["GET /api/session", [401, 200, 200, 200, 200]],
  ["PATCH /api/session", [401, 403, 403, 403, 403], {}],
  ["GET /api/sites", [401, 200, 200, 200, 200]],
  ["POST /api/sites", [401, 403, 403, 201, 201], SITE],
  ["GET /api/sites/:site", [401, 404, 200, 200, 200]],
  ["PATCH /api/sites/:site", [401, 404, 403, 200, 200], { name: "Shop" }],
  ["POST /api/sites/:site/secret", [401, 404, 403, 201, 201], {}],
  ["DELETE /api/sites/:site/secret", [401, 404, 403, 200, 200]],
  ["GET /api/sites/:site/install", [401, 404, 200, 200, 200]],
  ["GET /api/sites/:site/reports/self-service", [401, 404, 200, 200, 200]],
  ["GET /api/sites/:site/reports/:name", [401, 404, 501, 501, 501]],
  ["POST /api/sites/:site/files", [401, 404, 400, 400, 400]],
  ["GET /api/sites/:site/replies", [401, 404, 200, 200, 200]],
  ["POST /api/sites/:site/replies", [401, 404, 201, 201, 201], { name: "Hello", text: "Hello!" }],
  ["PATCH /api/replies/:reply", [401, 404, 200, 200, 200], { text: "Hi!" }],
  ["DELETE /api/replies/:none", [401, 404, 404, 404, 404]],
  ["GET /api/sites/:site/conversations", [401, 404, 200, 200, 200]],
  ["GET /api/conversations/:none", [401, 404, 404, 404, 404]],
  ["GET /api/conversations/:none/events", [401, 404, 404, 404, 404]],
  ["POST /api/conversations/:none/commands", [401, 404, 404, 404, 404], { type: "resolve" }],
  ["GET /api/sites/:site/articles", [401, 404, 200, 200, 200]],
  ["POST /api/sites/:site/articles", [401, 404, 201, 201, 201], ARTICLE],
  ["POST /api/sites/:site/articles/import", [401, 404, 200, 200, 200], ARTICLE],
  ["GET /api/sites/:site/articles/export", [401, 404, 200, 200, 200]],
  ["GET /api/sites/:site/suggest", [401, 404, 200, 200, 200]],
  ["GET /api/articles/:article", [401, 404, 200, 200, 200]],
  ["PUT /api/articles/:article", [401, 404, 200, 200, 200], ARTICLE],
  ["GET /api/articles/:article/questions", [401, 404, 200, 200, 200]],
  ["PATCH /api/questions/:none", [401, 404, 404, 404, 404], { text: "Where is it?" }],
  ["DELETE /api/questions/:none", [401, 404, 404, 404, 404]],
  ["DELETE /api/articles/:none", [401, 404, 404, 404, 404]],
  ["GET /api/sites/:site/drafts", [401, 404, 200, 200, 200]],
  ["GET /api/sites/:site/drafts/:article", [401, 404, 200, 200, 200]],
  ["PUT /api/sites/:site/drafts/:article", [401, 404, 200, 200, 200], { text: DRAFT }],
  ["DELETE /api/sites/:site/drafts/:article", [401, 404, 204, 204, 204]],
  ["GET /api/sites/:site/collections", [401, 404, 200, 200, 200]],
  ["POST /api/sites/:site/collections", [401, 404, 201, 201, 201], { name: "First week", articles: [] }],
  ["PUT /api/collections/:none", [401, 404, 404, 404, 404], { name: "First week", articles: [] }],
  ["DELETE /api/collections/:none", [401, 404, 404, 404, 404]],
  ["GET /api/articles/:article/revisions", [401, 404, 200, 200, 200]],
  ["GET /api/revisions/:none", [401, 404, 404, 404, 404]],
  ["GET /api/sites/:site/articles/translations", [401, 404, 200, 200, 200]],
  ["GET /api/sites/:site/articles/behind", [401, 404, 200, 200, 200]],
  ["GET /api/sites/:site/articles/counts", [401, 404, 200, 200, 200]],
  ["GET /api/articles/:article/original", [401, 404, 404, 404, 404]],
  ["POST /api/articles/:article/checked", [401, 404, 404, 404, 404]],
  ["GET /api/sites/:site/articles/needed", [401, 404, 200, 200, 200]],
  ["GET /api/sites/:site/articles/figures", [401, 404, 200, 200, 200]],
  ["POST /api/conversations/:none/article", [401, 404, 404, 404, 404]],
  ["GET /api/sites/:site/unanswered", [401, 404, 200, 200, 200]],
  ["POST /api/sites/:site/unanswered/draft", [401, 404, 404, 404, 404], { ids: ["1"] }],
  ["POST /api/sites/:site/unanswered/link", [401, 404, 404, 404, 404], { ids: ["1"], article: "none" }],
  ["POST /api/sites/:site/unanswered/dismiss", [401, 404, 404, 404, 404], { ids: ["1"] }],
  ["POST /api/preview", [401, 200, 200, 200, 200], { body: "# Title" }],
  ["GET /api/agents", [401, 200, 200, 200, 200]],
  ["POST /api/agents", [401, 403, 403, 201, 201], PERSON],
  ["PATCH /api/agents/:colleague", [401, 404, 403, 200, 200], { name: "Renamed" }],
  ["POST /api/agents/:colleague/invitation", [401, 404, 403, 201, 201]],
  ["DELETE /api/agents/:owner", [401, 403, 403, 403, 403]],
  ["DELETE /api/agents/:none", [401, 404, 404, 404, 404]],
  ["GET /api/agents/:colleague/sessions", [401, 404, 403, 200, 200]],
  ["DELETE /api/agents/:colleague/sessions", [401, 404, 403, 204, 204]],
  ["GET /api/sessions", [401, 403, 403, 403, 403]],
  ["DELETE /api/sessions", [401, 403, 403, 403, 403]],
  ["DELETE /api/sessions/:none", [401, 403, 403, 403, 403]],
  ["GET /api/audit", [401, 403, 403, 403, 200]],
  ["DELETE /api/visitors/:none", [401, 404, 404, 404, 404]],
  ["GET /api/keys", [401, 403, 403, 200, 200]],
  ["POST /api/keys", [401, 403, 403, 201, 201], { name: "Program", role: "agent" }],
  ["DELETE /api/keys/:none", [401, 403, 403, 404, 404]],
];

beforeAll(async () => {
  desk = await openHttpDesk();
  const { shop, cafe, owner } = desk;
  keys = {
    nobody: undefined,
    stranger: await desk.keyOf("agent", [cafe]),
    agent: await desk.keyOf("agent"),
    admin: await desk.keyOf("admin"),
    owner: await desk.keyOf("owner"),
  };
  const colleague = await desk.hire("Noor");
  const reply = await desk.desk.replies.add(colleague.actor, shop.id, { name: "Welcome", text: "Welcome!" });
  const article = await desk.ask<{ id: string }>("POST", `/api/sites/${shop.id}/articles`, {
    as: owner.cookie,
    body: { ...ARTICLE, title: "Shipping" },
  });
  ids = {
    site: shop.id,
    article: article.body.id,
    reply: reply.id,
    colleague: colleague.actor.id,
    owner: owner.actor.id,
    none: "01a20c50-0000-7000-8000-000000000000",
    name: "outcomes",
  };
});
afterAll(() => desk.close());

const fill = (path: string) => path.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? name);

describe.each(ROLES.map((role, index) => [role, index] as const))("%s", (role, index) => {
  test.each(TABLE.map(([route, statuses, body]) => [route, statuses[index] ?? 0, body] as const))(
    "asks %s and hears %i",
    async (route, status, body) => {
      const [method = "", path = ""] = route.split(" ");
      const answer = await desk.ask(method, fill(path), {
        ...(keys[role] !== undefined && { as: keys[role] }),
        ...(body !== undefined && { body }),
      });
      expect(answer).toMatchObject({ status });
      if (status >= 400) {
        expect(answer.headers.get("content-type")).toBe("application/problem+json");
        expect(answer.fault).toBeTypeOf("string");
      }
      expect(desk.errors).toEqual([]);
    },
  );
});

/** Routes that anybody may ask: their own tests say of whom they take what. */
const OPEN =
  /^\/api\/(widget\/|setup$|invitations\/|openapi\.json$)|^\/(healthz|readyz|metrics|console|assets|widget\.js)?(\/|$)/;

test("Every route that is not open to all is closed to nobody", async () => {
  const routes = desk.app.routes.filter(({ method, path }) => method !== "ALL" && path.startsWith("/api/"));
  const walked = new Set(TABLE.map(([route]) => shapeOf(route)));
  for (const { method, path } of routes) {
    if (OPEN.test(path) || (path === "/api/session" && (method === "POST" || method === "DELETE"))) continue;
    const answer = await desk.ask(method, path.replace(/:\w+/g, ids.none ?? ""), {
      body: method === "GET" ? undefined : {},
    });
    expect([method, path, answer.status]).toEqual([method, path, 401]);
    expect(walked).toContain(shapeOf(`${method} ${path}`));
  }
});

test("What exists and is not yours is refused in the words for what does not exist", async () => {
  const ask = (path: string) => desk.ask("GET", path, { as: keys.stranger ?? "" });
  expect((await ask(`/api/sites/${ids.site}`)).body).toEqual((await ask(`/api/sites/${ids.none}`)).body);
  for (const odd of ["1", "..%2f..", "%00", "[object Object]", `${ids.site}x`, ids.site?.toUpperCase()]) {
    expect((await ask(`/api/sites/${odd}`)).fault).toBe("not-found");
  }
});

test("The site's secret is for owners and admins", async () => {
  for (const [role, shown] of [
    ["agent", false],
    ["admin", true],
    ["owner", true],
  ] as const) {
    const { body } = await desk.ask("GET", `/api/sites/${ids.site}`, { as: keys[role] ?? "" });
    expect("secret" in body).toBe(shown);
  }
});

/** A route whatever its places are called. */
function shapeOf(route: string): string {
  return route.replace(/:\w+/g, ":").replace(/\/$/, "");
}
