import { keepSlug } from "./articles.ts";
import type { Db } from "./port.ts";

/*
 * Addresses that articles once had. A former slug is a single word; a former path of another help centre contains a
 * slash, which no slug does, so both live in one table.
 */

/** A slug or a path that an article had, and the language that it stood under. */
export interface FormerAddress {
  slug: string;
  locale: string;
}

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

/** Remembers addresses that an article had; returns how many are new. */
export async function keepFormer(
  db: Db,
  site: number,
  article: number,
  former: readonly FormerAddress[],
): Promise<number> {
  let kept = 0;
  for (const { slug, locale } of former) {
    const here = await db.plain.get<{ article: number }>(
      "select article from article_slug where site = ? and locale = ? and slug = ?",
      site,
      locale,
      slug,
    );
    if (here?.article === article) continue;
    await keepSlug(db, site, locale, slug, article);
    kept++;
  }
  return kept;
}

/**
 * What once led to the articles of these keys: former slugs, in whatever language each was, and paths where they came
 * from.
 */
export async function formerOf(
  db: Db,
  site: number,
  articles: readonly number[],
): Promise<Map<number, FormerAddress[]>> {
  if (articles.length === 0) return new Map();
  const rows = await db.sql
    .selectFrom("article_slug")
    .select(["article", "slug", "locale"])
    .where("site", "=", site)
    .where("article", "in", articles)
    .orderBy("slug")
    .orderBy("locale")
    .execute();
  return Map.groupBy(rows, ({ article }) => article);
}
