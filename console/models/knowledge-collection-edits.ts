import type { Visibility } from "../resources.ts";
import { named } from "./knowledge-collection-names.ts";
import type { CollectedArticle, Collection } from "./knowledge-collections.ts";

/** What somebody does to a collection, said so that it can be done again to what a colleague has made of it meanwhile. */
export type CollectionEdit =
  | { readonly type: "name"; readonly name: string /** Without one its own. */; readonly locale?: string }
  | { readonly type: "visibility"; readonly visibility: Visibility }
  | { readonly type: "add"; readonly article: CollectedArticle }
  | { readonly type: "take-out"; readonly article: string }
  | {
      readonly type: "move";
      readonly article: string /** What it stands behind, the nearest first. */;
      readonly behind: readonly string[];
    };

/** The collection after an edit. What was moved here and taken out there stays out. */
export function edited(collection: Collection, edit: CollectionEdit): Collection {
  const { articles } = collection;
  switch (edit.type) {
    case "name":
      return named(collection, edit.locale ?? collection.locale, edit.name);
    case "visibility":
      return { ...collection, visibility: edit.visibility };
    case "add":
      return has(articles, edit.article.id) ? collection : { ...collection, articles: [...articles, edit.article] };
    case "take-out":
      return { ...collection, articles: articles.filter(({ id }) => id !== edit.article) };
    case "move": {
      const moved = articles.find(({ id }) => id === edit.article);
      if (!moved) return collection;
      const others = articles.filter((one) => one !== moved);
      const before = edit.behind.find((id) => has(others, id));
      const place = others.findIndex(({ id }) => id === before) + 1;
      return { ...collection, articles: others.toSpliced(place, 0, moved) };
    }
    default:
      return edit satisfies never;
  }
}

/** Puts an article elsewhere in its order; nothing beyond its ends. */
export function moveOf(articles: readonly CollectedArticle[], from: number, to: number): CollectionEdit | undefined {
  const moved = articles[from];
  if (!moved || to < 0 || to >= articles.length || to === from) return undefined;
  const ahead = articles.filter((one) => one !== moved).slice(0, to);
  return { type: "move", article: moved.id, behind: ahead.map(({ id }) => id).reverse() };
}

/** Edits with one more: of names in one language, as of readers, only the newest counts. */
export function withEdit(edits: readonly CollectionEdit[], edit: CollectionEdit): readonly CollectionEdit[] {
  const replaces = (one: CollectionEdit) =>
    (one.type === "name" && edit.type === "name" && one.locale === edit.locale) ||
    (one.type === "visibility" && edit.type === "visibility");
  return [...edits.filter((one) => !replaces(one)), edit];
}

/** The name in its own language that is being written anew is empty for a moment, and nothing to store. */
export function isWhole(edit: CollectionEdit, own: string | undefined): boolean {
  return edit.type !== "name" || edit.name.trim() !== "" || (edit.locale ?? own) !== own;
}

/** Whether somebody has said in which language a name is. */
export function saysLanguage(edit: CollectionEdit): boolean {
  return edit.type === "name" && edit.locale !== undefined;
}

function has(articles: readonly CollectedArticle[], article: string): boolean {
  return articles.some(({ id }) => id === article);
}
