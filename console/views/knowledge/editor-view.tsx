import { useEffect } from "preact/hooks";
import { RichTextView } from "../../../ui/rich-text.tsx";
import { useApp, useSentences } from "../context.ts";
import { ArticleFacts } from "./article-facts.tsx";
import { EditorBar } from "./editor-bar.tsx";
import { MarkdownField } from "./markdown-field.tsx";

/** One article: Markdown on the left, what it becomes beside it, its facts on the right. */
export function EditorView() {
  const { editor } = useApp();
  const t = useSentences();
  const { title, locale } = editor.text.value;
  const dirty = editor.dirty.value;
  const preview = editor.preview.value;
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      // It is kept anyway; where it could not be kept, this is the last chance.
      if (dirty && editor.fault.peek()) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [dirty, editor]);
  if (editor.state.value !== "ready")
    return (
      <main class="page-main">
        <p class="page-none muted">{editor.state.value === "missing" ? t.articleMissing : t.loading}</p>
      </main>
    );
  return (
    <div class="page">
      <main class="page-main">
        <EditorBar />
        {editor.fault.value && (
          <p class="form-wrong bar-wrong" role="alert">
            {t.failed(editor.fault.value.message)}
          </p>
        )}
        {editor.restored.value && (
          <p class="bar-note" role="status">
            {t.restored}
            <button type="button" class="link" onClick={editor.discard}>
              {t.discard}
            </button>
          </p>
        )}
        <div class="editor">
          <MarkdownField />
          <section aria-label={t.previewTitle}>
            <div class="editor-tools">
              <span class="small muted">{t.previewTitle}</span>
            </div>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keys */}
            <div class="prose editor-preview" lang={locale} tabIndex={0}>
              {(title || preview.length > 0) && <h1>{title || t.untitled}</h1>}
              {preview.length > 0 ? <RichTextView body={preview} /> : <p class="muted">{t.previewEmpty}</p>}
            </div>
          </section>
        </div>
      </main>
      <ArticleFacts />
    </div>
  );
}
