import { computed, effect, type ReadonlySignal } from "@preact/signals";
import type { Http } from "../ports.ts";
import { createOfSite } from "./of-site.ts";
import type { Router } from "./router.ts";
import type { Session } from "./session.ts";

/** How many, of all settled questions, and where that share lies with 95 %. */
export interface Share {
  readonly count: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** What became of the questions for which somebody read an article; shares are absent while there are too few. */
export interface SelfServiceFigures {
  readonly n: number;
  /** May still become one or the other. */
  readonly open: number;
  readonly solved?: Share;
  readonly left?: Share;
  readonly unsolved?: Share;
  readonly asked?: Share;
}

type Row = SelfServiceFigures & { readonly segment: string | null };

/** How much the articles answer by themselves, in the usual period of the report. */
export interface SelfService {
  readonly figures: ReadonlySignal<SelfServiceFigures | undefined>;
  /** By the article that was read last for a question. */
  readonly ofArticles: ReadonlySignal<ReadonlyMap<string, SelfServiceFigures>>;
  dispose(): void;
}

export function createSelfService(http: Http, router: Router, session: Session): SelfService {
  const rows = createOfSite<readonly Row[]>(session, []);
  return {
    figures: computed(() => rows.value[0]),
    ofArticles: computed(() => new Map(rows.value.slice(1).map((row) => [row.segment ?? "", row] as const))),
    dispose: effect(() => {
      const { page } = router.route.value;
      const site = session.site.value?.id;
      if (!site || page !== "knowledge") return;
      const abort = new AbortController();
      const path = `/api/sites/${site}/reports/self-service?by=article`;
      void http<{ rows: readonly Row[] }>("GET", path, undefined, abort.signal).then((answer) => {
        // The first row is all of them.
        if (!abort.signal.aborted) rows.put(answer.ok ? answer.value.rows : [], site);
      });
      return () => abort.abort();
    }),
  };
}
