import * as v from "valibot";
import { type ForeignArticle, Id, listsOf, missingPages, type ReadExport, type Refused, readEach } from "../foreign.ts";

/*
 * Zendesk: what `GET /api/v2/help_center/articles.json?include=sections,categories,translations` answers, page by page,
 * also under `/help_center/{locale}/`, and the lists of sections and categories for the names of its shelves.
 */

const Text = v.nullish(v.string(), "");
const Translation = v.object({
  locale: v.string(),
  title: v.string(),
  body: Text,
  draft: v.optional(v.boolean()),
  hidden: v.optional(v.boolean()),
  html_url: v.optional(v.string()),
  source_id: v.optional(Id),
  source_type: v.optional(v.string()),
});
const Article = v.object({
  id: Id,
  title: v.pipe(v.string(), v.nonEmpty("an article needs a title")),
  body: Text,
  html_url: v.optional(v.string()),
  locale: v.optional(v.string()),
  draft: v.optional(v.boolean(), false),
  section_id: v.nullish(Id),
  user_segment_id: v.nullish(Id),
  user_segment_ids: v.nullish(v.array(Id), []),
  translations: v.optional(v.array(Translation), []),
});
const Shelf = v.object({
  id: Id,
  name: v.string(),
  locale: v.optional(v.string()),
  category_id: v.nullish(Id),
  parent_section_id: v.nullish(Id),
});
type Shelf = v.InferOutput<typeof Shelf>;

/** Sections within sections, at most. */
const DEPTH = 10;

export const readZendesk: ReadExport = (documents, locale) => {
  const refused: Refused[] = [];
  const shelves = { sections: shelvesOf(documents, "sections"), categories: shelvesOf(documents, "categories") };
  const beside = Map.groupBy(translationsOf(documents), ({ source_id }) => source_id);
  const found = new Map<string, ForeignArticle>();
  readEach(
    Article,
    listsOf(documents, "articles"),
    (article) => {
      const { id, title, body, draft, html_url: address, section_id: section } = article;
      const own = { locale: article.locale ?? locale, title, body, draft, html_url: address };
      for (const one of [own, ...article.translations, ...(beside.get(id) ?? [])]) {
        const key = `${id} ${one.locale.toLowerCase()}`;
        if (found.has(key)) continue;
        found.set(key, {
          name: `article ${id} “${one.title}” (${one.locale})`,
          locale: one.locale,
          title: one.title,
          html: one.body,
          address: one.html_url ?? addressIn(address, one.locale),
          category: section ? nameOf(shelves, section, one.locale) : undefined,
          // Not for everybody there: not for everybody here.
          visibility: article.user_segment_id || article.user_segment_ids?.length ? "internal" : "public",
          state: one.draft ? "draft" : "published",
          source: `zendesk/${id}`,
          sourceId: id,
        });
      }
    },
    refused,
  );
  return { articles: [...found.values()], refused, notes: missingPages(documents, "articles", "count") };
};

function translationsOf(documents: readonly unknown[]): v.InferOutput<typeof Translation>[] {
  return listsOf(documents, "translations").flatMap((item) => {
    const parsed = v.safeParse(Translation, item);
    return parsed.success && (parsed.output.source_type ?? "Article") === "Article" ? [parsed.output] : [];
  });
}

/** By id, and by id and language where lists in several languages were saved. */
function shelvesOf(documents: readonly unknown[], list: string): Map<string, Shelf> {
  const found = new Map<string, Shelf>();
  for (const item of listsOf(documents, list)) {
    const parsed = v.safeParse(Shelf, item);
    if (!parsed.success) continue;
    const { id, locale = "" } = parsed.output;
    if (!found.has(id)) found.set(id, parsed.output);
    found.set(`${id} ${locale.toLowerCase()}`, parsed.output);
  }
  return found;
}

function nameOf(
  { sections, categories }: { sections: Map<string, Shelf>; categories: Map<string, Shelf> },
  section: string,
  locale: string,
): string | undefined {
  const read = (map: Map<string, Shelf>, id: string) => map.get(`${id} ${locale.toLowerCase()}`) ?? map.get(id);
  const names: string[] = [];
  let at = read(sections, section);
  for (let depth = 0; at && depth < DEPTH; depth++) {
    names.unshift(at.name);
    const category = at.parent_section_id ? undefined : at.category_id && read(categories, at.category_id);
    if (category) names.unshift(category.name);
    at = at.parent_section_id ? read(sections, at.parent_section_id) : undefined;
  }
  return names.length > 0 ? names.join(" / ") : undefined;
}

/** A translation's address follows from the original's: its language is one part of the path. */
function addressIn(address: string | undefined, locale: string): string | undefined {
  return address?.replace(
    /\/hc\/[a-z]{2,3}(?:-[\w-]+?)?\/articles\/(\d+).*$/i,
    `/hc/${locale.toLowerCase()}/articles/$1`,
  );
}
