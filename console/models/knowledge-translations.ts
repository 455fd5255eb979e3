import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { Fault } from "../../protocol/fault.ts";
import type { RichText } from "../../protocol/rich-text.ts";
import type { Http } from "../ports.ts";
import type { Article, ArticleState, List } from "../resources.ts";
import type { Editor } from "./editor.ts";
import { changesOf, type Passage } from "./knowledge-changes.ts";
import { createOfSite } from "./of-site.ts";
import type { Router } from "./router.ts";
import type { Session } from "./session.ts";
import type { Toasts } from "./toasts.ts";

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

/** What the article in the editor translates. */
export interface Original {
  readonly title: string;
  readonly locale: string;
  /** As it is drawn. */
  readonly body: RichText;
  readonly behind: boolean;
  /** What changed since the translation was last written, and when that was. */
  readonly changes: readonly Passage[];
  readonly since: string;
}

interface Text {
  readonly title: string;
  readonly body: string;
  readonly at: string;
}
type Answered = {
  readonly id: string;
  readonly locale: string;
  readonly behind: boolean;
  readonly now: Text;
  readonly before: Text;
};

/** Which articles say the same in other languages. */
export interface Translations {
  /** By article: its group, with itself in it; articles without translations are left out. */
  readonly of: ReadonlySignal<ReadonlyMap<string, readonly Translation[]>>;
  /** How many articles have a translation that is older than its original. */
  readonly behind: ReadonlySignal<number>;
  /** Languages of the site into which the article in the editor can be translated. */
  readonly missing: ReadonlySignal<readonly string[]>;
  /** Absent where the article in the editor is the original. */
  readonly original: ReadonlySignal<Original | undefined>;
  readonly fault: ReadonlySignal<Fault | undefined>;
  /** Begins a translation of the article in the editor: a draft without text. One that is there already is opened. */
  begin(locale: string): Promise<void>;
  /** The article in the editor is up to date as it is. */
  check(): Promise<void>;
  dispose(): void;
}

export function createTranslations(
  http: Http,
  router: Router,
  session: Session,
  editor: Editor,
  toasts: Toasts,
): Translations {
  const groups = createOfSite<readonly { readonly articles: readonly Translation[] }[]>(session, []);
  const original = signal<Original>();
  const fault = signal<Fault>();
  let asked = 0;
  let busy = false;

  async function fetch() {
    const mine = ++asked;
    const site = session.site.peek()?.id;
    const path = `/api/sites/${site}/articles/translations`;
    const answer = await http<List<{ articles: readonly Translation[] }>>("GET", path);
    if (mine === asked && answer.ok) groups.put(answer.value.items, site);
  }

  const of = computed(
    () => new Map(groups.value.flatMap(({ articles }) => articles.map(({ id }) => [id, articles] as const))),
  );
  /** The article in the editor, where it is a translation; a string, so that fetching the groups again changes nothing. */
  const translated = computed(() => {
    const id = editor.saved.value?.id;
    const first = id && of.value.get(id)?.find((one) => one.original);
    return first && first.id !== id ? id : undefined;
  });

  async function compare(id: string) {
    const answer = await http<Answered>("GET", `/api/articles/${id}/original`);
    const text = answer.ok && { body: answer.value.now.body, article: answer.value.id };
    const drawn = text && (await http<{ body: RichText }>("POST", "/api/preview", text));
    if (translated.peek() !== id || !answer.ok || !drawn || !drawn.ok) return;
    const { locale, behind, now, before } = answer.value;
    const changes = changesOf(written(before), written(now));
    original.value = { title: now.title, locale, body: drawn.value.body, behind, changes, since: before.at };
  }

  const stops = [
    effect(() => {
      // Every save may put a translation behind, or bring it up to date.
      void editor.saved.value;
      if (session.site.value && router.route.value.page === "knowledge") void fetch();
    }),
    effect(() => {
      const id = translated.value;
      void editor.saved.value;
      if (id) untracked(() => void compare(id));
      else original.value = undefined;
    }),
    effect(() => {
      void editor.id.value;
      original.value = undefined;
    }),
  ];

  async function run<T>(call: (saved: Article) => ReturnType<typeof http<T>>): Promise<T | undefined> {
    const saved = editor.saved.peek();
    if (!saved || busy) return undefined;
    busy = true;
    const answer = await call(saved);
    busy = false;
    fault.value = answer.ok ? undefined : answer.fault;
    return answer.ok ? (answer.value ?? ({} as T)) : undefined;
  }

  /** Somebody was first: theirs is written on, so that nobody translates the same twice. */
  async function openOther(locale: string) {
    const id = editor.saved.peek()?.id ?? "";
    await fetch();
    const group = of.peek().get(id) ?? [];
    const there = group.find((one) => one.locale === locale);
    if (!there || editor.saved.peek()?.id !== id) return;
    fault.value = undefined;
    toasts.show((t) => t.languageThere);
    router.go({ page: "knowledge", article: there.id });
  }

  return {
    of,
    behind: computed(() => groups.value.filter(({ articles }) => articles.some(({ behind }) => behind)).length),
    missing: computed(() => {
      const saved = editor.saved.value;
      if (!saved) return [];
      const there = new Set([saved.locale, ...(of.value.get(saved.id) ?? []).map(({ locale }) => locale)]);
      return (session.site.value?.locales ?? []).filter((locale) => !there.has(locale));
    }),
    original,
    fault,
    async begin(locale) {
      const made = await run<Article>(({ title, group, visibility, category, pages }) =>
        http("POST", `/api/sites/${session.site.peek()?.id}/articles`, {
          title,
          body: "",
          locale,
          group,
          visibility,
          state: "draft",
          ...(category && { category }),
          ...(pages && { pages }),
        }),
      );
      if (made) router.go({ page: "knowledge", article: made.id });
      else if (fault.peek()?.code === "stale") await openOther(locale);
    },
    async check() {
      const done = await run(({ id }) => http("POST", `/api/articles/${id}/checked`, {}));
      if (!done) return;
      toasts.show((t) => t.upToDate);
      const id = translated.peek();
      await Promise.all([fetch(), id && compare(id)]);
    },
    dispose() {
      for (const stop of stops) stop();
    },
  };
}

function written({ title, body }: Text): string {
  return `${title}\n\n${body}`;
}
