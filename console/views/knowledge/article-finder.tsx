import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Suggested } from "../../resources.ts";
import { useApp, useSentences } from "../context.ts";
import { onKeys } from "../keys.ts";

const ASK_AFTER_MS = 150;

/** A field in which an article is looked for, and the ones found as buttons. Begins with what fits some words. */
export function ArticleFinder(props: {
  start: string;
  except?: string | undefined;
  /** Of what is found, what is not offered. */
  hidden?: (article: Suggested) => boolean;
  /** Several are chosen, one after the other: the way out says so. */
  done?: boolean;
  onChoose: (article: Suggested) => void;
  onCancel: () => void;
}) {
  const { findArticles } = useApp();
  const t = useSentences();
  const q = useSignal(props.start);
  const found = useSignal<readonly Suggested[] | undefined>(undefined);
  const text = q.value;
  const shown = found.value?.filter((article) => !props.hidden?.(article));
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      const items = await findArticles(text, abort.signal);
      if (!abort.signal.aborted) found.value = items.filter(({ id }) => id !== props.except);
    }, ASK_AFTER_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text]);
  return (
    <search class="finder">
      <input
        class="field"
        type="search"
        aria-label={t.searchArticles}
        placeholder={t.searchArticles}
        dir="auto"
        value={text}
        ref={begin}
        onInput={(event) => {
          q.value = event.currentTarget.value;
        }}
        onKeyDown={onKeys((event) => {
          if (event.key === "Escape") props.onCancel();
        })}
      />
      <ul>
        {shown?.map((article) => (
          <li key={article.id}>
            <button type="button" class="finder-pick" onClick={() => props.onChoose(article)}>
              <span class="clip">{article.title}</span>
              {article.visibility === "internal" && <span class="badge badge-note">{t.internal}</span>}
            </button>
          </li>
        ))}
      </ul>
      {shown?.length === 0 && text.trim() !== "" && <p class="small muted">{t.noArticles}</p>}
      <button type="button" class="btn btn-quiet btn-sm" onClick={props.onCancel}>
        {props.done ? t.done : t.cancel}
      </button>
    </search>
  );
}

/** Ready to be typed over, once. */
function begin(input: HTMLInputElement | null): void {
  if (!input || input.dataset.begun !== undefined) return;
  input.dataset.begun = "";
  input.focus();
  input.select();
}
