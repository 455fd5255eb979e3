import { batch, computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { Fault } from "../../protocol/fault.ts";
import type { Http } from "../ports.ts";
import type { ArticleState, List, Visibility } from "../resources.ts";
import type { Router } from "./router.ts";
import type { Session } from "./session.ts";

/** What was needed most this fortnight reads like a collection, and nobody arranges it. */
export const NEEDED = "needed";

export interface CollectedArticle {
  readonly id: string;
  readonly title: string;
  readonly locale: string;
  readonly visibility: Visibility;
  readonly state: ArticleState;
}

/** Articles in an order: a course for the team, or first steps for visitors. */
export interface Collection {
  readonly id: string;
  readonly name: string;
  readonly visibility: Visibility;
  readonly articles: readonly CollectedArticle[];
}

export interface Collections {
  readonly items: ReadonlySignal<readonly Collection[]>;
  readonly needed: ReadonlySignal<readonly CollectedArticle[]>;
  /** The one in the address bar. */
  readonly current: ReadonlySignal<Collection | undefined>;
  readonly state: ReadonlySignal<"loading" | "ready">;
  readonly fault: ReadonlySignal<Fault | undefined>;
  /** Makes an empty one and opens it. */
  create(name: string): Promise<void>;
  /** Shown at once; where the server refuses it, everything is as it was. */
  change(part: Partial<Omit<Collection, "id">>): void;
  /** Puts an article of the current one elsewhere in its order. */
  move(from: number, to: number): void;
  remove(): Promise<void>;
  dispose(): void;
}

export function createCollections(http: Http, router: Router, session: Session): Collections {
  const items = signal<readonly Collection[]>([]);
  const needed = signal<readonly CollectedArticle[]>([]);
  const state = signal<"loading" | "ready">("loading");
  const fault = signal<Fault>();
  /** What waits to be stored, by collection: only the newest counts. */
  const waiting = new Map<string, Collection>();
  let sending = false;

  const id = computed(() => {
    const route = router.route.value;
    return route.page === "collections" ? route.collection : undefined;
  });
  const current = computed(() => items.value.find((one) => one.id === id.value));
  const shown = computed(() => (router.route.value.page === "collections" ? session.site.value?.id : undefined));

  async function fetch() {
    const site = shown.peek();
    if (!site) return;
    const [all, most] = await Promise.all([
      http<List<Collection>>("GET", `/api/sites/${site}/collections`),
      http<List<CollectedArticle>>("GET", `/api/sites/${site}/articles/${NEEDED}`),
    ]);
    if (shown.peek() !== site) return;
    batch(() => {
      state.value = "ready";
      fault.value = all.ok ? undefined : all.fault;
      // What was changed meanwhile is newer than what was asked for.
      if (all.ok && waiting.size === 0) items.value = all.value.items;
      if (most.ok) needed.value = most.value.items;
    });
  }

  const put = (next: Collection) => {
    items.value = items.peek().map((one) => (one.id === next.id ? next : one));
  };

  async function send() {
    if (sending) return;
    sending = true;
    for (const next of waiting.values()) {
      const { id: own, name, visibility, articles } = next;
      const body = { name, visibility, articles: articles.map((article) => article.id) };
      const answer = await http<Collection>("PUT", `/api/collections/${own}`, body);
      // Changed again meanwhile: that goes next.
      if (waiting.get(own) !== next) continue;
      waiting.delete(own);
      if (answer.ok) {
        put(answer.value);
        fault.value = undefined;
      } else {
        await fetch();
        fault.value = answer.fault;
      }
    }
    sending = false;
    if (waiting.size > 0) void send();
  }

  function change(part: Partial<Omit<Collection, "id">>) {
    const before = current.peek();
    if (!before) return;
    const next = { ...before, ...part };
    put(next);
    // A name that is being written anew is empty for a moment, and nothing to store.
    if (!next.name.trim()) return;
    waiting.set(next.id, next);
    void send();
  }

  const stop = effect(() => {
    if (shown.value) untracked(() => void fetch());
  });

  return {
    items,
    needed,
    current,
    state,
    fault,
    async create(name) {
      const site = session.site.peek()?.id;
      const path = `/api/sites/${site}/collections`;
      const answer = await http<Collection>("POST", path, { name, visibility: "internal", articles: [] });
      fault.value = answer.ok ? undefined : answer.fault;
      if (!answer.ok) return;
      items.value = [...items.peek(), answer.value];
      router.go({ page: "collections", collection: answer.value.id });
    },
    change,
    move(from, to) {
      const articles = [...(current.peek()?.articles ?? [])];
      const [moved] = articles.splice(from, 1);
      if (!moved || to < 0 || to > articles.length || to === from) return;
      articles.splice(to, 0, moved);
      change({ articles });
    },
    async remove() {
      const gone = current.peek();
      if (!gone) return;
      const answer = await http("DELETE", `/api/collections/${gone.id}`);
      fault.value = answer.ok ? undefined : answer.fault;
      if (!answer.ok) return;
      waiting.delete(gone.id);
      items.value = items.peek().filter((one) => one.id !== gone.id);
      router.go({ page: "collections" });
    },
    dispose: stop,
  };
}
