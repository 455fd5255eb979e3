import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Suggested } from "../../resources.ts";
import { useApp, useSentences } from "../context.ts";
import { typeOver } from "../focus.ts";
import { onKeys } from "../keys.ts";

const ASK_AFTER_MS = 150;

/**
 * A field in which an article is looked for, and the ones found as buttons. Begins with what fits some words. Enter
 * takes the first, the arrow keys lead to the others.
 */
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
  const found = useSignal<{ for: string; items: readonly Suggested[] } | undefined>(undefined);
  const text = q.value;
  const box = useRef<HTMLElement>(null);
  const shown = found.value?.items.filter((article) => !props.hidden?.(article));
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      const items = await findArticles(text, abort.signal);
      if (!abort.signal.aborted) found.value = { for: text, items: items.filter(({ id }) => id !== props.except) };
    }, ASK_AFTER_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text]);
  const step = (by: number) => {
    const stops = [...(box.current?.querySelectorAll<HTMLElement>("input, .finder-pick") ?? [])];
    stops[stops.indexOf(document.activeElement as HTMLElement) + by]?.focus();
  };
  const press = onKeys((event) => {
    const { key } = event;
    if (key === "Escape") props.onCancel();
    else if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      step(key === "ArrowDown" ? 1 : -1);
    }
  });
  return (
    <search class="finder" ref={box} onKeyDown={press}>
      <input
        class="field"
        type="search"
        aria-label={t.searchArticles}
        placeholder={t.searchArticles}
        dir="auto"
        value={text}
        ref={typeOver}
        onInput={(event) => {
          q.value = event.currentTarget.value;
        }}
        onKeyDown={onKeys((event) => {
          // What was found for other words is not meant.
          if (event.key === "Enter" && found.value?.for === text && shown?.[0]) props.onChoose(shown[0]);
        })}
      />
      <ul>
        {shown?.map((article) => (
          <li key={article.id}>
            <button type="button" class="finder-pick" onClick={() => props.onChoose(article)}>
              <span class="clip">{article.title}</span>
              {article.visibility === "internal" && <span class="badge badge-note">{t.visibility.internal}</span>}
            </button>
          </li>
        ))}
      </ul>
      {shown?.length === 0 && text.trim() !== "" && <p class="small muted">{t.noArticles}</p>}
      <button type="button" class="btn btn-quiet btn-sm btn-flush" onClick={props.onCancel}>
        {props.done ? t.done : t.cancel}
      </button>
    </search>
  );
}
