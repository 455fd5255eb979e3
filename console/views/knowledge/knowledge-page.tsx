import { useApp } from "../context.ts";
import { ArticleList } from "./article-list.tsx";
import { EditorView } from "./editor-view.tsx";

/** The articles, or one of them. */
export function KnowledgePage() {
  const { router } = useApp();
  const route = router.route.value;
  const article = route.page === "knowledge" ? route.article : undefined;
  return article ? <EditorView /> : <ArticleList />;
}
