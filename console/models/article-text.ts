import type { Article, ArticleState, Visibility } from "../resources.ts";

/** What can be written of an article. Lists are one entry a line, as they are typed. */
export interface ArticleText {
  readonly title: string;
  readonly body: string;
  readonly locale: string;
  readonly slug: string;
  readonly category: string;
  readonly visibility: Visibility;
  readonly state: ArticleState;
  readonly pages: string;
  readonly questions: string;
}

export function emptyText(locale: string): ArticleText {
  return {
    title: "",
    body: "",
    locale,
    slug: "",
    category: "",
    visibility: "public",
    state: "draft",
    pages: "",
    questions: "",
  };
}

export function textOf(article: Article): ArticleText {
  const { title, body, locale, slug, category = "", visibility, state, pages = [], questions = [] } = article;
  return {
    title,
    body,
    locale,
    slug,
    category,
    visibility,
    state,
    pages: pages.join("\n"),
    questions: questions.join("\n"),
  };
}

/** As the server takes it. */
export function bodyOf({ pages, questions, slug, category, ...text }: ArticleText) {
  return {
    ...text,
    pages: lines(pages),
    questions: lines(questions),
    ...(slug.trim() && { slug: slug.trim() }),
    category: category.trim(),
  };
}

export function sameText(one: ArticleText, other: ArticleText): boolean {
  return (Object.keys(one) as (keyof ArticleText)[]).every((field) => one[field] === other[field]);
}

export function lines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}
