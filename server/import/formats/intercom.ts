import * as v from "valibot";
import { type ForeignArticle, Id, listsOf, missingPages, type ReadExport, type Refused, readEach } from "../foreign.ts";

/*
 * Intercom: what `GET /articles` answers, page by page, and `GET /help_center/collections` for the names of its shelves.
 * Both are lists called `data`; each item says its own type.
 */

const Text = v.nullish(v.string(), "");
const State = v.optional(v.picklist(["published", "draft"]), "draft");
const Content = v.object({ title: Text, body: Text, state: State, url: v.nullish(v.string()) });
const Article = v.object({
  id: Id,
  title: v.pipe(v.string(), v.nonEmpty("an article needs a title")),
  body: Text,
  state: State,
  url: v.nullish(v.string()),
  parent_id: v.nullish(Id),
  parent_ids: v.nullish(v.array(Id), []),
  default_locale: v.nullish(v.string()),
  translated_content: v.nullish(v.record(v.string(), v.unknown()), {}),
});
const Collection = v.object({
  id: Id,
  name: v.string(),
  parent_id: v.nullish(Id),
  translated_content: v.nullish(v.record(v.string(), v.unknown()), {}),
});
type Collection = v.InferOutput<typeof Collection>;

const DEPTH = 5;

export const readIntercom: ReadExport = (documents, locale) => {
  const refused: Refused[] = [];
  const items = [...listsOf(documents, "data"), ...documents.filter(isArticle)];
  const collections = collectionsOf([...items, ...listsOf(documents, "collections")]);
  const articles: ForeignArticle[] = [];
  readEach(
    Article,
    [...items.filter((item) => typeOf(item) !== "collection"), ...listsOf(documents, "articles")],
    (article) => {
      const { id, title, body, state, url, default_locale: own } = article;
      const original = own || locale;
      const parent = article.parent_id ?? article.parent_ids?.[0];
      const contents = new Map<string, v.InferOutput<typeof Content>>([[original, { title, body, state, url }]]);
      for (const [language, content] of Object.entries(article.translated_content ?? {})) {
        const read = v.safeParse(Content, content);
        // A language without a title was never written.
        if (read.success && read.output.title && language !== original) contents.set(language, read.output);
      }
      for (const [language, content] of contents) {
        articles.push({
          name: `article ${id} “${content.title}” (${language})`,
          locale: language,
          title: content.title ?? "",
          html: content.body ?? "",
          address: content.url ?? undefined,
          category: parent ? nameOf(collections, parent, language) : undefined,
          visibility: "public",
          state: content.state,
          source: `intercom/${id}`,
          sourceId: id,
        });
      }
    },
    refused,
  );
  const lists = documents.filter((one) => !listsOf([one], "data").some((item) => typeOf(item) === "collection"));
  return { articles, refused, notes: missingPages(lists, "data", "total_count") };
};

function collectionsOf(items: readonly unknown[]): Map<string, Collection> {
  const found = new Map<string, Collection>();
  for (const item of items) {
    const parsed = v.safeParse(Collection, item);
    if (parsed.success) found.set(parsed.output.id, parsed.output);
  }
  return found;
}

function nameOf(collections: Map<string, Collection>, id: string, locale: string): string | undefined {
  const names: string[] = [];
  let at = collections.get(id);
  for (let depth = 0; at && depth < DEPTH; depth++) {
    const translated = at.translated_content?.[locale] as { name?: unknown } | undefined;
    names.unshift(typeof translated?.name === "string" && translated.name ? translated.name : at.name);
    at = at.parent_id ? collections.get(at.parent_id) : undefined;
  }
  return names.length > 0 ? names.join(" / ") : undefined;
}

function isArticle(document: unknown): boolean {
  return typeOf(document) === "article";
}

function typeOf(item: unknown): unknown {
  return item && typeof item === "object" ? (item as { type?: unknown }).type : undefined;
}
