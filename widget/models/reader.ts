import { secondsToCount } from "../../ui/reading-time.ts";
import { type Article, type Http, HttpError } from "../http.ts";
import { signal } from "../signals.ts";
import type { Storage } from "../storage.ts";
import { uuid7 } from "../uuid7.ts";

const SECOND_MS = 1_000;
/** A message tells of no more articles. */
const MOST_READ = 10;

/** The article in view, and what the visitor says of it. */
export function createReader(ports: { http: Http; storage: Storage; viewed(article: Article): void }) {
  const { http, storage } = ports;
  const asked = signal<string | undefined>(undefined);
  const article = signal<Article | undefined>(undefined);
  const failed = signal<"gone" | "unreachable" | undefined>(undefined);
  const verdicts = signal<ReadonlyMap<string, boolean>>(new Map());
  /** What was read for a question since the last message: in memory only. */
  const read: string[] = [];

  async function open(id: string) {
    asked.value = id;
    article.value = undefined;
    failed.value = undefined;
    try {
      const got = await http.article(id);
      if (asked.peek() !== id) return;
      article.value = got;
      ports.viewed(got);
    } catch (error) {
      if (asked.peek() === id)
        failed.value = error instanceof HttpError && error.status === 404 ? "gone" : "unreachable";
    }
  }

  /** Nobody by itself: it tells what was read from who then wrote to a person. Kept from the first use on. */
  function session(): string {
    const known = storage.get<string>("session") ?? uuid7();
    storage.set("session", known);
    return known;
  }

  // What is lost on the way costs a number in a report; it must not cost the visitor an error.
  const say = (id: string, what: "verdict" | "reading", said: object) =>
    void http.say(id, what, { ...said, session: session() }).catch(() => {});

  return {
    article,
    failed,
    verdicts,
    read,
    open,
    retry() {
      if (asked.peek()) void open(asked.peek() ?? "");
    },
    /** An article stands before the visitor, for a question they typed. Told once it was read, not when it was opened. */
    stands({ id, body }: Article, q: string, seen: () => boolean): () => void {
      let left = secondsToCount(body);
      const timer = setInterval(() => {
        if (!seen()) return;
        left -= 1;
        if (left > 0) return;
        clearInterval(timer);
        say(id, "reading", { q });
        if (read.length < MOST_READ && !read.includes(id)) read.push(id);
      }, SECOND_MS);
      return () => clearInterval(timer);
    },
    /** "Did this answer your question?" The last word counts; `q` is what led here. */
    judge(id: string, solved: boolean, q: string | undefined) {
      verdicts.value = new Map(verdicts.peek()).set(id, solved);
      say(id, "verdict", { solved, ...(q && { q }) });
    },
  };
}

export type Reader = ReturnType<typeof createReader>;
