import { toTime } from "../../clock.ts";
import type { ArticleHead } from "../../store/articles.ts";
import { toId } from "../../store/ids.ts";

/** An article in a list that was not asked for by its address. */
export interface ListedArticle {
  id: string;
  group: string;
  slug: string;
  locale: string;
  title: string;
  excerpt: string;
  category?: string;
  visibility: "public" | "internal";
  state: "draft" | "published";
  updatedAt: string;
}

export function listedOf(row: ArticleHead): ListedArticle {
  const { slug, locale, title, excerpt, category, visibility, state } = row;
  return {
    id: toId(row.uid),
    group: toId(row.grp),
    slug,
    locale,
    title,
    excerpt,
    ...(category !== null && { category }),
    visibility,
    state,
    updatedAt: toTime(row.updated_at),
  };
}
