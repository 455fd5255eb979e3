/*
 * Who may ask what: every route under /api and every command, by who asks. Whatever is new is written down here, or
 * `roles.test.ts` fails. A place like `:site` is the shop; what `fresh.ts` names is made anew for each question, so that
 * what is deleted was there.
 */

export type Statuses = readonly [nobody: number, stranger: number, agent: number, admin: number, owner: number];
/** `rival`: another site's admin, where they are not answered as its agent is. */
export type Row = readonly [
  route: string,
  statuses: Statuses,
  more?: { body?: unknown; byKey?: number; rival?: number },
];

const SITE = { name: "More", origins: ["https://more.example"] };
const PERSON = { email: ":newAddress", name: "New", role: "agent" };

const ARTICLE = { title: "Returns", body: "Within 30 days.", locale: "en", visibility: "public", state: "published" };

const DRAFT = { ...ARTICLE, state: undefined, slug: "", category: "", pages: "", questions: "" };

/** For members of the desk: nobody, another site's agent, agent, admin, owner. */
export const MEMBERS: readonly Row[] = [
  ["GET /api/session", [401, 200, 200, 200, 200]],
  ["PATCH /api/session", [401, 200, 200, 200, 200], { body: {}, byKey: 403 }],
  ["POST /api/session/photo", [401, 400, 400, 400, 400], { body: {}, byKey: 403 }],
  ["DELETE /api/session/photo", [401, 200, 200, 200, 200], { byKey: 403 }],
  ["GET /api/sites", [401, 200, 200, 200, 200]],
  ["POST /api/sites", [401, 403, 403, 201, 201], { body: SITE, rival: 201 }],
  ["GET /api/sites/:site", [401, 404, 200, 200, 200]],
  ["PATCH /api/sites/:site", [401, 404, 403, 200, 200], { body: { name: ":newName" } }],
  ["POST /api/sites/:site/secret", [401, 404, 403, 201, 201], { body: {} }],
  ["DELETE /api/sites/:site/secret", [401, 404, 403, 200, 200]],
  ["POST /api/sites/:site/files", [401, 404, 400, 400, 400], { body: {} }],
  ["GET /api/sites/:site/install", [401, 404, 200, 200, 200]],
  ["GET /api/sites/:site/reports/self-service", [401, 404, 200, 200, 200]],
  ["GET /api/sites/:site/reports/:name", [401, 404, 501, 501, 501]],
  ["GET /api/sites/:site/mail", [401, 404, 200, 200, 200]],
  ["POST /api/sites/:site/mail/test", [401, 404, 403, 202, 202], { body: {}, byKey: 403 }],
  ["POST /api/sites/:site/files", [401, 404, 400, 400, 400]],
  ["GET /api/sites/:site/replies", [401, 404, 200, 200, 200]],
  ["POST /api/sites/:site/replies", [401, 404, 201, 201, 201], { body: { name: "Hello", text: "Hello!" } }],
  ["PATCH /api/replies/:newReply", [401, 404, 200, 200, 200], { body: { text: "Hi!" } }],
  ["DELETE /api/replies/:newReply", [401, 404, 204, 204, 204]],
  ["GET /api/sites/:site/conversations", [401, 404, 200, 200, 200]],
  ["GET /api/conversations/:newTalk", [401, 404, 200, 200, 200]],
  ["GET /api/conversations/:newTalk/events", [401, 404, 200, 200, 200]],
  ["POST /api/conversations/:newTalk/commands", [401, 404, 200, 200, 200], { body: { type: "resolve" } }],
  ["GET /api/sites/:site/articles", [401, 404, 200, 200, 200]],
  ["POST /api/sites/:site/articles", [401, 404, 201, 201, 201], { body: ARTICLE }],
  ["POST /api/sites/:site/articles/import", [401, 404, 200, 200, 200], { body: ARTICLE }],
  ["GET /api/sites/:site/articles/export", [401, 404, 200, 200, 200]],
  ["GET /api/sites/:site/suggest", [401, 404, 200, 200, 200]],
  ["GET /api/articles/:article", [401, 404, 200, 200, 200]],
  ["PUT /api/articles/:article", [401, 404, 200, 200, 200], { body: ARTICLE }],
  ["GET /api/articles/:article/questions", [401, 404, 200, 200, 200]],
  ["PATCH /api/questions/:newQuestion", [401, 404, 204, 204, 204], { body: { text: "Where is it?" } }],
  ["DELETE /api/questions/:newQuestion", [401, 404, 204, 204, 204]],
  ["DELETE /api/articles/:newArticle", [401, 404, 204, 204, 204]],
  ["GET /api/sites/:site/drafts", [401, 404, 200, 200, 200]],
  ["GET /api/sites/:site/drafts/:article", [401, 404, 200, 200, 200]],
  ["PUT /api/sites/:site/drafts/:article", [401, 404, 200, 200, 200], { body: { text: DRAFT } }],
  ["DELETE /api/sites/:site/drafts/:article", [401, 404, 204, 204, 204]],
  ["GET /api/sites/:site/collections", [401, 404, 200, 200, 200]],
  ["POST /api/sites/:site/collections", [401, 404, 201, 201, 201], { body: { name: "First week", articles: [] } }],
  ["PUT /api/collections/:newCollection", [401, 404, 200, 200, 200], { body: { name: "First week", articles: [] } }],
  ["DELETE /api/collections/:newCollection", [401, 404, 204, 204, 204]],
  ["GET /api/articles/:article/revisions", [401, 404, 200, 200, 200]],
  ["GET /api/revisions/:newRevision", [401, 404, 200, 200, 200]],
  ["GET /api/sites/:site/articles/translations", [401, 404, 200, 200, 200]],
  ["GET /api/sites/:site/articles/behind", [401, 404, 200, 200, 200]],
  ["GET /api/sites/:site/articles/counts", [401, 404, 200, 200, 200]],
  ["GET /api/articles/:newTranslation/original", [401, 404, 200, 200, 200]],
  ["POST /api/articles/:newTranslation/checked", [401, 404, 204, 204, 204]],
  ["GET /api/sites/:site/articles/needed", [401, 404, 200, 200, 200]],
  ["GET /api/sites/:site/articles/figures", [401, 404, 200, 200, 200]],
  ["POST /api/conversations/:newAnswer/article", [401, 404, 201, 201, 201]],
  ["GET /api/sites/:site/unanswered", [401, 404, 200, 200, 200]],
  ["POST /api/sites/:site/unanswered/draft", [401, 404, 200, 200, 200], { body: { ids: [":newUnanswered"] } }],
  [
    "POST /api/sites/:site/unanswered/link",
    [401, 404, 204, 204, 204],
    { body: { ids: [":newUnanswered"], article: ":article" } },
  ],
  ["POST /api/sites/:site/unanswered/dismiss", [401, 404, 204, 204, 204], { body: { ids: [":newUnanswered"] } }],
  ["POST /api/preview", [401, 200, 200, 200, 200], { body: { body: "# Title" } }],
  ["GET /api/agents", [401, 200, 200, 200, 200]],
  ["POST /api/agents", [401, 403, 403, 201, 201], { body: PERSON, rival: 201 }],
  ["PATCH /api/agents/:colleague", [401, 404, 403, 200, 200], { body: { name: ":newName" } }],
  ["POST /api/agents/:colleague/invitation", [401, 404, 403, 201, 201]],
  ["DELETE /api/agents/:owner", [401, 403, 403, 403, 403], { rival: 403 }],
  ["DELETE /api/agents/:newColleague", [401, 404, 403, 204, 204]],
  ["GET /api/agents/:colleague/sessions", [401, 404, 403, 200, 200]],
  ["DELETE /api/agents/:colleague/sessions", [401, 404, 403, 204, 204]],
  ["GET /api/sessions", [401, 200, 200, 200, 200], { byKey: 403 }],
  ["DELETE /api/sessions", [401, 204, 204, 204, 204], { byKey: 403 }],
  ["DELETE /api/sessions/:ownSession", [401, 204, 204, 204, 204], { byKey: 403 }],
  ["DELETE /api/sessions/:colleagueSession", [401, 404, 404, 204, 204], { byKey: 403 }],
  ["GET /api/audit", [401, 403, 403, 403, 200]],
  ["DELETE /api/visitors/:newVisitor", [401, 404, 403, 204, 204]],
  ["GET /api/keys", [401, 403, 403, 200, 200], { rival: 200 }],
  ["POST /api/keys", [401, 403, 403, 201, 201], { body: { name: "Program", role: "agent" }, rival: 201 }],
  ["DELETE /api/keys/:newKey", [401, 403, 403, 204, 204], { rival: 404 }],
];

/** What leaves a line in the audit log. What is written besides has a history of its own, or is its author's alone. */
export const NOTED: ReadonlySet<string> = new Set([
  "POST /api/sites",
  "PATCH /api/sites/:site",
  "POST /api/sites/:site/secret",
  "DELETE /api/sites/:site/secret",
  "PATCH /api/replies/:newReply",
  "DELETE /api/replies/:newReply",
  "DELETE /api/articles/:newArticle",
  "PUT /api/collections/:newCollection",
  "DELETE /api/collections/:newCollection",
  "POST /api/agents",
  "PATCH /api/agents/:colleague",
  "POST /api/agents/:colleague/invitation",
  "DELETE /api/agents/:newColleague",
  "DELETE /api/agents/:colleague/sessions",
  "DELETE /api/sessions/:colleagueSession",
  "DELETE /api/visitors/:newVisitor",
  "POST /api/keys",
  "DELETE /api/keys/:newKey",
]);

/** Outside of /api, where nobody is asked who they are: pages, files and links that bear their own proof. */
export const ANYBODY: readonly string[] = [
  "GET /",
  "GET /console/*",
  "GET /healthz",
  "GET /readyz",
  "GET /metrics",
  "GET /docs/embedding",
  "GET /docs/embedding/:page",
  "GET /files/:id/:signature",
  "GET /help/:key",
  "GET /help/:key/*",
  "GET /help/:key/robots.txt",
  "GET /help/:key/sitemap.xml",
  "GET /help/:key/:part{sitemap-\\d+\\.xml}",
  "GET /help/:key/:file{(style|page)-[\\w-]+\\.(css|js)}",
  "GET /help/:key/:locale",
  "GET /help/:key/:locale/feed.xml",
  "GET /help/:key/:locale/c/:slug",
  "GET /help/:key/:locale/collections/:slug",
  "GET /help/:key/:locale/:slug",
  "POST /help/:key/:locale/:slug",
  "GET /mail/stop/:site/:to/:signature",
  "POST /mail/stop/:site/:to/:signature",
];

/** For everybody: from nowhere, from a foreign page, from the shop's page, there with a visitor's token, and with one of another site. */
export type Openness = readonly [nowhere: number, foreign: number, page: number, visitor: number, stranger: number];
export type OpenRow = readonly [route: string, statuses: Openness, more?: { body?: unknown }];

const SYNC = { type: "sync", conversation: ":ownTalk", after: 0 };

export const OPEN: readonly OpenRow[] = [
  ["POST /api/setup", [404, 403, 403, 404, 404], { body: {} }],
  ["POST /api/session", [401, 403, 403, 401, 401], { body: { email: "nobody@desk.example", password: "guess" } }],
  ["DELETE /api/session", [204, 403, 403, 204, 204]],
  ["GET /api/invitations/:newInvitation", [200, 200, 200, 200, 200]],
  ["POST /api/invitations/:newInvitation", [201, 403, 403, 201, 201], { body: { password: "correct horse" } }],
  ["GET /api/widget/:key", [200, 403, 200, 200, 200]],
  ["POST /api/widget/:key/visitors", [403, 403, 201, 201, 201], { body: {} }],
  ["DELETE /api/widget/:key/visitors", [403, 403, 401, 204, 204]],
  ["POST /api/widget/:key/files", [403, 403, 401, 400, 401], { body: {} }],
  ["GET /api/widget/:key/conversations", [401, 403, 401, 200, 401]],
  ["GET /api/widget/:key/suggest", [200, 403, 200, 200, 200]],
  ["GET /api/widget/:key/articles/:article", [200, 403, 200, 200, 200]],
  [
    "POST /api/widget/:key/articles/:article/verdict",
    [403, 403, 204, 204, 204],
    { body: { solved: true, session: "s" } },
  ],
  [
    "POST /api/widget/:key/articles/:article/reading",
    [403, 403, 204, 204, 204],
    { body: { q: "returns", session: "s" } },
  ],
  ["POST /api/widget/:key/commands", [403, 403, 401, 200, 401], { body: SYNC }],
  ["POST /api/widget/:key/email/code", [403, 403, 401, 202, 401], { body: { email: "a@desk.example" } }],
  ["POST /api/widget/:key/email/confirm", [403, 403, 401, 200, 401], { body: { code: ":newCode" } }],
  ["POST /api/widget/:key/email/confirm", [403, 403, 401, 400, 401], { body: { code: ":othersCode" } }],
  ["POST /api/widget/:key/conversations/:provedTalk/transcript", [403, 403, 401, 202, 401], { body: {} }],
  ["POST /api/widget/:key/conversations/:unprovedTalk/transcript", [403, 403, 401, 403, 401], { body: {} }],
  ["POST /api/widget/:key/conversations/:newTalk/transcript", [403, 403, 401, 404, 401], { body: {} }],
  ["GET /api/widget/:key/conversations/:ownTalk/events", [401, 403, 401, 200, 401]],
];

/** What came of a command: `ok`, or a fault's code. */
type Outcome = string;

/** Commands of agents, on a conversation of the shop: another site's agent (and its admin), agent, admin, owner. */
export const AGENT_COMMANDS: Readonly<Record<string, readonly [object, Outcome, Outcome, Outcome, Outcome]>> = {
  inbox: [{ site: ":site", view: "all" }, "not-found", "ok", "ok", "ok"],
  open: [{}, "not-found", "ok", "ok", "ok"],
  leave: [{}, "ok", "ok", "ok", "ok"],
  post: [{ id: ":new", text: "Hello", seen: 500 }, "not-found", "ok", "ok", "ok"],
  note: [{ id: ":new", text: "Hm" }, "not-found", "ok", "ok", "ok"],
  assign: [{ agent: null, was: null }, "not-found", "stale", "stale", "stale"],
  resolve: [{}, "not-found", "ok", "ok", "ok"],
  reopen: [{}, "not-found", "ok", "ok", "ok"],
  snooze: [{ until: "2099-01-01T00:00:00.000Z" }, "not-found", "ok", "ok", "ok"],
  tag: [{ add: ["vip"] }, "not-found", "ok", "ok", "ok"],
  edit: [{ target: 1, text: "Mine now" }, "not-found", "forbidden", "forbidden", "forbidden"],
  redact: [{ target: 1 }, "not-found", "forbidden", "forbidden", "forbidden"],
  read: [{ seq: 1 }, "not-found", "ok", "ok", "ok"],
  sync: [{ stream: "desk", after: 0 }, "not-found", "ok", "ok", "ok"],
};

/** Commands of visitors: another visitor of the shop, one of another site, and whose conversation it is. */
export const VISITOR_COMMANDS: Readonly<Record<string, readonly [object, Outcome, Outcome, Outcome]>> = {
  post: [{ id: ":new", text: "And now?" }, "not-found", "not-found", "ok"],
  read: [{ seq: 1 }, "not-found", "not-found", "ok"],
  sync: [{ after: 0 }, "not-found", "not-found", "ok"],
  resolve: [{}, "not-found", "not-found", "ok"],
  rate: [{ episode: 1, solved: true }, "not-found", "not-found", "ok"],
  contact: [{ name: "Vera" }, "ok", "ok", "ok"],
};
