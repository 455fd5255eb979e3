import type { RichText } from "../../protocol/rich-text.ts";
import type { Http } from "../ports.ts";
import type { Article } from "../resources.ts";

/** An article's text as it is drawn, its links followed, by id; absent where it cannot be had. */
export type ArticleBody = (id: string) => Promise<RichText | undefined>;

export function createArticleBody(http: Http): ArticleBody {
  return async (id) => {
    const found = await http<Article>("GET", `/api/articles/${id}`);
    if (!found.ok) return undefined;
    const drawn = await http<{ body: RichText }>("POST", "/api/preview", { body: found.value.body, article: id });
    return drawn.ok ? drawn.value.body : undefined;
  };
}
