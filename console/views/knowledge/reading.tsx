import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../../ui/icon.tsx";
import { bookOpen } from "../../../ui/icons.ts";
import { ArticleText } from "../article-text.tsx";
import { useApp, useSentences } from "../context.ts";
import { Link } from "../link.tsx";

/** The article of a course that is being read, and the way to the next. */
export function Reading({ ticked, none }: { ticked: boolean; none: string }) {
  const { course } = useApp();
  const t = useSentences();
  const pane = useRef<HTMLElement>(null);
  const open = course.open.value;
  useEffect(() => {
    pane.current?.scrollTo?.({ top: 0 });
    // On a phone it lies below the list.
    if (open) pane.current?.scrollIntoView?.({ block: "nearest" });
  }, [open?.id]);
  if (!open)
    return (
      <main class="page-main main-empty">
        <Icon d={bookOpen} size={32} />
        <p class="muted">{course.articles.value.length > 0 ? t.chooseArticle : none}</p>
      </main>
    );
  const read = course.read.value.has(open.id);
  const all = course.articles.value;
  const last = all.at(-1)?.id === open.id;
  return (
    <main class="reading" ref={pane}>
      <article class="prose reading-text" lang={open.locale}>
        <h1>{open.title || t.untitled}</h1>
        {course.body.value === undefined ? <p class="muted">{t.loading}</p> : <ArticleText body={course.body.value} />}
      </article>
      <footer class="reading-end">
        {ticked && (
          <button type="button" class="btn btn-primary" onClick={course.next}>
            {last ? t.readDone : t.readNext}
          </button>
        )}
        {ticked && read && (
          <button type="button" class="btn btn-quiet" onClick={() => course.tick(open.id, false)}>
            {t.notReadYet}
          </button>
        )}
        <Link class="link push" to={{ page: "knowledge", article: open.id }}>
          {t.mend}
        </Link>
      </footer>
    </main>
  );
}
