import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { Fault } from "../../protocol/fault.ts";
import type { Answer, Http } from "../ports.ts";
import type { List } from "../resources.ts";
import type { Editor } from "./editor.ts";

/** A question that an article is known to answer. */
export interface LearnedQuestion {
  readonly id: string;
  readonly text: string;
  /** 1 confirmed, 0.5 nothing was said, negative when it did not help. */
  readonly weight: number;
  readonly origin: string;
  readonly createdAt: string;
}

/** What the article in the editor has learned. Its author's own questions are a field of the editor. */
export interface Learned {
  readonly items: ReadonlySignal<readonly LearnedQuestion[]>;
  readonly fault: ReadonlySignal<Fault | undefined>;
  mend(id: string, text: string): Promise<boolean>;
  move(id: string, article: string): Promise<boolean>;
  remove(id: string): Promise<boolean>;
  dispose(): void;
}

export function createLearned(http: Http, editor: Editor): Learned {
  const all = signal<readonly LearnedQuestion[]>([]);
  const fault = signal<Fault>();
  const article = computed(() => editor.saved.value?.id);

  async function fetch() {
    const now = article.peek();
    if (!now) return;
    const answer = await http<List<LearnedQuestion>>("GET", `/api/articles/${now}/questions`);
    if (article.peek() !== now) return;
    fault.value = answer.ok ? undefined : answer.fault;
    if (answer.ok) all.value = answer.value.items;
  }

  async function changed(change: Promise<Answer<unknown>>): Promise<boolean> {
    const answer = await change;
    fault.value = answer.ok ? undefined : answer.fault;
    if (answer.ok) await fetch();
    return answer.ok;
  }

  const stop = effect(() => {
    void article.value;
    all.value = [];
    fault.value = undefined;
    untracked(() => void fetch());
  });

  return {
    items: computed(() => all.value.filter(({ origin }) => origin !== "author")),
    fault,
    mend: (id, text) => changed(http("PATCH", `/api/questions/${id}`, { text })),
    move: (id, to) => changed(http("PATCH", `/api/questions/${id}`, { article: to })),
    remove: (id) => changed(http("DELETE", `/api/questions/${id}`)),
    dispose: stop,
  };
}
