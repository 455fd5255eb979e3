import { batch, computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { Fault } from "../../protocol/fault.ts";
import type { RichText } from "../../protocol/rich-text.ts";
import type { Http } from "../ports.ts";
import type { List } from "../resources.ts";
import type { Editor } from "./editor.ts";

/** What an article said at one time; the newest is what it says now. */
export interface Revision {
  readonly id: string;
  readonly title: string;
  readonly at: string;
  readonly by?: { readonly id: string; readonly name: string };
}

/** A revision as it is looked at. */
export interface ShownRevision extends Revision {
  readonly body: string;
  readonly drawn: RichText;
}

/** What the article in the editor said before. */
export interface EditorRevisions {
  readonly items: ReadonlySignal<readonly Revision[]>;
  readonly shown: ReadonlySignal<ShownRevision | undefined>;
  readonly fault: ReadonlySignal<Fault | undefined>;
  look(id: string): Promise<void>;
  close(): void;
  /** Puts the text that is looked at into the editor; it becomes the article's when it is saved. */
  restore(): void;
  dispose(): void;
}

export function createEditorRevisions(http: Http, editor: Editor): EditorRevisions {
  const items = signal<readonly Revision[]>([]);
  const shown = signal<ShownRevision>();
  const fault = signal<Fault>();
  const article = computed(() => editor.saved.value?.id);

  async function fetch(now: string) {
    const answer = await http<List<Revision>>("GET", `/api/articles/${now}/revisions`);
    if (article.peek() !== now) return;
    fault.value = answer.ok ? undefined : answer.fault;
    if (answer.ok) items.value = answer.value.items;
  }

  const stops = [
    effect(() => {
      void article.value;
      batch(() => {
        items.value = [];
        shown.value = undefined;
        fault.value = undefined;
      });
    }),
    effect(() => {
      // Every save may have added one.
      const now = editor.saved.value?.id;
      if (now) untracked(() => void fetch(now));
    }),
  ];

  return {
    items,
    shown,
    fault,
    async look(id) {
      const now = article.peek();
      const answer = await http<Revision & { body: string }>("GET", `/api/revisions/${id}`);
      const text = answer.ok && { body: answer.value.body, article: now };
      const drawn = text && (await http<{ body: RichText }>("POST", "/api/preview", text));
      if (article.peek() !== now) return;
      if (!answer.ok) fault.value = answer.fault;
      else if (drawn && !drawn.ok) fault.value = drawn.fault;
      else if (drawn) shown.value = { ...answer.value, drawn: drawn.value.body };
    },
    close() {
      shown.value = undefined;
    },
    restore() {
      const revision = shown.peek();
      if (!revision) return;
      editor.replace({ title: revision.title, body: revision.body });
      shown.value = undefined;
    },
    dispose() {
      for (const stop of stops) stop();
    },
  };
}
