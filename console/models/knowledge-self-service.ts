import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Http } from "../ports.ts";
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

/** How much the articles answer by themselves, in the usual period of the report. */
export interface SelfService {
  readonly figures: ReadonlySignal<SelfServiceFigures | undefined>;
  dispose(): void;
}

export function createSelfService(http: Http, router: Router, session: Session): SelfService {
  const figures = signal<SelfServiceFigures>();
  return {
    figures,
    dispose: effect(() => {
      const route = router.route.value;
      const site = session.site.value?.id;
      if (!site || route.page !== "knowledge" || route.article) return;
      const abort = new AbortController();
      const path = `/api/sites/${site}/reports/self-service`;
      void http<{ rows: readonly SelfServiceFigures[] }>("GET", path, undefined, abort.signal).then((answer) => {
        // The first row is all of them; figures of another site are worse than none.
        if (!abort.signal.aborted) figures.value = answer.ok ? answer.value.rows[0] : undefined;
      });
      return () => abort.abort();
    }),
  };
}
