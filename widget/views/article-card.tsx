import { Icon } from "../../ui/icon.tsx";
import { fileText } from "../../ui/icons.ts";
import card from "../../ui/styles/article-card.css?inline";
import { useApp } from "../context.ts";

export const css = card;

/** An article that somebody, or something, answered with. */
export function View({ article }: { article: { id: string; title: string; excerpt: string; locale?: string } }) {
  const { place } = useApp();
  return (
    <button
      type="button"
      class="article-card"
      lang={article.locale}
      onClick={() => place.go({ view: "article", id: article.id })}
    >
      <Icon d={fileText} />
      <span class="row-text">
        <span class="row-title" dir="auto">
          {article.title}
        </span>
        <span class="answer-snippet" dir="auto">
          {article.excerpt}
        </span>
      </span>
    </button>
  );
}
