import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fault } from "../../protocol/faults.ts";
import { SITE } from "../fake-line.ts";
import type { Http } from "../ports.ts";
import type { Article } from "../resources.ts";
import { createMemoryShelf } from "../shelf.ts";
import { createEditor, type Editor } from "./editor.ts";
import { createKeeper } from "./knowledge-keeper.ts";
import type { Route } from "./routes.ts";

const NOON = Date.UTC(2026, 4, 4, 12);
const time = (minutes: number) => new Date(NOON + minutes * 60_000).toISOString();
const NOOR = { id: "noor", name: "Noor" };
const session = { site: signal(SITE) } as never;

/** A server with one article, which keeps drafts by agent as the real one does. */
function createServer() {
  const server = {
    up: true,
    asked: [] as string[],
    article: {
      id: "a1",
      site: SITE.id,
      title: "Returns",
      body: "Within 30 days.",
      slug: "returns",
      locale: "en",
      visibility: "public",
      state: "published",
      updatedAt: time(-60),
    } as Article,
    by: undefined as typeof NOOR | undefined,
    draft: undefined as { text: object; at: string; base?: string } | undefined,
    others: [] as object[],
    /** Somebody else saves. */
    saved(body: string, minutes: number) {
      server.article = { ...server.article, body, updatedAt: time(minutes) };
      server.by = NOOR;
    },
    http: (async (method: string, path: string, body?: { text: object; base?: string; was?: string }) => {
      if (!server.up) return { ok: false, fault: fault("unavailable", "No connection") };
      const value = (of: unknown) => ({ ok: true, value: of });
      if (path === "/api/preview") return value({ body: [] });
      server.asked.push(`${method} ${path.replace(`/api/sites/${SITE.id}`, "")}`);
      const { updatedAt } = server.article;
      const around = path.endsWith("/new")
        ? { others: [] }
        : { others: server.others, article: { updatedAt, ...(server.by && { by: server.by }) } };
      if (path.includes("/drafts/")) {
        if (method === "DELETE") server.draft = undefined;
        if (method === "PUT" && body)
          server.draft = { text: body.text, at: time(0), ...(body.base && { base: body.base }) };
        return value({ ...around, ...(method === "GET" ? server.draft && { draft: server.draft } : { at: time(0) }) });
      }
      if (method === "GET") return value(server.article);
      if (body?.was && body.was !== updatedAt) return { ok: false, fault: fault("stale", "Saved since") };
      server.article = { ...server.article, ...body, id: "a1", updatedAt: time(5) } as Article;
      return value(server.article);
    }) as Http,
  };
  return server;
}

let server: ReturnType<typeof createServer>;
let editor: Editor;
beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
  server = createServer();
});
afterEach(() => {
  editor.dispose();
  vi.useRealTimers();
});

async function open(article = "a1", shelf = createMemoryShelf()) {
  const route = signal<Route>({ page: "knowledge", article });
  const router = {
    route,
    go(next: Route) {
      route.value = next;
    },
    dispose() {},
  };
  const keeper = createKeeper(server.http, shelf, () => Date.now());
  editor = createEditor((...asked) => server.http(...asked), keeper, router, session, { fetch: async () => {} });
  await vi.advanceTimersByTimeAsync(0);
  return { editor, router, shelf };
}
const pause = () => vi.advanceTimersByTimeAsync(1_000);

describe("an article that does not come", () => {
  it("is not called missing for want of a connection, and comes when it is asked for again", async () => {
    server.up = false;
    await open();
    expect(editor.state.value).toBe("failed");
    server.up = true;
    editor.again();
    await vi.advanceTimersByTimeAsync(0);
    expect(editor.state.value).toBe("ready");
    expect(editor.text.value.title).toBe("Returns");
  });
});

describe("a new article", () => {
  it("whose answer was lost is the same one at the next try, with what was written since", async () => {
    await open("new");
    const sent: { method: string; body: { id?: string; title?: string; was?: string } }[] = [];
    const answer = server.http;
    server.http = (async (method: string, path: string, body?: object) => {
      if (!path.includes("/articles") || method === "GET") return answer(method as "GET", path, body);
      sent.push({ method, body: body as object });
      const stored = await answer(method as "POST", path, body);
      return sent.length === 1 ? { ok: false, fault: fault("unavailable", "No connection") } : stored;
    }) as Http;
    editor.change({ title: "Repairs" });
    await editor.save("draft");
    expect(editor.fault.value?.code).toBe("unavailable");
    editor.change({ title: "Repairs and returns" });
    await editor.save("draft");
    expect(sent.map(({ method }) => method)).toEqual(["POST", "POST", "PUT"]);
    expect(sent[1]?.body.id).toBe(sent[0]?.body.id);
    expect(sent[2]?.body).toMatchObject({ title: "Repairs and returns", was: time(5) });
    expect(editor.text.value.title).toBe("Repairs and returns");
  });
});

describe("unsaved edits", () => {
  it("are on the server a second after the last key, and the article stays as it is", async () => {
    await open();
    editor.change({ body: "Within 14" });
    expect(editor.kept.value).toBe("keeping");
    editor.change({ body: "Within 14 days." });
    await pause();
    expect(server.asked.filter((call) => call.startsWith("PUT"))).toEqual(["PUT /drafts/a1"]);
    expect(server.draft).toMatchObject({ text: { body: "Within 14 days." }, base: time(-60) });
    expect(server.article.body).toBe("Within 30 days.");
    expect(editor.kept.value).toEqual({ at: time(0) });
  });

  it("are there again on another computer, and can be thrown away and had back", async () => {
    await open();
    editor.change({ body: "Within 14 days." });
    await pause();
    editor.dispose();
    await open();
    expect(editor.text.value.body).toBe("Within 14 days.");
    expect(editor.restored.value).toBe(time(0));
    editor.discard();
    await pause();
    expect([editor.text.value.body, server.draft]).toEqual(["Within 30 days.", undefined]);
    editor.restore();
    await pause();
    expect(editor.text.value.body).toBe("Within 14 days.");
    expect(server.draft).toBeDefined();
  });

  it("are tried no more once their agent has left: the next one's session would take them", async () => {
    await open();
    server.up = false;
    editor.change({ body: "Within 14 days." });
    await vi.advanceTimersByTimeAsync(0);
    editor.dispose();
    await vi.advanceTimersByTimeAsync(0);
    server.up = true;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.draft).toBeUndefined();
  });

  it("D15 survive a crash without a connection, and follow when it is back", async () => {
    const { shelf } = await open();
    server.up = false;
    editor.change({ title: "Sending back" });
    await pause();
    expect(editor.kept.value).toBe("here");
    editor.dispose();
    server.up = true;
    await open("a1", shelf);
    expect(editor.text.value.title).toBe("Sending back");
    server.up = false;
    editor.change({ body: "More." });
    await pause();
    server.up = true;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server.draft).toMatchObject({ text: { title: "Sending back", body: "More." } });
  });

  it("of a new article are kept too, and end when it is saved", async () => {
    const { router } = await open("new");
    editor.change({ title: "Gift cards" });
    await pause();
    expect(server.draft).toMatchObject({ text: { title: "Gift cards" } });
    await editor.save("draft");
    await pause();
    expect(server.draft).toBeUndefined();
    expect(router.route.value).toEqual({ page: "knowledge", article: "a1" });
    editor.change({ title: "Gift vouchers" });
    await pause();
    expect(server.draft).toMatchObject({ text: { title: "Gift vouchers" }, base: time(5) });
  });
});

describe("two who write one article", () => {
  it("are told of each other", async () => {
    await open();
    expect(editor.others.value).toEqual([]);
    server.others = [{ agent: NOOR, at: time(0) }];
    await vi.advanceTimersByTimeAsync(0);
    editor.change({ body: "Mine." });
    await pause();
    expect(editor.others.value).toEqual([{ agent: NOOR, at: time(0) }]);
  });

  it("never save over each other unseen: one of the two texts is chosen first", async () => {
    await open();
    editor.change({ body: "Mine." });
    await pause();
    server.saved("Hers.", 1);
    await editor.save("published");
    expect(server.article.body).toBe("Hers.");
    expect(editor.theirs.value).toMatchObject({ article: { body: "Hers." }, by: NOOR });
    await editor.save("published");
    expect(server.article.body).toBe("Hers.");
    editor.keepMine();
    await editor.save("published");
    expect(server.article.body).toBe("Mine.");
  });

  it("hear of a save without saving themselves, and may take what came", async () => {
    await open();
    editor.change({ body: "Mine." });
    await pause();
    server.saved("Hers.", 1);
    editor.change({ body: "Mine, longer." });
    await pause();
    expect(editor.theirs.value).toMatchObject({ article: { body: "Hers." }, by: NOOR });
    editor.takeTheirs();
    await pause();
    expect([editor.text.value.body, editor.dirty.value, server.draft]).toEqual(["Hers.", false, undefined]);
    editor.restore();
    expect(editor.text.value.body).toBe("Mine, longer.");
  });

  it("find a text that began from an older one beside the newer, after a crash as well", async () => {
    await open();
    editor.change({ body: "Mine." });
    await pause();
    editor.dispose();
    server.saved("Hers.", 1);
    await open();
    expect(editor.text.value.body).toBe("Mine.");
    expect(editor.theirs.value).toMatchObject({ article: { body: "Hers." }, by: NOOR });
    expect(editor.restored.value).toBeUndefined();
  });
});
