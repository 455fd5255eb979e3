import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { Icon } from "../../../ui/icon.tsx";
import { circleCheck, lock, x } from "../../../ui/icons.ts";
import type { CollectedArticle } from "../../models/knowledge-collections.ts";
import { shortLanguage } from "../../models/languages.ts";
import { useApp, useSentences } from "../context.ts";
import { GRIP } from "../icons.tsx";
import { onKeys } from "../keys.ts";
import { IconButton } from "../tip.tsx";

/**
 * Articles in their order. A grip moves one: dragged by mouse or finger, or with the arrow keys, and whoever cannot see
 * it is told where it went.
 */
export function CollectionOrder(props: {
  articles: readonly CollectedArticle[];
  /** Nobody arranges it. */
  fixed: boolean;
  /** What was read is ticked off. */
  ticked: boolean;
}) {
  const { collections } = useApp();
  const t = useSentences();
  const list = useRef<HTMLOListElement>(null);
  const dragged = useSignal<{ readonly id: string; readonly to: number } | undefined>(undefined);
  const told = useSignal("");
  const { articles, fixed, ticked } = props;
  const drag = dragged.value;
  const shown = drag ? put(articles, drag.id, drag.to) : articles;

  const move = (id: string, to: number) => {
    const from = articles.findIndex((one) => one.id === id);
    if (to < 0 || to >= articles.length || to === from) return;
    collections.move(from, to);
    told.value = t.movedTo(to + 1, articles.length);
  };
  /** Where the pointer is among the rows. */
  const placeAt = (y: number) => {
    const rows = [...(list.current?.children ?? [])];
    const at = rows.findIndex((row) => y < row.getBoundingClientRect().bottom);
    return at < 0 ? rows.length - 1 : at;
  };
  const grip = (id: string, at: number, title: string) => (
    <button
      type="button"
      class="course-grip"
      aria-label={t.moveArticle(title)}
      title={t.moveHint}
      onKeyDown={onKeys((event) => {
        const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
        if (by === 0) return;
        event.preventDefault();
        move(id, at + by);
      })}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        dragged.value = { id, to: at };
      }}
      onPointerMove={(event) => {
        if (dragged.peek()) dragged.value = { id, to: placeAt(event.clientY) };
      }}
      onPointerUp={() => {
        const to = dragged.peek()?.to;
        dragged.value = undefined;
        if (to !== undefined) move(id, to);
      }}
      onPointerCancel={() => {
        dragged.value = undefined;
      }}
    >
      <Icon d={GRIP} size={16} />
    </button>
  );
  return (
    <>
      <ol class="course-list" ref={list}>
        {shown.map((article, at) => (
          <li key={article.id} class={drag?.id === article.id ? "course-item is-dragged" : "course-item"}>
            {!fixed && grip(article.id, at, article.title)}
            <Title article={article} place={at + 1} ticked={ticked} />
            {!fixed && (
              <IconButton
                icon={x}
                size={16}
                label={t.takeOut(article.title)}
                onClick={() => collections.edit({ type: "take-out", article: article.id })}
              />
            )}
          </li>
        ))}
      </ol>
      <p class="sr" role="status">
        {told.value}
      </p>
    </>
  );
}

function Title({ article, place, ticked }: { article: CollectedArticle; place: number; ticked: boolean }) {
  const { course } = useApp();
  const t = useSentences();
  const { id, title, locale, visibility, state } = article;
  const read = ticked && course.read.value.has(id);
  return (
    <button
      type="button"
      class="course-title"
      aria-current={course.open.value?.id === id ? "true" : undefined}
      onClick={() => course.look(id)}
    >
      <span class={read ? "course-place is-read" : "course-place"}>
        {read ? <Icon d={circleCheck} size={18} /> : place}
        {read && <span class="sr">{t.wasRead}</span>}
      </span>
      <span class="course-text">{title || t.untitled}</span>
      {visibility === "internal" && <Icon d={lock} size={14} />}
      {state === "draft" && <span class="badge badge-line">{t.draft}</span>}
      <span class="lang">{shortLanguage(locale)}</span>
    </button>
  );
}

function put(articles: readonly CollectedArticle[], id: string, to: number): readonly CollectedArticle[] {
  const moved = articles.find((one) => one.id === id);
  return moved ? articles.filter((one) => one !== moved).toSpliced(to, 0, moved) : articles;
}
