import { type ReadonlySignal, signal } from "@preact/signals";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Fault, fault } from "../../protocol/faults.ts";
import { SITE, settled } from "../fake-line.ts";
import type { Http } from "../ports.ts";
import { createKnowledge } from "./knowledge.ts";
import { createSelfService } from "./knowledge-self-service.ts";
import { createTranslations } from "./knowledge-translations.ts";
import { createUnanswered } from "./knowledge-unanswered.ts";
import { createPicker } from "./picker.ts";
import { createReplies } from "./replies.ts";
import type { Route } from "./routes.ts";
import { createSettings } from "./settings.ts";
import { createMailSettings } from "./settings-mail.ts";
import { createToasts } from "./toasts.ts";

const OTHER = { ...SITE, id: "other" } as typeof SITE;
const ROW = { id: "a1", title: "Returns", locale: "en", visibility: "public", state: "published", category: "Orders" };
const QUESTION = { ids: ["3"], text: "Invoice?", wordings: [], locale: "en", people: 2, asked: 1, rising: false };
const GROUP = [
  { ...ROW, original: true, behind: false },
  { ...ROW, id: "a2", original: false, behind: true },
];

/** What a model shows: with its own site, and with one whose requests fail. */
interface Known extends ReturnType<typeof open> {
  shown(): unknown;
  known: unknown;
  nothing: unknown;
  of: { readonly fault?: ReadonlySignal<Fault | undefined>; dispose(): void };
}

/** A console at a route, with two sites; what is asked about a site is answered unless that one is down. */
function open(start: Route) {
  const site = signal(SITE);
  const route = signal<Route>(start);
  const router = { route, go() {}, dispose() {} };
  const session = { site, agent: signal(undefined), siteChanged() {} } as never;
  const down = new Set<string>();
  const asked: string[] = [];
  /** Answers on their way until then. */
  const hold: { until?: Promise<void> } = {};
  const http = (async (method: string, path: string) => {
    const [, of = "", what = ""] = /^\/api\/sites\/([^/]+)\/?([^?]*)/.exec(path) ?? [];
    asked.push(`${method} ${of} ${what}`);
    await hold.until;
    if (down.has(of)) return { ok: false, fault: fault("unavailable", "No connection") };
    const name = of === SITE.id ? "Own" : "Other";
    const answers: Record<string, unknown> = {
      "": { id: of, name, origins: [], locales: ["en"] },
      articles: { items: [{ ...ROW, title: name }], cursor: path.includes("cursor") ? undefined : "next" },
      "articles/needed": { items: [ROW] },
      "articles/counts": { all: 7 },
      "articles/translations": { items: [{ articles: GROUP }] },
      drafts: { items: [{ article: "a1" }] },
      unanswered: { items: [QUESTION] },
      replies: { items: [{ id: "r", name, text: "Hi" }] },
      "reports/self-service": { rows: [{ segment: null, n: 9, open: 0 }] },
      mail: { sends: true, from: name },
    };
    return { ok: true, value: answers[what] ?? {} };
  }) as Http;
  return { site, router, session, http, down, asked, hold };
}

const KNOWLEDGE = { page: "knowledge" } as const;

describe("what is known of a site", () => {
  const models: Readonly<Record<string, () => Known>> = {
    "the list of articles": () => {
      const at = open(KNOWLEDGE);
      const knowledge = createKnowledge(at.http, at.router, at.session);
      const { items, counts, categories, begun, more } = knowledge;
      const shown = () => [items.value.length, counts.value.all, categories.value.length, begun.value.size, more.value];
      return { ...at, shown, known: [1, 7, 1, 1, true], nothing: [0, undefined, 0, 0, false], of: knowledge };
    },
    "questions that nobody answered": () => {
      const at = open(KNOWLEDGE);
      const unanswered = createUnanswered(at.http, at.router, at.session, createToasts());
      return { ...at, shown: () => unanswered.items.value.length, known: 1, nothing: 0, of: unanswered };
    },
    translations: () => {
      const at = open(KNOWLEDGE);
      const editor = { saved: signal(undefined), id: signal(undefined) } as never;
      const { behind, dispose } = createTranslations(at.http, at.router, at.session, editor, createToasts());
      return { ...at, shown: () => behind.value, known: 1, nothing: 0, of: { dispose } };
    },
    "what articles solve": () => {
      const at = open(KNOWLEDGE);
      const { figures, dispose } = createSelfService(at.http, at.router, at.session);
      return { ...at, shown: () => figures.value?.n, known: 9, nothing: undefined, of: { dispose } };
    },
    "articles to send": () => {
      const at = open({ page: "inbox", view: "waiting" });
      const picker = createPicker(at.http, at.session, signal([]), { of: signal(new Map()), fetch: async () => {} });
      picker.trigger.value = { kind: "article", query: "", from: 0, to: 1 };
      return { ...at, shown: () => picker.choices.value.length, known: 1, nothing: 0, of: picker };
    },
    "saved replies": () => {
      const at = open({ page: "settings", section: "replies" });
      const replies = createReplies(at.http, at.session);
      void replies.fetch();
      const stop = at.site.subscribe(() => void replies.fetch());
      const of = { fault: replies.fault, dispose: stop };
      return { ...at, shown: () => replies.all.value.map(({ name }) => name), known: ["Own"], nothing: [], of };
    },
    "a site's settings": () => {
      const at = open({ page: "settings", section: "site" });
      const settings = createSettings(
        at.http,
        async () => true,
        at.router,
        at.session,
        () => 0,
        (() => {}) as never,
      );
      const of = { fault: settings.site.fault, dispose: settings.dispose };
      return { ...at, shown: () => settings.site.value.value?.name, known: "Own", nothing: undefined, of };
    },
    "a site's mail": () => {
      const at = open({ page: "settings", section: "mail" });
      const { state, dispose } = createMailSettings(at.http, at.router, at.session);
      const of = { fault: state.fault, dispose };
      return { ...at, shown: () => state.value.value?.from, known: "Own", nothing: undefined, of };
    },
  };

  it.each(Object.entries(models))(
    "is not shown of another one, whether the other one's comes or not: %s",
    async (_, open) => {
      const { site, down, hold, shown, known, nothing, of } = open();
      onTestFinished(() => of.dispose());
      await expect.poll(shown).toEqual(known);
      down.add(OTHER.id);
      const gate = Promise.withResolvers<void>();
      hold.until = gate.promise;
      site.value = OTHER;
      expect(shown()).toEqual(nothing);
      gate.resolve();
      await settled();
      if (of.fault) await expect.poll(() => of.fault?.value?.code).toBe("unavailable");
      expect(shown()).toEqual(nothing);
    },
  );

  it("is not overwritten by what comes late of the one before", async () => {
    const { site, router, session, http, hold } = open(KNOWLEDGE);
    const knowledge = createKnowledge(http, router, session);
    onTestFinished(knowledge.dispose);
    const gate = Promise.withResolvers<void>();
    hold.until = gate.promise;
    const late = knowledge.fetch();
    delete hold.until;
    site.value = OTHER;
    gate.resolve();
    await late;
    expect(knowledge.items.value).toEqual([]);
    await expect.poll(() => knowledge.items.value.map(({ title }) => title)).toEqual(["Other"]);
  });

  it("is changed there, whichever is chosen when it is taken back", async () => {
    const { site, router, session, http, asked } = open(KNOWLEDGE);
    const toasts = createToasts();
    const unanswered = createUnanswered(http, router, session, toasts);
    onTestFinished(() => {
      unanswered.dispose();
      toasts.dispose();
    });
    await settled();
    await unanswered.dismiss(QUESTION);
    site.value = OTHER;
    toasts.shown.value[0]?.action?.run();
    await settled();
    expect(asked.filter((one) => one.startsWith("POST"))).toEqual(Array(2).fill(`POST ${SITE.id} unanswered/dismiss`));
  });
});

describe("the list of articles", () => {
  it("shows no rows of another shelf where its own do not come, and comes when it is asked again", async () => {
    const { router, session, http, down } = open(KNOWLEDGE);
    const knowledge = createKnowledge(http, router, session);
    onTestFinished(knowledge.dispose);
    await expect.poll(() => knowledge.items.value.length).toBe(1);
    down.add(SITE.id);
    knowledge.shelf.value = "draft";
    await expect.poll(() => knowledge.fault.value?.code).toBe("unavailable");
    expect(knowledge.items.value).toEqual([]);
    down.clear();
    await knowledge.again();
    expect([knowledge.items.value.length, knowledge.fault.value]).toEqual([1, undefined]);
  });

  it("keeps what it has where more does not come, and goes on from there", async () => {
    const { router, session, http, down } = open(KNOWLEDGE);
    const knowledge = createKnowledge(http, router, session);
    onTestFinished(knowledge.dispose);
    await expect.poll(() => knowledge.items.value.length).toBe(1);
    down.add(SITE.id);
    await knowledge.fetchMore();
    expect([knowledge.items.value.length, knowledge.fault.value?.code]).toEqual([1, "unavailable"]);
    down.clear();
    await knowledge.again();
    expect([knowledge.items.value.length, knowledge.more.value]).toEqual([2, false]);
  });
});
