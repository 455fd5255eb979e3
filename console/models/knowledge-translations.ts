import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Fault } from "../../protocol/fault.ts";
import type { RichText } from "../../protocol/rich-text.ts";
import type { Http } from "../ports.ts";
import type { Article, ArticleState, List } from "../resources.ts";
import type { ArticleBody } from "./article-body.ts";
import type { Editor } from "./editor.ts";
import type { Router } from "./router.ts";
import type { Session } from "./session.ts";

/** An article among its translations. */
export interface Translation {
  readonly id: string;
  readonly locale: string;
  readonly title: string;
  readonly state: ArticleState;
  /** Of a group, the one the others translate. */
  readonly original: boolean;
  /** The original's text changed after this one's. */
  readonly behind: boolean;
}

/** Which articles say the same in other languages. */
export interface Translations {
  /** By article: its group, with itself in it; articles without translations are left out. */
  readonly of: ReadonlySignal<ReadonlyMap<string, readonly Translation[]>>;
  /** Languages of the site into which the article in the editor can be translated. */
  readonly missing: ReadonlySignal<readonly string[]>;
  /** The text that the article in the editor translates, as it is drawn; absent where it is the original. */
  readonly original: ReadonlySignal<
    { readonly title: string; readonly locale: string; readonly body: RichText } | undefined
  >;
  readonly fault: ReadonlySignal<Fault | undefined>;
  /** Begins a translation of the article in the editor: a draft without text. */
  begin(locale: string): Promise<void>;
  dispose(): void;
}

export function createTranslations(
  http: Http,
  router: Router,
  session: Session,
  editor: Editor,
  articleBody: ArticleBody,
): Translations {
  const groups = signal<readonly { readonly articles: readonly Translation[] }[]>([]);
  const original = signal<{ readonly title: string; readonly locale: string; readonly body: RichText }>();
  const fault = signal<Fault>();
  let asked = 0;
  let beginning = false;

  async function fetch() {
    const mine = ++asked;
    const site = session.site.peek()?.id;
    const path = `/api/sites/${site}/articles/translations`;
    const answer = await http<List<{ articles: readonly Translation[] }>>("GET", path);
    if (mine === asked && answer.ok) groups.value = answer.value.items;
  }

  const of = computed(
    () => new Map(groups.value.flatMap(({ articles }) => articles.map(({ id }) => [id, articles] as const))),
  );
  const translated = computed(() => {
    const id = editor.saved.value?.id;
    const first = id && of.value.get(id)?.find((one) => one.original);
    return first && first.id !== id ? first : undefined;
  });
  const stops = [
    effect(() => {
      // Every save may put a translation behind, or bring it up to date.
      void editor.saved.value;
      if (session.site.value && router.route.value.page === "knowledge") void fetch();
    }),
    effect(() => {
      const from = translated.value;
      if (!from) {
        original.value = undefined;
        return;
      }
      let gone = false;
      void articleBody(from.id).then((body) => {
        if (!gone && body) original.value = { title: from.title, locale: from.locale, body };
      });
      return () => {
        gone = true;
      };
    }),
  ];

  return {
    of,
    missing: computed(() => {
      const saved = editor.saved.value;
      if (!saved) return [];
      const there = new Set([saved.locale, ...(of.value.get(saved.id) ?? []).map(({ locale }) => locale)]);
      return (session.site.value?.locales ?? []).filter((locale) => !there.has(locale));
    }),
    original,
    fault,
    async begin(locale) {
      const saved = editor.saved.peek();
      const site = session.site.peek()?.id;
      if (!saved?.group || !site || beginning) return;
      beginning = true;
      const { title, group, visibility, category, pages } = saved;
      const answer = await http<Article>("POST", `/api/sites/${site}/articles`, {
        title,
        body: "",
        locale,
        group,
        visibility,
        state: "draft",
        ...(category && { category }),
        ...(pages && { pages }),
      });
      beginning = false;
      fault.value = answer.ok ? undefined : answer.fault;
      if (answer.ok) router.go({ page: "knowledge", article: answer.value.id });
    },
    dispose() {
      for (const stop of stops) stop();
    },
  };
}
