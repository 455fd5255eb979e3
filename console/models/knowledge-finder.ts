import type { Http } from "../ports.ts";
import type { List, Suggested } from "../resources.ts";
import type { Session } from "./session.ts";

const SHOWN = 6;

/** The site's published articles that fit some words, best first. */
export type ArticleFinder = (q: string, abort?: AbortSignal) => Promise<readonly Suggested[]>;

export function createArticleFinder(http: Http, session: Session): ArticleFinder {
  return async (q, abort) => {
    const site = session.site.peek()?.id;
    if (!site || !q.trim()) return [];
    const path = `/api/sites/${site}/suggest?limit=${SHOWN}&q=${encodeURIComponent(q.slice(0, 1_000))}`;
    const answer = await http<List<Suggested>>("GET", path, undefined, abort);
    return answer.ok ? answer.value.items : [];
  };
}
