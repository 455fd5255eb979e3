import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Http } from "../ports.ts";
import type { List } from "../resources.ts";
import type { Router } from "./router.ts";
import type { Session } from "./session.ts";

/** How an article does. */
export interface Figures {
  readonly article: string;
  /** 0…1 of the site's hottest. */
  readonly heat: number;
  /** How many readers said whether it answered, in 28 days. */
  readonly verdicts: number;
  /** The share that said it did, and where it lies with 95 %; absent while too few have said. */
  readonly answered?: { readonly share: number; readonly low: number; readonly high: number };
}

/** The figures of the site's articles by id, fetched when the knowledge base is looked at or an article is picked. */
export interface KnowledgeFigures {
  readonly of: ReadonlySignal<ReadonlyMap<string, Figures>>;
  fetch(): Promise<void>;
  dispose(): void;
}

export function createKnowledgeFigures(http: Http, router: Router, session: Session): KnowledgeFigures {
  const all = signal<{ readonly site: string; readonly items: readonly Figures[] }>();

  async function fetch() {
    const site = session.site.peek()?.id;
    if (!site) return;
    const answer = await http<List<Figures>>("GET", `/api/sites/${site}/articles/figures`);
    if (answer.ok) all.value = { site, items: answer.value.items };
  }

  return {
    of: computed(() => {
      const mine = all.value?.site === session.site.value?.id ? (all.value?.items ?? []) : [];
      return new Map(mine.map((one) => [one.article, one] as const));
    }),
    fetch,
    dispose: effect(() => {
      if (session.site.value && router.route.value.page === "knowledge") void fetch();
    }),
  };
}
