import * as v from "valibot";
import { type ForeignArticle, Id, type ReadExport, type Refused, readEach } from "../foreign.ts";

/*
 * Help Scout Docs: what `GET /v1/articles/{id}` answers (`{article}`), one file each or many in lists, and the lists of
 * categories and collections for the names of its shelves. Its lists of articles hold no texts, and are named as such.
 */

const Article = v.object({
  id: Id,
  number: Id,
  name: v.pipe(v.string(), v.nonEmpty("an article needs a name")),
  text: v.pipe(v.optional(v.string(), ""), v.nonEmpty("lists of articles leave it out: save each article by itself")),
  status: v.optional(v.picklist(["published", "notpublished"]), "published"),
  publicUrl: v.nullish(v.string()),
  collectionId: v.nullish(Id),
  categories: v.nullish(v.array(Id), []),
});
const Shelf = v.object({ id: Id, name: v.string(), visibility: v.optional(v.string()) });
type Shelf = v.InferOutput<typeof Shelf>;

export const readHelpScout: ReadExport = (documents, locale) => {
  const refused: Refused[] = [];
  const items = itemsOf(documents, "articles", "article");
  const categories = shelvesOf(itemsOf(documents, "categories", "category"));
  const collections = shelvesOf(itemsOf(documents, "collections", "collection"));
  const articles: ForeignArticle[] = [];
  let withoutShelf = 0;
  readEach(
    Article,
    items.map((item) => titled(item)),
    ({ id, number, name, text, status, publicUrl, collectionId, categories: ids }) => {
      const collection = collectionId ? collections.get(collectionId) : undefined;
      const unsaved = collectionId && !collection;
      if (unsaved) withoutShelf++;
      const names = [collection?.name, categories.get(ids?.[0] ?? "")?.name].filter((one) => one !== undefined);
      articles.push({
        name: `article ${number} “${name}”`,
        locale,
        title: name,
        html: text,
        address: publicUrl ?? undefined,
        category: names.length > 0 ? names.join(" / ") : undefined,
        // Who may read is said by the collection: where that was not saved, nobody is told but agents.
        visibility: unsaved || collection?.visibility === "private" ? "internal" : "public",
        state: status === "published" ? "published" : "draft",
        source: `help-scout/${id}`,
        sourceId: number,
      });
    },
    refused,
  );
  const notes =
    withoutShelf === 0 ? [] : [`Articles for the team only, as their collections were not saved: ${withoutShelf}.`];
  return { articles, refused, notes };
};

/** `{article}`, `{articles: {items}}`, `{articles: []}`, in whatever mixture. */
function itemsOf(documents: readonly unknown[], many: string, one: string): unknown[] {
  return documents.flatMap((document) => {
    if (Array.isArray(document)) return itemsOf(document, many, one);
    if (!document || typeof document !== "object") return [];
    const { [many]: list, [one]: single } = document as Record<string, unknown>;
    const items = Array.isArray(list) ? list : ((list as { items?: unknown[] } | undefined)?.items ?? []);
    return [...items, ...(single === undefined ? [] : [single])];
  });
}

function shelvesOf(items: readonly unknown[]): Map<string, Shelf> {
  return new Map(
    items.flatMap((item) => {
      const parsed = v.safeParse(Shelf, item);
      return parsed.success ? [[parsed.output.id, parsed.output] as const] : [];
    }),
  );
}

/** With the name where reports look for it. */
function titled(item: unknown): unknown {
  const { name } = (item ?? {}) as { name?: unknown };
  return item && typeof item === "object" ? { title: name, ...item } : item;
}
