import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from "@preact/signals";
import type { Fault } from "../../protocol/fault.ts";
import type { Answer, Http } from "../ports.ts";
import type { ArticleRow, List } from "../resources.ts";
import type { Router } from "./router.ts";
import type { Session } from "./session.ts";

const SEARCH_AFTER_MS = 200;

export const SHELVES = ["all", "published", "draft", "internal", "behind", "needed"] as const;
export type ArticleShelf = (typeof SHELVES)[number];

/** Short lists that the server makes: they are looked through here, and their translations taken together. */
const SHORT: readonly ArticleShelf[] = ["behind", "needed"];

/** The list of articles: one row each, whatever languages it is written in. */
export interface Knowledge {
  readonly shelf: Signal<ArticleShelf>;
  readonly query: Signal<string>;
  readonly category: Signal<string | undefined>;
  readonly items: ReadonlySignal<readonly ArticleRow[]>;
  /** How many articles stand on a shelf, as far as that is known. */
  readonly counts: ReadonlySignal<Readonly<Partial<Record<ArticleShelf, number>>>>;
  readonly categories: ReadonlySignal<readonly string[]>;
  /** Articles that I have changed and not saved, by id; `new` for one that is not there yet. */
  readonly begun: ReadonlySignal<ReadonlySet<string>>;
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
  const counts = signal<Readonly<Partial<Record<ArticleShelf, number>>>>({});
  const categories = signal<readonly string[]>([]);
  const begun = signal<ReadonlySet<string>>(new Set());
  const cursor = signal<string>();
  const state = signal<"loading" | "ready">("loading");
  const fault = signal<Fault>();
  let asked = 0;

  async function ask(from?: string) {
    const site = session.site.peek()?.id;
    if (!site) return;
    const mine = ++asked;
    const path = `/api/sites/${site}/articles`;
    const now = shelf.peek();
    if (SHORT.includes(now)) return take(await http("GET", `${path}/${now}`), mine);
    const wanted = new URLSearchParams({ per: "group" });
    const text = query.peek().trim();
    if (text) wanted.set("query", text);
    if (now === "internal") wanted.set("visibility", "internal");
    else if (now !== "all") wanted.set("state", now);
    const only = category.peek();
    if (only) wanted.set("category", only);
    if (from) wanted.set("cursor", from);
    take(await http("GET", `${path}?${wanted}`), mine, from);
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

  /** What stands beside the list and does not hold it up. */
  async function askAround() {
    const site = session.site.peek()?.id;
    const path = `/api/sites/${site}`;
    const [counted, mine] = await Promise.all([
      http<Partial<Record<ArticleShelf, number>>>("GET", `${path}/articles/counts`),
      http<List<{ article?: string }>>("GET", `${path}/drafts`),
    ]);
    if (session.site.peek()?.id !== site) return;
    if (counted.ok) counts.value = counted.value;
    if (mine.ok) begun.value = new Set(mine.value.items.map(({ article }) => article ?? "new"));
  }

  const listed = computed(() => {
    const route = router.route.value;
    return route.page === "knowledge" && route.article === undefined ? session.site.value?.id : undefined;
  });
  const stops = [
    effect(() => {
      const shown = router.route.value.page === "knowledge" && session.site.value !== undefined;
      const text = query.value;
      void [shelf.value, category.value];
      if (!shown) return;
      const timer = setTimeout(ask, text ? SEARCH_AFTER_MS : 0);
      return () => clearTimeout(timer);
    }),
    effect(() => {
      if (listed.value) untracked(() => void askAround());
    }),
  ];

  return {
    shelf,
    query,
    category,
    items: computed(() => {
      if (shelf.value === "internal") return items.value.filter(({ visibility }) => visibility === "internal");
      if (!SHORT.includes(shelf.value)) return items.value;
      const rows = items.value.filter(
        (article, at, all) => !article.group || all.findIndex(({ group }) => group === article.group) === at,
      );
      const wanted = query.value.trim().toLowerCase();
      const only = category.value;
      return rows.filter(
        (article) => article.title.toLowerCase().includes(wanted) && (!only || article.category === only),
      );
    }),
    counts,
    categories,
    begun,
    state,
    fault,
    more: computed(() => cursor.value !== undefined),
    async fetch() {
      await Promise.all([ask(), askAround()]);
    },
    async fetchMore() {
      if (cursor.peek()) await ask(cursor.peek());
    },
    dispose() {
      for (const stop of stops) stop();
    },
  };
}
