import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { Event } from "../../protocol/event.ts";
import { byAgent, CONVERSATION, conversation, createFakeLine, MARA, posted, SITE, settled } from "../fake-line.ts";
import type { Http } from "../ports.ts";
import type { Actions } from "./actions.ts";
import { createAnswerOnce } from "./knowledge-drafts.ts";
import { createUnanswered } from "./knowledge-unanswered.ts";
import { createPicker } from "./picker.ts";
import type { Route } from "./routes.ts";
import { createThreads } from "./threads.ts";
import { createToasts } from "./toasts.ts";
import type { Trigger } from "./trigger.ts";

const session = { site: signal(SITE), agent: signal(undefined), colleagues: signal([]) } as never;

/** Answers by method and path, and remembers what was asked. */
function fakeHttp(answers: Record<string, unknown>) {
  const asked: [string, unknown][] = [];
  const http = (async (method: string, path: string, body?: unknown) => {
    const key = `${method} ${path.replace(/\?.*/, "").replace(`/api/sites/${SITE.id}`, "")}`;
    if (method !== "GET") asked.push([key, body]);
    return { ok: true, value: answers[key] };
  }) as Http;
  return { http, asked };
}

function fakeRouter(start: Route) {
  const route = signal<Route>(start);
  const go = (next: Route) => {
    route.value = next;
  };
  return { route, go, dispose() {} };
}

const INVOICE = { ids: ["3", "9"], text: "Invoice?", wordings: [], locale: "en", people: 2, asked: 1, rising: false };

describe("unanswered questions", () => {
  it("become a draft of what agents answered, opened in the editor", async () => {
    const draft = { title: "Invoice?", body: "Under Billing.", questions: ["Invoice?"], locale: "en" };
    const { http, asked } = fakeHttp({
      "GET /unanswered": { items: [INVOICE] },
      "POST /unanswered/draft": draft,
      "POST /articles": { id: "a1" },
    });
    const router = fakeRouter({ page: "knowledge" });
    const unanswered = createUnanswered(http, router, session, createToasts());
    await settled();
    expect(unanswered.items.value).toEqual([INVOICE]);
    await unanswered.write(INVOICE);
    expect(asked).toEqual([
      ["POST /unanswered/draft", { ids: ["3", "9"] }],
      ["POST /articles", { ...draft, id: expect.any(String), state: "draft" }],
    ]);
    expect(router.route.value).toEqual({ page: "knowledge", article: "a1" });
  });

  it("open the draft that somebody began, and write no second one", async () => {
    const { http, asked } = fakeHttp({ "GET /unanswered": { items: [] } });
    const router = fakeRouter({ page: "knowledge" });
    await createUnanswered(http, router, session, createToasts()).write({ ...INVOICE, draft: "a2" });
    expect(asked).toEqual([]);
    expect(router.route.value).toEqual({ page: "knowledge", article: "a2" });
  });
});

describe("an unanswered question that is put away", () => {
  it("is gone at once, and one press away from coming back", async () => {
    const { http, asked } = fakeHttp({ "GET /unanswered": { items: [INVOICE] }, "POST /unanswered/dismiss": {} });
    const toasts = createToasts();
    const unanswered = createUnanswered(http, fakeRouter({ page: "knowledge" }), session, toasts);
    await settled();
    await unanswered.dismiss(INVOICE);
    toasts.shown.value[0]?.action?.run();
    await settled();
    expect(asked).toEqual([
      ["POST /unanswered/dismiss", { ids: ["3", "9"] }],
      ["POST /unanswered/dismiss", { ids: ["3", "9"], undo: true }],
    ]);
    expect(unanswered.items.value).toEqual([INVOICE]);
    toasts.dispose();
  });
});

describe("answer once", () => {
  async function resolved(...said: Parameters<typeof posted>[]) {
    return resolvedAfter(said.map((about) => posted(...about)));
  }
  async function resolvedAfter(talk: Event[]) {
    const line = createFakeLine();
    const router = fakeRouter({ page: "inbox", view: "open", conversation: CONVERSATION });
    const threads = createThreads(line.link, router);
    await line.reply({
      ok: true,
      conversation: conversation({ status: "resolved", head: { talk: talk.length, desk: 0 } }),
      events: talk,
    } as never);
    const toasts = createToasts();
    const { http, asked } = fakeHttp({ [`POST /api/conversations/${CONVERSATION}/article`]: { id: "a3" } });
    const once = createAnswerOnce(http, router, threads, toasts);
    const actions = once.beside({ resolve: async () => {} } as Actions);
    await actions.resolve();
    toasts.dispose();
    return { once, toasts, router, asked };
  }
  const LONG = "Open Billing, choose the booking, then Invoice.";

  it("is offered when an agent explained it in their own words, and opens the draft", async () => {
    const { once, toasts, router } = await resolved([1, "Invoice?"], [2, LONG, byAgent(MARA)]);
    expect(toasts.shown.value).toHaveLength(1);
    expect(once.ready()).toBe(true);
    await once.draft();
    expect(router.route.value).toEqual({ page: "knowledge", article: "a3" });
    expect(toasts.shown.value).toEqual([]);
  });

  it("is not offered for a thank-you, nor where an article answered", async () => {
    expect((await resolved([1, "Invoice?"], [2, "You are welcome!", byAgent(MARA)])).toasts.shown.value).toEqual([]);
    const article = { id: "a", title: "Invoices", excerpt: "", url: "/" } as never;
    const sent = await resolved([1, "Invoice?"], [2, LONG, byAgent(MARA)], [3, "", { ...byAgent(MARA), article }]);
    expect(sent.toasts.shown.value).toEqual([]);
    expect(sent.once.ready()).toBe(false);
  });

  it("is about the present episode: what was explained or sent before it was reopened counts no longer", async () => {
    const reopened = (seq: number) => ({ ...posted(seq, ""), type: "reopened", episode: 2 }) as unknown as Event;
    const article = { id: "a", title: "Invoices", excerpt: "", url: "/" } as never;
    const [asked, explained] = [posted(1, "Invoice?"), posted(2, LONG, byAgent(MARA))];
    const answered = posted(2, "", { ...byAgent(MARA), article });
    const before = await resolvedAfter([asked, explained, reopened(3), posted(4, "Thank you!")]);
    expect(before.toasts.shown.value).toEqual([]);
    expect(before.once.ready()).toBe(false);
    const now = await resolvedAfter([asked, answered, reopened(3), posted(4, LONG, byAgent(MARA))]);
    expect(now.toasts.shown.value).toHaveLength(1);
    expect(now.once.ready()).toBe(true);
  });

  it("asks the server each time, which knows what was drafted before: after a reload too", async () => {
    const { once, asked, router } = await resolved([1, "Invoice?"], [2, LONG, byAgent(MARA)]);
    await once.draft(CONVERSATION);
    await once.draft(CONVERSATION);
    expect(asked.map(([what]) => what)).toEqual(Array(2).fill(`POST /api/conversations/${CONVERSATION}/article`));
    expect(router.route.value).toEqual({ page: "knowledge", article: "a3" });
  });
});

describe("the picker", () => {
  it("puts what people need these days first, of two that fit about as well", async () => {
    const hit = (id: string, score: number) => ({ id, title: id, score, visibility: "public" });
    const { http } = fakeHttp({ "GET /suggest": { items: [hit("cold", 0.62), hit("hot", 0.58), hit("far", 0.1)] } });
    const of = signal(new Map([["hot", { article: "hot", heat: 1, verdicts: 0 }]] as const));
    const picker = createPicker(http, session, signal([]), { of, fetch: async () => {} });
    picker.trigger.value = { kind: "article", query: "refund", from: 0 } as Trigger;
    await expect
      .poll(() => picker.choices.value.map((choice) => choice.kind === "article" && choice.article.id))
      .toEqual(["hot", "cold", "far"]);
    picker.dispose();
  });
});
