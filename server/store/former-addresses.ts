import { bySource } from "./articles.ts";
import type { Db } from "./port.ts";

/*
 * Addresses that articles once had. A former slug is a single word; a former path of another help centre contains a
 * slash, which no slug does, so both live in one table.
 */

/** The articles that once stood at this slug or path, in whatever language. */
export async function formerOwners(db: Db, site: number, path: string): Promise<Uint8Array[]> {
  const rows = await db.plain.all<{ uid: Uint8Array }>(
    "select a.uid from article_slug s join article a on a.id = s.article where s.site = ? and s.slug = ? order by a.id",
    site,
    path,
  );
  return rows.map(({ uid }) => uid);
}

/** The articles with this id where they came from. */
export async function formerPathOwners(db: Db, site: number, sourceId: string): Promise<Uint8Array[]> {
  const rows = await db.plain.all<{ uid: Uint8Array }>(
    "select uid from article where site = ? and source_id = ? order by id",
    site,
    sourceId,
  );
  return rows.map(({ uid }) => uid);
}

/** Remembers the paths that an imported article had where it came from; returns how many are new. */
export async function keepFormerPaths(
  db: Db,
  site: number,
  { locale, source }: { locale: string; source: string },
  paths: readonly string[],
): Promise<number> {
  const row = await bySource(db, site, locale, source);
  if (!row) return 0;
  let kept = 0;
  for (const slug of paths) {
    const here = await db.plain.get<{ article: number }>(
      "select article from article_slug where site = ? and locale = ? and slug = ?",
      site,
      locale,
      slug,
    );
    if (here?.article === row.id) continue;
    if (here)
      await db.plain.run("delete from article_slug where site = ? and locale = ? and slug = ?", site, locale, slug);
    await db.sql.insertInto("article_slug").values({ site, locale, slug, article: row.id }).execute();
    kept++;
  }
  return kept;
}

/** What once led to an article: its former slugs, and its paths where it came from. */
export async function formerOf(db: Db, site: number, locale: string, slug: string): Promise<string[]> {
  const rows = await db.plain.all<{ slug: string }>(
    `select s.slug from article_slug s join article a on a.id = s.article
     where a.site = ? and a.locale = ? and a.slug = ? and s.locale = a.locale order by s.slug`,
    site,
    locale,
    slug,
  );
  return rows.map(({ slug: former }) => former);
}
