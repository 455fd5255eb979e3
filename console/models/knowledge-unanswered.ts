import { batch, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Fault } from "../../protocol/fault.ts";
import type { Answer, Http } from "../ports.ts";
import type { Article, List } from "../resources.ts";
import { createMinted } from "./minted.ts";
import { createOfSite } from "./of-site.ts";
import type { Router } from "./router.ts";
import type { Session } from "./session.ts";
import type { Toasts } from "./toasts.ts";

/** One thing that people asked and no article answered. */
export interface UnansweredQuestion {
  /** Of all that was asked so. */
  readonly ids: readonly string[];
  readonly text: string;
  /** Other words in which it was asked. */
  readonly wordings: readonly string[];
  readonly locale: string;
  readonly people: number;
  /** How many of them asked it in a conversation. */
  readonly asked: number;
  readonly rising: boolean;
  /** A draft in which somebody is writing the answer. */
  readonly draft?: string;
}

/** The queue of what to write next. */
export interface Unanswered {
  readonly items: ReadonlySignal<readonly UnansweredQuestion[]>;
  readonly state: ReadonlySignal<"loading" | "ready">;
  readonly fault: ReadonlySignal<Fault | undefined>;
  readonly busy: ReadonlySignal<boolean>;
  fetch(): Promise<void>;
  /** Drafts the article from how agents answered, and opens it. */
  write(question: UnansweredQuestion): Promise<void>;
  /** An article answers it: learned at once. */
  link(question: UnansweredQuestion, article: string): Promise<void>;
  dismiss(question: UnansweredQuestion): Promise<void>;
  dispose(): void;
}

export function createUnanswered(
  http: Http,
  router: Router,
  session: Session,
  toasts: Pick<Toasts, "show">,
): Unanswered {
  const items = createOfSite<readonly UnansweredQuestion[]>(session, []);
  const state = createOfSite<"loading" | "ready">(session, "loading");
  const fault = createOfSite<Fault | undefined>(session, undefined);
  const busy = signal(false);
  const here = () => session.site.peek()?.id;
  const pathOf = (site: string | undefined, action = "") => `/api/sites/${site}/unanswered${action}`;
  let asked = 0;

  async function fetch() {
    const mine = ++asked;
    const site = here();
    const answer = await http<List<UnansweredQuestion>>("GET", pathOf(site));
    if (mine !== asked) return;
    batch(() => {
      state.put("ready", site);
      fault.put(answer.ok ? undefined : answer.fault, site);
      if (answer.ok) items.put(answer.value.items, site);
    });
  }

  async function run<T>(call: () => Promise<Answer<T>>): Promise<T | undefined> {
    if (busy.peek()) return undefined;
    const site = here();
    busy.value = true;
    const answer = await call();
    busy.value = false;
    fault.put(answer.ok ? undefined : answer.fault, site);
    return answer.ok ? (answer.value ?? ({} as T)) : undefined;
  }

  async function settle(question: UnansweredQuestion, action: string, more: object = {}): Promise<boolean> {
    const site = here();
    const done = await run(() => http("POST", pathOf(site, action), { ids: question.ids, ...more }));
    if (!done) return false;
    items.put(
      items.peek().filter((one) => one !== question),
      site,
    );
    void fetch();
    return true;
  }

  /** Of the site where it was put away, whichever is chosen by now. */
  async function takeBack({ ids }: UnansweredQuestion, site: string | undefined) {
    if (await run(() => http("POST", pathOf(site, "/dismiss"), { ids, undo: true }))) await fetch();
  }

  const stop = effect(() => {
    const route = router.route.value;
    if (session.site.value && route.page === "knowledge" && route.article === undefined) void fetch();
  });

  const minted = createMinted();
  return {
    items,
    state,
    fault,
    busy,
    fetch,
    async write(question) {
      if (question.draft) return router.go({ page: "knowledge", article: question.draft });
      const site = here();
      const article = await run(async () => {
        const draft = await http<object>("POST", pathOf(site, "/draft"), { ids: question.ids });
        if (!draft.ok) return draft;
        const answer = await http<Article>("POST", `/api/sites/${site}/articles`, {
          ...draft.value,
          id: minted.idOf(site, question.ids),
          state: "draft",
        });
        if (answer.ok) minted.done();
        return answer;
      });
      if (article) router.go({ page: "knowledge", article: article.id });
    },
    async link(question, article) {
      if (await settle(question, "/link", { article })) toasts.show((t) => t.linked);
    },
    async dismiss(question) {
      const site = here();
      if (await settle(question, "/dismiss"))
        toasts.show((t) => t.putAway, { say: (t) => t.undo, run: () => void takeBack(question, site) });
    },
    dispose: stop,
  };
}
