import { type ArticleHead, type ArticleRow, byKey, HEAD, update } from "./articles.ts";
import type { Db } from "./port.ts";

/** A row as the index reads it. */
export type IndexedRow = Omit<ArticleHead, "category" | "created_at" | "updated_at"> &
  Pick<ArticleRow, "plain" | "pages" | "version">;

/** A row as the help centre lists it. */
export type ShelfRow = ArticleHead & Pick<ArticleRow, "version">;
/** How far somebody has read what changed: that version, of its articles up to this key. */
export type ReadTo = Pick<ArticleRow, "version" | "id">;

const INDEXED = "id, uid, grp, slug, locale, title, excerpt, plain, visibility, state, pages, version";

/** Counts one more change of a site's articles, which their readers may see, and returns the count. */
export async function nextVersion(db: Db, site: number): Promise<number> {
  await turnShelf(db, site);
  return nextLesson(db, site);
}

/** Writes where an article's links lead now: its readers see that, and no index has to know. */
export async function putLinks(db: Db, { id, site }: ArticleRow, links: { rich: string; dangling: number }) {
  await update(db, id, links);
  await turnShelf(db, site);
}

/** What an index compares (`articles`), and what the help centre does (`shelf`). */
export async function versionsOf(db: Db, site: number): Promise<{ articles: number; shelf: number }> {
  const row = await db.plain.get<{ articles: number; shelf: number }>(
    "select articles_version as articles, shelf_version as shelf from site where id = ?",
    site,
  );
  return row ?? { articles: 0, shelf: 0 };
}

/** Says that what an article answers has changed, so that every index in memory reads it anew. Its page stays as it is. */
export async function touch(db: Db, article: number): Promise<void> {
  const row = await byKey(db, article);
  if (row) await update(db, article, { version: await nextLesson(db, row.site) });
}

/** Where to begin for all that changed after a version. */
export function after(version: number): ReadTo {
  return { version, id: Number.MAX_SAFE_INTEGER };
}

/** The next of a site's articles, by their keys alone. */
export function keysSince(db: Db, site: number, to: ReadTo, limit: number) {
  return since<ReadTo>(db, "version, id", site, to, limit);
}

/** The next articles that changed, as the index reads them. */
export function changedSince(db: Db, site: number, to: ReadTo, limit: number) {
  return since<IndexedRow>(db, INDEXED, site, to, limit);
}

/** The next articles that changed, as the help centre lists them: those too that are not for its readers. */
export function headsSince(db: Db, site: number, to: ReadTo, limit: number) {
  return since<ShelfRow>(db, `${HEAD}, version`, site, to, limit);
}

async function nextLesson(db: Db, site: number): Promise<number> {
  const row = await db.sql
    .updateTable("site")
    .set((eb) => ({ articles_version: eb("articles_version", "+", 1) }))
    .where("id", "=", site)
    .returning("articles_version")
    .executeTakeFirstOrThrow();
  return row.articles_version;
}

async function turnShelf(db: Db, site: number): Promise<void> {
  await db.plain.run("update site set shelf_version = shelf_version + 1 where id = ?", site);
}

/** In the order of their index: by key, each step would sort all that are left. */
async function since<Row>(db: Db, columns: string, site: number, { version, id }: ReadTo, limit: number) {
  return db.plain.all<Row>(
    `select ${columns} from article where site = ? and (version, id) > (?, ?) order by version, id limit ?`,
    site,
    version,
    id,
    limit,
  );
}
