import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { RichText } from "../../protocol/rich-text.ts";
import type { Shelf } from "../ports.ts";
import { readJson } from "../shelf.ts";
import type { ArticleBody } from "./article-body.ts";
import { type CollectedArticle, type Collections, NEEDED } from "./knowledge-collections.ts";
import type { Router } from "./router.ts";
import type { Session } from "./session.ts";

const KEY = "course.";

/** A collection as it is read: from the first article to the last, with what was read ticked off. */
export interface Course {
  /** What there is to read, in its order. */
  readonly articles: ReadonlySignal<readonly CollectedArticle[]>;
  /** The article that lies open, and its text once that has come. */
  readonly open: ReadonlySignal<CollectedArticle | undefined>;
  readonly body: ReadonlySignal<RichText | undefined>;
  /** Ids of what was read: one agent's own, on this device. */
  readonly read: ReadonlySignal<ReadonlySet<string>>;
  /** How many of a collection's articles were read. */
  progressOf(collection: string, articles: readonly CollectedArticle[]): number;
  look(article: string): void;
  tick(article: string, read: boolean): void;
  /** Ticks what lies open and opens what comes next and was not read. */
  next(): void;
  dispose(): void;
}

export function createCourse(
  shelf: Shelf,
  router: Router,
  session: Session,
  collections: Pick<Collections, "current" | "needed">,
  articleBody: ArticleBody,
): Course {
  const wanted = signal<string>();
  const body = signal<RichText>();
  /** Rises when something was ticked, so that what depends on the shelf is read anew. */
  const ticks = signal(0);

  const id = computed(() => {
    const route = router.route.value;
    return route.page === "collections" ? route.collection : undefined;
  });
  const articles = computed(() =>
    id.value === NEEDED ? collections.needed.value : (collections.current.value?.articles ?? []),
  );
  const open = computed(() => articles.value.find((one) => one.id === wanted.value));
  const keyOf = (collection: string) => {
    const owner = collection === NEEDED ? `${session.site.value?.id}.${NEEDED}` : collection;
    return `${KEY}${session.agent.value?.id}.${owner}`;
  };
  const readOf = (collection: string): ReadonlySet<string> => {
    void ticks.value;
    return new Set(readJson<string[]>(shelf, keyOf(collection)) ?? []);
  };
  const read = computed(() => (id.value ? readOf(id.value) : new Set<string>()));
  const openId = computed(() => open.value?.id);

  const stops = [
    effect(() => {
      void id.value;
      wanted.value = undefined;
    }),
    effect(() => {
      const now = openId.value;
      body.value = undefined;
      if (!now) return;
      let gone = false;
      void articleBody(now).then((found) => {
        if (!gone) body.value = found ?? [];
      });
      return () => {
        gone = true;
      };
    }),
  ];

  function tick(article: string, isRead: boolean) {
    const collection = id.peek();
    if (!collection) return;
    const now = new Set(read.peek());
    if (isRead) now.add(article);
    else now.delete(article);
    shelf.set(keyOf(collection), now.size > 0 ? JSON.stringify([...now]) : undefined);
    ticks.value += 1;
  }

  return {
    articles,
    open,
    body,
    read,
    progressOf(collection, all) {
      const done = readOf(collection);
      return all.filter((one) => done.has(one.id)).length;
    },
    look(article) {
      wanted.value = article;
    },
    tick,
    next() {
      const now = open.peek();
      if (!now) return;
      tick(now.id, true);
      const all = articles.peek();
      const after = all.slice(all.indexOf(now) + 1);
      wanted.value = (after.find((one) => !read.peek().has(one.id)) ?? after[0])?.id ?? now.id;
    },
    dispose() {
      for (const stop of stops) stop();
    },
  };
}
