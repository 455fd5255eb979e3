import { batch, computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { Fault } from "../../protocol/fault.ts";
import type { RichText } from "../../protocol/rich-text.ts";
import type { Http, Shelf } from "../ports.ts";
import type { Article, ArticleState, Visibility } from "../resources.ts";
import { readJson } from "../shelf.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Router } from "./router.ts";
import type { Session } from "./session.ts";

const PREVIEW_AFTER_MS = 250;
const KEY = "article.";
export const NEW = "new";

/** What can be written of an article. Lists are one entry a line, as they are typed. */
export interface ArticleText {
  readonly title: string;
  readonly body: string;
  readonly locale: string;
  readonly slug: string;
  readonly category: string;
  readonly visibility: Visibility;
  readonly state: ArticleState;
  readonly pages: string;
  readonly questions: string;
}

export interface Editor {
  readonly id: ReadonlySignal<string | undefined>;
  readonly state: ReadonlySignal<"loading" | "ready" | "missing">;
  readonly text: ReadonlySignal<ArticleText>;
  readonly saved: ReadonlySignal<Article | undefined>;
  readonly dirty: ReadonlySignal<boolean>;
  /** Unsaved text of an earlier visit was put back. */
  readonly restored: ReadonlySignal<boolean>;
  readonly saving: ReadonlySignal<boolean>;
  readonly savedAt: ReadonlySignal<string | undefined>;
  readonly fault: ReadonlySignal<Fault | undefined>;
  readonly preview: ReadonlySignal<RichText>;
  change(part: Partial<ArticleText>): void;
  save(state?: ArticleState): Promise<void>;
  discard(): void;
  remove(): Promise<void>;
  dispose(): void;
}

/** The Markdown editor. Every change is kept on this device until it is saved, so that nothing is lost. */
export function createEditor(http: Http, shelf: Shelf, router: Router, session: Session, knowledge: Knowledge): Editor {
  const saved = signal<Article>();
  const text = signal(emptyText("en"));
  const state = signal<"loading" | "ready" | "missing">("loading");
  const restored = signal(false);
  const saving = signal(false);
  const savedAt = signal<string>();
  const fault = signal<Fault>();
  const preview = signal<RichText>([]);

  const id = computed(() => {
    const route = router.route.value;
    return route.page === "knowledge" ? route.article : undefined;
  });
  const clean = computed(() => (saved.value ? textOf(saved.value) : emptyText(session.site.value?.locales[0] ?? "en")));
  const dirty = computed(() => JSON.stringify(text.value) !== JSON.stringify(clean.value));

  async function load(now: string) {
    batch(() => {
      saved.value = undefined;
      savedAt.value = undefined;
      fault.value = undefined;
      state.value = "loading";
    });
    if (now !== NEW) {
      const answer = await http<Article>("GET", `/api/articles/${now}`);
      if (id.peek() !== now) return;
      if (!answer.ok) {
        fault.value = answer.fault;
        state.value = "missing";
        return;
      }
      saved.value = answer.value;
    }
    const kept = readJson<ArticleText>(shelf, KEY + now);
    batch(() => {
      text.value = kept ?? clean.peek();
      restored.value = kept !== undefined && JSON.stringify(kept) !== JSON.stringify(clean.peek());
      state.value = "ready";
    });
  }

  const stops = [
    effect(() => {
      const now = id.value;
      // A new article that was just saved got its address: it is here already.
      if (now && saved.peek()?.id !== now) untracked(() => void load(now));
    }),
    effect(() => {
      const { body } = text.value;
      if (!id.value) return;
      const abort = new AbortController();
      const timer = setTimeout(async () => {
        const answer = await http<{ body: RichText }>("POST", "/api/preview", { body }, abort.signal);
        if (answer.ok && !abort.signal.aborted) preview.value = answer.value.body;
      }, PREVIEW_AFTER_MS);
      return () => {
        clearTimeout(timer);
        abort.abort();
      };
    }),
  ];

  return {
    id,
    state,
    text,
    saved,
    dirty,
    restored,
    saving,
    savedAt,
    fault,
    preview,
    change(part) {
      text.value = { ...text.peek(), ...part };
      if (id.peek()) shelf.set(KEY + id.peek(), dirty.peek() ? JSON.stringify(text.peek()) : undefined);
    },
    async save(next) {
      const now = id.peek();
      const site = session.site.peek()?.id;
      if (!now || !site || saving.peek()) return;
      const written = { ...text.peek(), ...(next && { state: next }) };
      saving.value = true;
      const answer =
        now === NEW
          ? await http<Article>("POST", `/api/sites/${site}/articles`, bodyOf(written))
          : await http<Article>("PUT", `/api/articles/${now}`, bodyOf(written));
      batch(() => {
        saving.value = false;
        fault.value = answer.ok ? undefined : answer.fault;
        if (!answer.ok || id.peek() !== now) return;
        saved.value = answer.value;
        savedAt.value = answer.value.updatedAt;
        restored.value = false;
        // What was typed while it was being saved stays, and stays unsaved.
        if (JSON.stringify(text.peek()) === JSON.stringify({ ...written, state: text.peek().state }))
          text.value = clean.peek();
        shelf.set(KEY + now, undefined);
        if (dirty.peek()) shelf.set(KEY + answer.value.id, JSON.stringify(text.peek()));
      });
      if (answer.ok && now === NEW) router.go({ page: "knowledge", article: answer.value.id }, { replace: true });
      if (answer.ok) void knowledge.fetch();
    },
    discard() {
      batch(() => {
        text.value = clean.peek();
        restored.value = false;
      });
      shelf.set(KEY + id.peek(), undefined);
    },
    async remove() {
      const now = id.peek();
      if (!now || now === NEW) return;
      const answer = await http("DELETE", `/api/articles/${now}`);
      if (!answer.ok) {
        fault.value = answer.fault;
        return;
      }
      shelf.set(KEY + now, undefined);
      router.go({ page: "knowledge" });
      void knowledge.fetch();
    },
    dispose() {
      for (const stop of stops) stop();
    },
  };
}

function emptyText(locale: string): ArticleText {
  return {
    title: "",
    body: "",
    locale,
    slug: "",
    category: "",
    visibility: "public",
    state: "draft",
    pages: "",
    questions: "",
  };
}

function textOf(article: Article): ArticleText {
  const { title, body, locale, slug, category = "", visibility, state, pages = [], questions = [] } = article;
  return {
    title,
    body,
    locale,
    slug,
    category,
    visibility,
    state,
    pages: pages.join("\n"),
    questions: questions.join("\n"),
  };
}

function bodyOf({ pages, questions, slug, category, ...text }: ArticleText) {
  return {
    ...text,
    pages: lines(pages),
    questions: lines(questions),
    ...(slug.trim() && { slug: slug.trim() }),
    category: category.trim(),
  };
}

export function lines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}
