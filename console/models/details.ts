import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Conversation } from "../../protocol/conversation.ts";
import type { Asked, Page, Posted, Tracked } from "../../protocol/event.ts";
import type { Fault } from "../../protocol/fault.ts";
import type { Http } from "../ports.ts";
import type { Article, List } from "../resources.ts";
import type { Session } from "./session.ts";
import type { Threads } from "./threads.ts";
import type { Toasts } from "./toasts.ts";

export interface Visit {
  readonly page: Page;
  readonly at: string;
}

/** What there is to know about the visitor of the open conversation. */
export interface Details {
  readonly past: ReadonlySignal<readonly Conversation[]>;
  /** Pages they wrote from, newest first, each once. */
  readonly visits: ReadonlySignal<readonly Visit[]>;
  /** What was suggested before they wrote, and which of it they read, newest first. */
  readonly asked: ReadonlySignal<readonly (Asked & { readonly at: string })[]>;
  /** What their page said happened on it before they wrote, newest first. */
  readonly tracked: ReadonlySignal<readonly (Tracked & { readonly at: string })[]>;
  /** Titles of articles, as far as they have come. */
  readonly titles: ReadonlySignal<Readonly<Record<string, string>>>;
  readonly erasing: ReadonlySignal<{ readonly state: "idle" | "busy"; readonly fault?: Fault }>;
  /** Erases the visitor for good; whether that was done. */
  erase(): Promise<boolean>;
  dispose(): void;
}

export function createDetails(http: Http, session: Session, threads: Threads, toasts: Toasts): Details {
  const past = signal<readonly Conversation[]>([]);
  const titles = signal<Readonly<Record<string, string>>>({});
  const erasing = signal<{ readonly state: "idle" | "busy"; readonly fault?: Fault }>({ state: "idle" });
  const asking = new Set<string>();

  const posts = computed(() => {
    const talk = threads.current.value?.log.value.talk ?? [];
    return talk.filter((event): event is Posted => event.type === "posted" && event.by.kind === "visitor").toReversed();
  });
  const visits = computed(() => {
    const seen = new Set<string>();
    return posts.value.flatMap(({ page, at }) => {
      if (!page || seen.has(page.url)) return [];
      seen.add(page.url);
      return [{ page, at }];
    });
  });
  const asked = computed(() => posts.value.flatMap(({ asked, at }) => (asked ? [{ ...asked, at }] : [])));
  const tracked = computed(() =>
    posts.value.flatMap(({ tracked = [], at }) => tracked.toReversed().map((one) => ({ ...one, at }))),
  );
  const visitor = computed(() => threads.current.value?.conversation.value?.visitor?.id);
  const here = computed(() => threads.current.value?.id);

  const stops = [
    effect(() => {
      const site = session.site.value?.id;
      const of = visitor.value;
      const now = here.value;
      past.value = [];
      erasing.value = { state: "idle" };
      if (!site || !of) return;
      const abort = new AbortController();
      const path = `/api/sites/${site}/conversations?visitor=${of}`;
      void http<List<Conversation>>("GET", path, undefined, abort.signal).then((answer) => {
        if (answer.ok && !abort.signal.aborted) past.value = answer.value.items.filter(({ id }) => id !== now);
      });
      return () => abort.abort();
    }),
    effect(() => {
      for (const id of asked.value.flatMap(({ shown, read = [] }) => [...shown, ...read])) {
        if (asking.has(id)) continue;
        asking.add(id);
        void http<Article>("GET", `/api/articles/${id}`).then((answer) => {
          if (answer.ok) titles.value = { ...titles.peek(), [id]: answer.value.title };
        });
      }
    }),
  ];
  return {
    past,
    visits,
    asked,
    tracked,
    titles,
    erasing,
    async erase() {
      const of = visitor.peek();
      if (!of || erasing.peek().state === "busy") return false;
      erasing.value = { state: "busy" };
      const answer = await http("DELETE", `/api/visitors/${of}`);
      if (visitor.peek() === of) erasing.value = { state: "idle", ...(!answer.ok && { fault: answer.fault }) };
      if (answer.ok) toasts.show((t) => t.erased);
      return answer.ok;
    },
    dispose() {
      for (const stop of stops) stop();
    },
  };
}
