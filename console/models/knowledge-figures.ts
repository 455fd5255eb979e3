import { computed, effect, type ReadonlySignal } from "@preact/signals";
import type { Http } from "../ports.ts";
import { createOfSite } from "./of-site.ts";
import type { Router } from "./router.ts";
import type { Session } from "./session.ts";

/** How an article does, or all its translations together. */
export interface Figures {
  /** 0…1 of the site's hottest. */
  readonly heat: number;
  /** How often in 14 days: opened, sent by agents, found by a search. Absent where it never was. */
  readonly uses?: { readonly reads: number; readonly links: number; readonly searches: number };
  /** How many readers said whether it answered, in 28 days. */
  readonly verdicts: number;
  /** The share that said it did, and where it lies with 95 %; absent while too few have said. */
  readonly answered?: { readonly share: number; readonly low: number; readonly high: number };
}

interface Answer {
  readonly items: readonly (Figures & { readonly article: string })[];
  readonly groups: readonly (Figures & { readonly group: string })[];
}

/** The figures of the site's articles, fetched when the knowledge base is looked at or an article is picked. */
export interface KnowledgeFigures {
  readonly of: ReadonlySignal<ReadonlyMap<string, Figures>>;
  /** By group: of all translations of an article. */
  readonly ofGroups: ReadonlySignal<ReadonlyMap<string, Figures>>;
  fetch(): Promise<void>;
  dispose(): void;
}

export function createKnowledgeFigures(http: Http, router: Router, session: Session): KnowledgeFigures {
  const all = createOfSite<Answer>(session, { items: [], groups: [] });

  async function fetch() {
    const site = session.site.peek()?.id;
    if (!site) return;
    const answer = await http<Answer>("GET", `/api/sites/${site}/articles/figures`);
    if (answer.ok) all.put(answer.value, site);
  }

  return {
    of: computed(() => new Map(all.value.items.map((one) => [one.article, one] as const))),
    ofGroups: computed(() => new Map(all.value.groups.map((one) => [one.group, one] as const))),
    fetch,
    dispose: effect(() => {
      if (session.site.value && router.route.value.page === "knowledge") void fetch();
    }),
  };
}
