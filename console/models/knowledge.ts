import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from "@preact/signals";
import type { Fault } from "../../protocol/fault.ts";
import type { Http } from "../ports.ts";
import type { ArticleRow, List } from "../resources.ts";
import { createOfSite } from "./of-site.ts";
import type { Router } from "./router.ts";
import type { Session } from "./session.ts";

const SEARCH_AFTER_MS = 200;

export const SHELVES = ["all", "published", "draft", "internal", "behind", "needed"] as const;
export type ArticleShelf = (typeof SHELVES)[number];

/** Short lists that the server makes: they are looked through here, and their translations taken together. */
const SHORT: readonly ArticleShelf[] = ["behind", "needed"];

/** What has come of a site's list, or why it has not. */
interface Listed {
  /** What it was asked by: rows that answer another question are shown while the next ones come, and no longer. */
  readonly by?: string;
  readonly rows: readonly ArticleRow[];
  readonly cursor?: string | undefined;
  readonly state: "loading" | "ready";
  readonly fault?: Fault;
  /** What did not come was to begin here. */
  readonly from?: string | undefined;
}

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
  /** Asks once more for what did not come. */
  again(): Promise<void>;
  dispose(): void;
}

export function createKnowledge(http: Http, router: Router, session: Session): Knowledge {
  const shelf = signal<ArticleShelf>("all");
  const query = signal("");
  const category = signal<string>();
  const listed = createOfSite<Listed>(session, { rows: [], state: "loading" });
  const counts = createOfSite<Readonly<Partial<Record<ArticleShelf, number>>>>(session, {});
  const categories = createOfSite<readonly string[]>(session, []);
  const begun = createOfSite<ReadonlySet<string>>(session, new Set());
  const site = computed(() => session.site.value?.id);
  let asked = 0;

  async function ask(from?: string) {
    const of = site.peek();
    if (!of) return;
    const mine = ++asked;
    const now = shelf.peek();
    const by = SHORT.includes(now) ? `/${now}` : `?${wantedOf(now)}`;
    const onwards = from ? `&cursor=${encodeURIComponent(from)}` : "";
    const answer = await http<List<ArticleRow>>("GET", `/api/sites/${of}/articles${by}${onwards}`);
    if (mine !== asked || of !== site.peek()) return;
    const before = listed.peek();
    if (!answer.ok) {
      const kept = before.by === by ? before : { rows: [] };
      return listed.put({ ...kept, state: "ready", fault: answer.fault, from }, of);
    }
    const { items, cursor } = answer.value;
    listed.put({ by, rows: from ? [...before.rows, ...items] : items, cursor, state: "ready" }, of);
    const named = items.flatMap(({ category }) => (category ? [category] : []));
    categories.put([...new Set([...categories.peek(), ...named])].sort(), of);
  }

  function wantedOf(now: ArticleShelf): URLSearchParams {
    const wanted = new URLSearchParams({ per: "group" });
    const text = query.peek().trim();
    if (text) wanted.set("query", text);
    if (now === "internal") wanted.set("visibility", "internal");
    else if (now !== "all") wanted.set("state", now);
    const only = category.peek();
    if (only) wanted.set("category", only);
    return wanted;
  }

  /** What stands beside the list and does not hold it up. */
  async function askAround() {
    const of = site.peek();
    const path = `/api/sites/${of}`;
    const [counted, mine] = await Promise.all([
      http<Partial<Record<ArticleShelf, number>>>("GET", `${path}/articles/counts`),
      http<List<{ article?: string }>>("GET", `${path}/drafts`),
    ]);
    if (counted.ok) counts.put(counted.value, of);
    if (mine.ok) begun.put(new Set(mine.value.items.map(({ article }) => article ?? "new")), of);
  }

  const open = computed(() => {
    const route = router.route.value;
    return route.page === "knowledge" && route.article === undefined ? site.value : undefined;
  });
  const stops = [
    effect(() => {
      // Another site has categories of its own.
      void site.value;
      category.value = undefined;
    }),
    effect(() => {
      const shown = router.route.value.page === "knowledge" && session.site.value !== undefined;
      const text = query.value;
      void [shelf.value, category.value];
      if (!shown) return;
      const timer = setTimeout(ask, text ? SEARCH_AFTER_MS : 0);
      return () => clearTimeout(timer);
    }),
    effect(() => {
      if (open.value) untracked(() => void askAround());
    }),
  ];

  return {
    shelf,
    query,
    category,
    items: computed(() => {
      const { rows } = listed.value;
      if (shelf.value === "internal") return rows.filter(({ visibility }) => visibility === "internal");
      if (!SHORT.includes(shelf.value)) return rows;
      const groups = rows.filter(
        (article, at, all) => !article.group || all.findIndex(({ group }) => group === article.group) === at,
      );
      const wanted = query.value.trim().toLowerCase();
      const only = category.value;
      return groups.filter(
        (article) => article.title.toLowerCase().includes(wanted) && (!only || article.category === only),
      );
    }),
    counts,
    categories,
    begun,
    state: computed(() => listed.value.state),
    fault: computed(() => listed.value.fault),
    more: computed(() => listed.value.cursor !== undefined),
    async fetch() {
      await Promise.all([ask(), askAround()]);
    },
    async fetchMore() {
      const { cursor } = listed.peek();
      if (cursor) await ask(cursor);
    },
    async again() {
      await Promise.all([ask(listed.peek().from), askAround()]);
    },
    dispose() {
      for (const stop of stops) stop();
    },
  };
}
