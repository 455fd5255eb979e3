import { relative } from "../../../ui/when.ts";
import { useApp, useSentences } from "../context.ts";

/** What a writer should know before going on: a colleague's save, colleagues at work, edits that were put back. */
export function EditorNotes() {
  const { editor, session, locale, clock } = useApp();
  const t = useSentences();
  const when = (at: string) => relative(at, locale.value, clock.now.value);
  const theirs = editor.theirs.value;
  const others = editor.others.value;
  if (theirs) {
    const { article, by } = theirs;
    const said =
      by?.id === session.agent.value?.id
        ? t.savedElsewhere(when(article.updatedAt))
        : t.theirsSaved(by?.name ?? t.somebody, when(article.updatedAt));
    return (
      <div class="bar-note is-warning" role="alert">
        <p class="shrink">{said}</p>
        <span class="inline">
          <button type="button" class="btn btn-secondary btn-sm" onClick={editor.keepMine}>
            {t.keepMine}
          </button>
          <button type="button" class="btn btn-quiet btn-sm" onClick={editor.takeTheirs}>
            {t.takeTheirs}
          </button>
        </span>
      </div>
    );
  }
  return (
    <>
      {editor.discarded.value ? (
        <Note say={t.discarded} does={t.bringBack} run={editor.restore} />
      ) : (
        editor.restored.value && (
          <Note say={t.restoredFrom(when(editor.restored.value))} does={t.discard} run={editor.discard} />
        )
      )}
      {others[0] && (
        <p class="bar-note" role="status">
          {t.othersEdit(others.map(({ agent }) => agent.name).join(", "), when(others[0].at))}
        </p>
      )}
    </>
  );
}

function Note({ say, does, run }: { say: string; does: string; run: () => void }) {
  return (
    <p class="bar-note" role="status">
      {say}
      <button type="button" class="link" onClick={run}>
        {does}
      </button>
    </p>
  );
}
