import { batch, computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { v7 } from "uuid";
import type { Fault } from "../../protocol/fault.ts";
import type { RichText } from "../../protocol/rich-text.ts";
import type { Http } from "../ports.ts";
import type { Article, ArticleState } from "../resources.ts";
import { type ArticleText, bodyOf, emptyText, sameText, textOf } from "./article-text.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Around, Keeper, Kept, Place, Unsaved } from "./knowledge-keeper.ts";
import type { Router } from "./router.ts";
import type { Session } from "./session.ts";

const PREVIEW_AFTER_MS = 250;
const LOOK_EVERY_MS = 15_000;
export const NEW = "new";

/** What somebody else saved while we were writing. */
export interface Theirs {
  readonly article: Article;
  readonly by?: { readonly id: string; readonly name: string };
}

export interface Editor {
  readonly id: ReadonlySignal<string | undefined>;
  /** `failed` may come right when it is asked for again, `missing` will not. */
  readonly state: ReadonlySignal<"loading" | "ready" | "missing" | "failed">;
  readonly text: ReadonlySignal<ArticleText>;
  readonly saved: ReadonlySignal<Article | undefined>;
  readonly dirty: ReadonlySignal<boolean>;
  /** Unsaved text of this time was put back. */
  readonly restored: ReadonlySignal<string | undefined>;
  /** What was just thrown away, and can be had back. */
  readonly discarded: ReadonlySignal<ArticleText | undefined>;
  readonly saving: ReadonlySignal<boolean>;
  readonly savedAt: ReadonlySignal<string | undefined>;
  /** Where the unsaved text lies. */
  readonly kept: ReadonlySignal<Kept>;
  /** Who else has begun to change this article, the latest first. */
  readonly others: ReadonlySignal<Around["others"]>;
  /** Somebody saved it since our text began: nothing is published before one of the two texts was chosen. */
  readonly theirs: ReadonlySignal<Theirs | undefined>;
  readonly fault: ReadonlySignal<Fault | undefined>;
  readonly preview: ReadonlySignal<RichText>;
  /** Asks for the article once more. */
  again(): void;
  change(part: Partial<ArticleText>): void;
  /** What was written elsewhere takes the place of ours; what of ours was not saved can be had back. */
  replace(part: Partial<ArticleText>): void;
  save(state?: ArticleState): Promise<void>;
  discard(): void;
  restore(): void;
  /** Our text goes, theirs is written on. */
  takeTheirs(): void;
  /** Ours stays, and is saved over theirs, which can be had back from the earlier texts. */
  keepMine(): void;
  remove(): Promise<void>;
  dispose(): void;
}

/** The Markdown editor. Every change is kept until it is saved: nothing is lost, and nobody's text is written over unseen. */
export function createEditor(
  http: Http,
  keeper: Keeper,
  router: Router,
  session: Session,
  knowledge: Pick<Knowledge, "fetch">,
): Editor {
  const saved = signal<Article>();
  const text = signal(emptyText("en"));
  const state = signal<"loading" | "ready" | "missing" | "failed">("loading");
  const restored = signal<string>();
  const discarded = signal<ArticleText>();
  const saving = signal(false);
  const savedAt = signal<string>();
  const theirs = signal<Theirs>();
  const fault = signal<Fault>();
  const preview = signal<RichText>([]);

  const id = computed(() => {
    const route = router.route.value;
    return route.page === "knowledge" ? route.article : undefined;
  });
  const home = computed(() => session.site.value?.id);
  const clean = computed(() => (saved.value ? textOf(saved.value) : emptyText(session.site.value?.locales[0] ?? "en")));
  const dirty = computed(() => !sameText(text.value, clean.value));

  /** The id of a new article that was offered to the server, until it has it or another one is begun. */
  let made: string | undefined;
  const placeOf = (now: string): Place => ({ site: saved.peek()?.site ?? home.peek() ?? "", article: now });

  async function load(now: string) {
    batch(() => {
      made = undefined;
      for (const one of [saved, savedAt, fault, restored, discarded, theirs]) one.value = undefined;
      state.value = "loading";
    });
    const answer = now === NEW ? undefined : await http<Article>("GET", `/api/articles/${now}`);
    if (id.peek() !== now) return;
    if (answer && !answer.ok) {
      fault.value = answer.fault;
      state.value = answer.fault.retry === "never" ? "missing" : "failed";
      return;
    }
    saved.value = answer?.value;
    const unsaved = await keeper.find(placeOf(now));
    if (id.peek() !== now) return;
    batch(() => {
      text.value = clean.peek();
      state.value = "ready";
      if (unsaved) putBack(now, unsaved);
    });
  }

  function putBack(now: string, { text: written, at, base }: Unsaved) {
    const mine = { ...clean.peek(), ...written };
    if (sameText(mine, clean.peek())) return void keeper.drop(placeOf(now));
    text.value = mine;
    const article = saved.peek();
    if (!article || base === article.updatedAt) restored.value = at;
    else theirs.value = theirsOf(article, keeper.around.peek());
  }

  function keep() {
    const now = id.peek();
    if (!now) return;
    const { state: _state, ...written } = text.peek();
    if (dirty.peek()) keeper.put(placeOf(now), written, theirs.peek() ? undefined : saved.peek()?.updatedAt);
    else void keeper.drop(placeOf(now));
  }

  /** What was stored at a first try whose answer was lost holds what was written by then: the rest goes to it. */
  async function create(site: string, body: ReturnType<typeof bodyOf>): ReturnType<typeof http<Article>> {
    const again = made !== undefined;
    made ??= v7();
    const answer = await http<Article>("POST", `/api/sites/${site}/articles`, { ...body, id: made });
    if (!answer.ok || !again) return answer;
    return http<Article>("PUT", `/api/articles/${answer.value.id}`, { ...body, was: answer.value.updatedAt });
  }

  /** Somebody saved the article: nothing is lost by showing theirs, unless something is written here. */
  async function meet(now: string) {
    const [answer, around] = await Promise.all([
      http<Article>("GET", `/api/articles/${now}`),
      keeper.look(placeOf(now)),
    ]);
    if (!answer.ok || id.peek() !== now || answer.value.updatedAt === saved.peek()?.updatedAt) return;
    const article = answer.value;
    batch(() => {
      if (dirty.peek()) theirs.value = theirsOf(article, around);
      else {
        saved.value = article;
        text.value = textOf(article);
      }
    });
  }

  const known = () => theirs.peek()?.article.updatedAt ?? saved.peek()?.updatedAt;
  const stops = [
    effect(() => {
      const now = id.value;
      // A new article that was just saved got its address: it is here already.
      if (now && home.value && saved.peek()?.id !== now) untracked(() => void load(now));
      return () => keeper.flush();
    }),
    effect(() => {
      const now = id.value;
      const at = keeper.around.value?.article?.updatedAt;
      if (now && now !== NEW && at && state.value === "ready" && !saving.value)
        untracked(() => at > (known() ?? at) && void meet(now));
    }),
    effect(() => {
      const now = id.value;
      if (!now || now === NEW || state.value !== "ready") return;
      const timer = setInterval(() => {
        if (document.visibilityState === "visible") void keeper.look(placeOf(now));
      }, LOOK_EVERY_MS);
      return () => clearInterval(timer);
    }),
    effect(() => {
      const { body, locale } = text.value;
      const now = id.value;
      if (!now) return;
      const place = now === NEW ? home.value && { site: home.value } : { article: now };
      const asked = { body, locale, ...place };
      const abort = new AbortController();
      const timer = setTimeout(async () => {
        const answer = await http<{ body: RichText }>("POST", "/api/preview", asked, abort.signal);
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
    discarded,
    saving,
    savedAt,
    kept: keeper.kept,
    others: computed(() => keeper.around.value?.others ?? []),
    theirs,
    fault,
    preview,
    again() {
      const now = id.peek();
      if (now) void load(now);
    },
    change(part) {
      batch(() => {
        text.value = { ...text.peek(), ...part };
        discarded.value = undefined;
      });
      keep();
    },
    replace(part) {
      batch(() => {
        discarded.value = dirty.peek() ? text.peek() : undefined;
        text.value = { ...text.peek(), ...part };
        restored.value = undefined;
      });
      keep();
    },
    async save(next) {
      const now = id.peek();
      const site = home.peek();
      if (!now || !site || saving.peek() || theirs.peek()) return;
      const written = { ...text.peek(), ...(next && { state: next }) };
      const was = saved.peek()?.updatedAt;
      saving.value = true;
      const answer =
        now === NEW
          ? await create(site, bodyOf(written))
          : await http<Article>("PUT", `/api/articles/${now}`, { ...bodyOf(written), was });
      if (id.peek() !== now) {
        saving.value = false;
        return;
      }
      if (!answer.ok) {
        saving.value = false;
        if (answer.fault.code === "stale") await meet(now);
        else fault.value = answer.fault;
        return;
      }
      made = undefined;
      void keeper.drop(placeOf(now));
      batch(() => {
        saving.value = false;
        fault.value = undefined;
        saved.value = answer.value;
        savedAt.value = answer.value.updatedAt;
        restored.value = undefined;
        // What was typed while it was being saved stays, and stays unsaved.
        if (sameText(text.peek(), { ...written, state: text.peek().state })) text.value = clean.peek();
        else text.value = { ...text.peek(), state: answer.value.state };
      });
      if (now === NEW) router.go({ page: "knowledge", article: answer.value.id }, { replace: true });
      if (dirty.peek()) keep();
      void knowledge.fetch();
    },
    discard() {
      batch(() => {
        discarded.value = text.peek();
        text.value = clean.peek();
        restored.value = undefined;
      });
      keep();
    },
    restore() {
      const before = discarded.peek();
      if (!before) return;
      batch(() => {
        text.value = { ...before, state: clean.peek().state };
        discarded.value = undefined;
      });
      keep();
    },
    takeTheirs() {
      const article = theirs.peek()?.article;
      if (!article) return;
      batch(() => {
        discarded.value = text.peek();
        saved.value = article;
        text.value = textOf(article);
        theirs.value = undefined;
      });
      keep();
    },
    keepMine() {
      const article = theirs.peek()?.article;
      if (!article) return;
      batch(() => {
        saved.value = article;
        text.value = { ...text.peek(), state: article.state };
        theirs.value = undefined;
      });
      keep();
    },
    async remove() {
      const now = id.peek();
      if (!now || now === NEW) return;
      void keeper.drop(placeOf(now));
      const answer = await http("DELETE", `/api/articles/${now}`);
      if (!answer.ok) {
        fault.value = answer.fault;
        return;
      }
      router.go({ page: "knowledge" });
      void knowledge.fetch();
    },
    dispose() {
      for (const stop of stops) stop();
      keeper.dispose();
    },
  };
}

/** Who saved it is known of the text that was asked about, and of no later one. */
function theirsOf(article: Article, around: Around | undefined): Theirs {
  const { updatedAt, by } = around?.article ?? {};
  return updatedAt === article.updatedAt && by ? { article, by } : { article };
}
