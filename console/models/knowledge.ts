import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Fault } from "../../protocol/fault.ts";
import type { Answer, Http } from "../ports.ts";
import type { ArticleRow, List } from "../resources.ts";
import type { Router } from "./router.ts";
import type { Session } from "./session.ts";

const SEARCH_AFTER_MS = 200;

export const SHELVES = ["all", "published", "draft", "internal", "needed"] as const;
export type ArticleShelf = (typeof SHELVES)[number];

/** The list of articles. */
export interface Knowledge {
  readonly shelf: Signal<ArticleShelf>;
  readonly query: Signal<string>;
  readonly category: Signal<string | undefined>;
  readonly items: ReadonlySignal<readonly ArticleRow[]>;
  readonly categories: ReadonlySignal<readonly string[]>;
  readonly state: ReadonlySignal<"loading" | "ready">;
  readonly fault: ReadonlySignal<Fault | undefined>;
  readonly more: ReadonlySignal<boolean>;
  fetch(): Promise<void>;
  fetchMore(): Promise<void>;
  dispose(): void;
}

export function createKnowledge(http: Http, router: Router, session: Session): Knowledge {
  const shelf = signal<ArticleShelf>("all");
  const query = signal("");
  const category = signal<string>();
  const items = signal<readonly ArticleRow[]>([]);
  const categories = signal<readonly string[]>([]);
  const cursor = signal<string>();
  const state = signal<"loading" | "ready">("loading");
  const fault = signal<Fault>();
  let asked = 0;

  async function ask(from?: string) {
    const site = session.site.peek()?.id;
    if (!site) return;
    const mine = ++asked;
    if (shelf.peek() === "needed") return take(await http("GET", `/api/sites/${site}/articles/needed`), mine);
    const wanted = new URLSearchParams();
    const text = query.peek().trim();
    if (text) wanted.set("query", text);
    if (shelf.peek() === "internal") wanted.set("visibility", "internal");
    else if (shelf.peek() !== "all") wanted.set("state", shelf.peek());
    const only = category.peek();
    if (only) wanted.set("category", only);
    if (from) wanted.set("cursor", from);
    take(await http("GET", `/api/sites/${site}/articles?${wanted}`), mine, from);
  }

  function take(answer: Answer<List<ArticleRow>>, mine: number, from?: string) {
    if (mine !== asked) return;
    state.value = "ready";
    fault.value = answer.ok ? undefined : answer.fault;
    if (!answer.ok) return;
    items.value = from ? [...items.peek(), ...answer.value.items] : answer.value.items;
    cursor.value = answer.value.cursor;
    const named = answer.value.items.flatMap(({ category }) => (category ? [category] : []));
    categories.value = [...new Set([...categories.peek(), ...named])].sort();
  }

  const stop = effect(() => {
    const shown = router.route.value.page === "knowledge" && session.site.value !== undefined;
    const text = query.value;
    void [shelf.value, category.value];
    if (!shown) return;
    const timer = setTimeout(ask, text ? SEARCH_AFTER_MS : 0);
    return () => clearTimeout(timer);
  });

  return {
    shelf,
    query,
    category,
    items: computed(() => {
      if (shelf.value === "internal") return items.value.filter(({ visibility }) => visibility === "internal");
      if (shelf.value !== "needed") return items.value;
      // So few are looked through here.
      const wanted = query.value.trim().toLowerCase();
      const only = category.value;
      return items.value.filter(
        (article) => article.title.toLowerCase().includes(wanted) && (!only || article.category === only),
      );
    }),
    categories,
    state,
    fault,
    more: computed(() => cursor.value !== undefined),
    fetch: () => ask(),
    async fetchMore() {
      if (cursor.peek()) await ask(cursor.peek());
    },
    dispose: stop,
  };
}
