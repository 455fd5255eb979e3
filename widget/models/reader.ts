import { type Article, type Http, HttpError } from "../http.ts";
import { signal } from "../signals.ts";
import type { Storage } from "../storage.ts";
import { uuid7 } from "../uuid7.ts";

/** The article in view, and what the visitor says of it. */
export function createReader(ports: { http: Http; storage: Storage; viewed(article: Article): void }) {
  const asked = signal<string | undefined>(undefined);
  const article = signal<Article | undefined>(undefined);
  const failed = signal<"gone" | "unreachable" | undefined>(undefined);
  const verdicts = signal<ReadonlyMap<string, boolean>>(new Map());

  async function open(id: string) {
    asked.value = id;
    article.value = undefined;
    failed.value = undefined;
    try {
      const got = await ports.http.article(id);
      if (asked.peek() !== id) return;
      article.value = got;
      ports.viewed(got);
    } catch (error) {
      if (asked.peek() === id)
        failed.value = error instanceof HttpError && error.status === 404 ? "gone" : "unreachable";
    }
  }

  return {
    article,
    failed,
    verdicts,
    open,
    retry() {
      if (asked.peek()) void open(asked.peek() ?? "");
    },
    /** "Did this answer your question?" The last word counts; `q` is what led here. */
    judge(id: string, solved: boolean, q: string | undefined) {
      verdicts.value = new Map(verdicts.peek()).set(id, solved);
      const session = ports.storage.get<string>("session") ?? uuid7();
      ports.storage.set("session", session);
      // A verdict that is lost costs a number in a report; it must not cost the visitor an error.
      ports.http.verdict(id, { solved, session, ...(q && { q }) }).catch(() => {});
    },
  };
}

export type Reader = ReturnType<typeof createReader>;
