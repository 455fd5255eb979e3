import { useEffect } from "preact/hooks";
import { saidOf } from "../../sentences/faults.ts";
import { useApp, useSentences } from "../context.ts";
import { Failed, Nowhere } from "../nowhere.tsx";
import { ArticleFacts } from "./article-facts.tsx";
import { Beside } from "./beside.tsx";
import { EditorBar } from "./editor-bar.tsx";
import { EditorNotes } from "./editor-notes.tsx";
import { LanguageTabs } from "./languages.tsx";
import { MarkdownField } from "./markdown-field.tsx";

/** One article: Markdown on the left, what it becomes beside it, its facts on the right. */
export function EditorView() {
  const { editor, router } = useApp();
  const t = useSentences();
  const dirty = editor.dirty.value;
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      // It is kept anyway, on this device at least; this is the last chance to save it where that was not possible.
      if (dirty && editor.fault.peek()) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [dirty, editor]);
  if (editor.state.value !== "ready")
    return (
      <Nowhere title={t.article} back={t.backToKnowledge} onBack={() => router.go({ page: "knowledge" })}>
        {editor.state.value === "failed" && editor.fault.value ? (
          <Failed why={editor.fault.value} again={editor.again} />
        ) : (
          <p class="muted">{editor.state.value === "missing" ? t.articleMissing : t.loading}</p>
        )}
      </Nowhere>
    );
  return (
    <div class="page">
      <main class="page-main">
        <EditorBar />
        <LanguageTabs />
        {editor.fault.value && (
          <p class="form-wrong bar-wrong" role="alert">
            {saidOf(editor.fault.value, t)}
          </p>
        )}
        <EditorNotes />
        <div class="editor">
          <MarkdownField />
          <Beside />
        </div>
      </main>
      <ArticleFacts />
    </div>
  );
}
