import { fireEvent, screen } from "@testing-library/preact";
import { fault } from "../protocol/faults.ts";
import type { App } from "./app.ts";
import { lost } from "./connection.ts";
import { openConsole } from "./fake-console.tsx";
import { createFakeLine, MARA, SITE } from "./fake-line.ts";
import type { Http } from "./ports.ts";
import { createUpload, type Upload } from "./upload.ts";

/* Only for tests: a console that looks at a knowledge base of one article in two languages. */

export const AT = "2026-03-01T10:00:00.000Z";
const LATER = "2026-03-01T10:30:00.000Z";
export const EN = {
  id: "a1",
  site: SITE.id,
  group: "g1",
  title: "Returns",
  body: "Within 14 days.",
  slug: "returns",
  locale: "en",
  visibility: "public",
  state: "published",
  updatedAt: AT,
};
export const ZH = { ...EN, id: "a2", title: "退货", body: "30 天内。", locale: "zh-Hans" };
const GROUP = [
  { id: "a1", locale: "en", title: "Returns", state: "published", original: true, behind: false },
  { id: "a2", locale: "zh-Hans", title: "退货", state: "published", original: false, behind: true },
];

export interface FakeKnowledge {
  /** What is answered, by method and path; whatever is not there is not found. */
  readonly server: Record<string, unknown>;
  /** Whether nothing is answered. */
  readonly down: { value: boolean };
  /** What was asked to be changed, with its body. */
  readonly asked: string[];
  /** The lists that were asked for. */
  readonly listed: string[];
  /** The texts that were to be drawn. */
  readonly previewed: object[];
  /** The console at a path, until the test ends. */
  open(path: string, upload?: Upload): Promise<App>;
}

export function createFakeKnowledge(): FakeKnowledge {
  const [asked, listed, previewed]: [string[], string[], object[]] = [[], [], []];
  const server: Record<string, unknown> = {
    "GET /api/session": { agent: { ...MARA, email: "m@l.test", role: "owner" } },
    "GET /articles": { items: [EN] },
    "GET /articles/counts": { all: 1, published: 1, draft: 0, internal: 0 },
    "GET /articles/translations": { items: [{ group: "g1", articles: GROUP }] },
    "GET /articles/behind": { items: [ZH] },
    "GET /articles/figures": { items: [], groups: [] },
    "GET /articles/needed": { items: [EN] },
    "GET /drafts": { items: [{ article: "a1", at: AT }] },
    "GET /drafts/a1": { others: [], article: { updatedAt: AT } },
    "GET /drafts/a2": { others: [], article: { updatedAt: AT } },
    "PUT /drafts/a1": { at: AT, others: [], article: { updatedAt: AT } },
    "DELETE /drafts/a1": {},
    "GET /unanswered": { items: [] },
    "GET /api/articles/a1": EN,
    "GET /api/articles/a2": ZH,
    "GET /api/articles/a1/questions": { items: [] },
    "GET /api/articles/a2/questions": { items: [] },
    "GET /api/articles/a1/revisions": { items: [] },
    "GET /api/articles/a2/revisions": { items: [] },
    "GET /api/articles/a2/original": {
      id: "a1",
      locale: "en",
      behind: true,
      now: { title: "Returns", body: "Within 14 days.", at: LATER },
      before: { title: "Returns", body: "Within 30 days.", at: AT },
    },
    "POST /api/articles/a2/checked": {},
    "POST /api/preview": { body: [] },
    "GET /replies": { items: [] },
    "GET /collections": {
      items: [
        {
          id: "c1",
          name: "First week",
          locale: "en",
          names: {},
          visibility: "internal",
          articles: [EN, { ...EN, id: "a3", title: "Refunds" }, ZH].map(({ id, title, locale }) => ({
            id,
            title,
            locale,
            visibility: "public",
            state: "published",
          })),
        },
      ],
    },
  };

  const down = { value: false };
  return {
    server,
    down,
    asked,
    listed,
    previewed,
    async open(path, upload = createUpload(fetch)) {
      const http: Http = async (method, whole, body) => {
        const key = `${method} ${whole.replace(/\?.*/, "").replace(`/api/sites/${SITE.id}`, "")}`;
        if (key === "GET /articles") listed.push(whole);
        if (method !== "GET" && !key.endsWith("/preview")) asked.push(`${key} ${JSON.stringify(body ?? {})}`);
        if (key === "POST /api/preview") previewed.push(body as object);
        if (down.value) return { ok: false, fault: lost() };
        const found = server[key];
        if (method === "PUT" && key.includes("/collections/"))
          return { ok: true, value: arranged(server, body) as never };
        if (found === undefined) return { ok: false, fault: fault("not-found", key) };
        return { ok: true, value: found as never };
      };
      const line = createFakeLine();
      line.answer = (command) => (command.type === "inbox" ? { ok: true, rows: [] } : { ok: true });
      return (await openConsole({ path, line, http, upload })).app;
    },
  };
}

/** A collection in the order that was sent. */
function arranged(server: FakeKnowledge["server"], body: unknown) {
  const [before] = (server["GET /collections"] as { items: { articles: { id: string }[] }[] }).items;
  const { articles, was: _, ...said } = body as { articles: string[]; was: unknown };
  return { ...before, ...said, articles: articles.map((id) => before?.articles.find((one) => one.id === id)) };
}

export function write(field: HTMLElement, text: string): void {
  fireEvent.input(field, { target: { value: text } });
}

/** The field for an article's text. */
export function bodyField(): Promise<HTMLTextAreaElement> {
  return screen.findByRole("textbox", { name: "Text, in Markdown" });
}
