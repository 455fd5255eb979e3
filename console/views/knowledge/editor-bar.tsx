import { useRef } from "preact/hooks";
import { chevronLeft } from "../../../ui/icons.ts";
import { clock } from "../../../ui/when.ts";
import type { ArticleState } from "../../resources.ts";
import { useApp, useSentences } from "../context.ts";
import { goOnAt } from "../focus.ts";
import { IconButton } from "../tip.tsx";
import { StateBadge } from "./article-table.tsx";

/** Which article it is, whether it is saved, and the way to readers. */
export function EditorBar() {
  const { editor, router, locale } = useApp();
  const t = useSentences();
  const { text, saved, dirty, saving } = editor;
  const { title, category } = text.value;
  const published = saved.value?.state === "published";
  const heading = useRef<HTMLHeadingElement>(null);
  const save = async (state: ArticleState) => {
    await editor.save(state);
    goOnAt(() => heading.current);
  };
  // Of two texts one is chosen before anything is saved.
  const blocked = saving.value || !title.trim() || editor.theirs.value !== undefined;
  return (
    <header class="bar bar-back editor-bar">
      <IconButton icon={chevronLeft} label={t.backToKnowledge} onClick={() => router.go({ page: "knowledge" })} />
      <h1 class="bar-title shrink" ref={heading} tabIndex={-1}>
        <span class="clip">
          {category && <span class="muted plain">{category} / </span>}
          {title || t.untitled}
        </span>
        {saved.value && <StateBadge article={saved.value} />}
        {published && dirty.value && <span class="badge badge-accent only-wide">{t.unpublishedEdits}</span>}
      </h1>
      <div class="bar-end">
        <span class="small muted nowrap" role="status">
          {said()}
        </span>
        {published ? (
          <>
            <button type="button" class="btn btn-quiet" disabled={saving.value} onClick={() => void save("draft")}>
              {t.unpublish}
            </button>
            <button
              type="button"
              class="btn btn-primary"
              disabled={blocked || !dirty.value}
              onClick={() => void save("published")}
            >
              {t.publishChanges}
            </button>
          </>
        ) : (
          <>
            <button
              type="button"
              class="btn btn-secondary"
              disabled={blocked || !dirty.value}
              onClick={() => void save("draft")}
            >
              {t.saveDraft}
            </button>
            <button type="button" class="btn btn-primary" disabled={blocked} onClick={() => void save("published")}>
              {t.publish}
            </button>
          </>
        )}
      </div>
    </header>
  );

  function said(): string {
    const kept = editor.kept.value;
    const time = (at: string) => clock(at, locale.value);
    if (saving.value || (dirty.value && kept === "keeping")) return t.saving;
    if (dirty.value && kept === "here") return t.keptHere;
    if (dirty.value && typeof kept === "object") return t.draftKept(time(kept.at));
    return !dirty.value && editor.savedAt.value ? t.savedAt(time(editor.savedAt.value)) : "";
  }
}
