import { toTime } from "../../clock.ts";
import type { ArticleHead } from "../../store/articles.ts";
import { toId } from "../../store/ids.ts";
import { nearness } from "../../suggest/locales.ts";
import type { Site } from "../sites/sites.ts";

/** An article in a list, before somebody says at which address it is read. */
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
  createdAt: string;
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
    createdAt: toTime(row.created_at),
    updatedAt: toTime(row.updated_at),
  };
}

/** Of an article's translations, the oldest first, the one that the others translate: that in the site's first language. */
export function originalOf<T extends { locale: string }>({ settings }: Site, rows: readonly T[]): T | undefined {
  const [main = ""] = settings.locales;
  return rows.find(({ locale }) => nearness(locale, main) >= 2) ?? rows[0];
}
