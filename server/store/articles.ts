import type { Insertable, Selectable, Updateable } from "kysely";
import type { Db, Param } from "./port.ts";
import type { Schema } from "./schema.ts";

export type ArticleRow = Selectable<Schema["article"]>;

/** A row without its texts, which can be long. */
export type ArticleHead = Pick<
  ArticleRow,
  | "id"
  | "uid"
  | "grp"
  | "slug"
  | "locale"
  | "title"
  | "excerpt"
  | "category"
  | "visibility"
  | "state"
  | "created_at"
  | "updated_at"
>;

/** The columns of an {@link ArticleHead}. */
export const HEAD = "id, uid, grp, slug, locale, title, excerpt, category, visibility, state, created_at, updated_at";

const PUBLIC = "visibility = 'public' and state = 'published'";

export function byUid(db: Db, uid: Uint8Array) {
  return db.sql.selectFrom("article").selectAll().where("uid", "=", uid).executeTakeFirst();
}

export function byKey(db: Db, key: number) {
  return db.sql.selectFrom("article").selectAll().where("id", "=", key).executeTakeFirst();
}

export function bySlug(db: Db, site: number, locale: string, slug: string) {
  return db.sql
    .selectFrom("article")
    .selectAll()
    .where("site", "=", site)
    .where("locale", "=", locale)
    .where("slug", "=", slug)
    .executeTakeFirst();
}

export function bySource(db: Db, site: number, locale: string, source: string) {
  return db.sql
    .selectFrom("article")
    .selectAll()
    .where("site", "=", site)
    .where("source", "=", source)
    .where("locale", "=", locale)
    .executeTakeFirst();
}

/** The articles that a slug names or once named, in whatever locale; today's before yesterday's. */
export async function bySlugs(db: Db, site: number, slug: string): Promise<ArticleRow[]> {
  const now = await db.sql
    .selectFrom("article")
    .selectAll()
    .where("site", "=", site)
    .where("slug", "=", slug)
    .execute();
  if (now.length > 0) return now;
  return db.sql
    .selectFrom("article")
    .innerJoin("article_slug", "article_slug.article", "article.id")
    .selectAll("article")
    .where("article_slug.site", "=", site)
    .where("article_slug.slug", "=", slug)
    .execute();
}

/** A group's articles that visitors may read. */
export function publicOfGroup(db: Db, site: number, group: Uint8Array): Promise<ArticleRow[]> {
  return db.sql
    .selectFrom("article")
    .selectAll()
    .where("site", "=", site)
    .where("grp", "=", group)
    .where("visibility", "=", "public")
    .where("state", "=", "published")
    .execute();
}

/** A group to join: that of another locale's article from the same source. */
export async function groupOfSource(db: Db, site: number, sourceId: string): Promise<Uint8Array | undefined> {
  const row = await db.plain.get<{ grp: Uint8Array }>(
    "select grp from article where site = ? and source_id = ? order by id limit 1",
    site,
    sourceId,
  );
  return row?.grp;
}

/** What a group says in one language. */
export function inGroup(db: Db, site: number, group: Uint8Array, locale: string) {
  return db.plain.get<{ title: string }>(
    "select title from article where site = ? and grp = ? and locale = ? order by id limit 1",
    site,
    group,
    locale,
  );
}

export async function findBySource(
  db: Db,
  site: number,
  locale: string,
  column: "source" | "source_id",
  value: string,
) {
  return db.plain.get<{ uid: Uint8Array }>(
    `select uid from article where site = ? and ${column} = ? order by locale = ? desc, id limit 1`,
    site,
    value,
    locale,
  );
}

export async function findBySlug(db: Db, site: number, locale: string, slug: string) {
  return db.plain.get<{ uid: Uint8Array }>(
    "select uid from article where site = ? and slug = ? order by locale = ? desc, id limit 1",
    site,
    slug,
    locale,
  );
}

/** Where public articles stand today, by id; what visitors may not read is left out. */
export async function publicAddresses(db: Db, site: number, uids: readonly Uint8Array[]) {
  if (uids.length === 0) return [];
  const places = uids.map(() => "?").join(", ");
  return db.plain.all<{ uid: Uint8Array; locale: string; slug: string }>(
    `select uid, locale, slug from article where site = ? and ${PUBLIC} and uid in (${places})`,
    site,
    ...uids,
  );
}

export interface ArticleFilter {
  site: number;
  query?: string | undefined;
  state?: "draft" | "published" | undefined;
  visibility?: "public" | "internal" | undefined;
  category?: string | undefined;
  locale?: string | undefined;
  after?: { at: number; id: number } | undefined;
  limit: number;
}

/** One page of a site's articles, the newest change first. */
export async function list(db: Db, filter: ArticleFilter): Promise<ArticleHead[]> {
  const { where, params } = conditionsOf(filter);
  if (filter.after) {
    where.push("(updated_at, id) < (?, ?)");
    params.push(filter.after.at, filter.after.id);
  }
  return db.plain.all<ArticleHead>(
    `select ${HEAD} from article where ${where.join(" and ")} order by updated_at desc, id desc limit ?`,
    ...params,
    filter.limit,
  );
}

/** Translations of one article, as one: the newest change among them, and the newest key, by which a page goes on. */
export interface GroupRow {
  grp: Uint8Array;
  at: number;
  newest: number;
}

/** One page of a site's articles with their translations taken together, where any of them fits the filter. */
export async function listGroups(db: Db, filter: ArticleFilter): Promise<GroupRow[]> {
  const { where, params } = conditionsOf(filter);
  const { after } = filter;
  const beyond = after ? "having max(updated_at) < ? or (max(updated_at) = ? and max(id) < ?)" : "";
  return db.plain.all<GroupRow>(
    `select grp, max(updated_at) as at, max(id) as newest from article where ${where.join(" and ")}
     group by grp ${beyond} order by 2 desc, 3 desc limit ?`,
    ...params,
    ...(after ? [after.at, after.at, after.id] : []),
    filter.limit,
  );
}

/** Those of some groups that fit the filter, the oldest first. */
export async function listOfGroups(
  db: Db,
  filter: ArticleFilter,
  groups: readonly Uint8Array[],
): Promise<ArticleHead[]> {
  if (groups.length === 0) return [];
  const { where, params } = conditionsOf(filter);
  const places = groups.map(() => "?").join(", ");
  return db.plain.all<ArticleHead>(
    `select ${HEAD} from article where ${where.join(" and ")} and grp in (${places}) order by id`,
    ...params,
    ...groups,
  );
}

function conditionsOf(filter: ArticleFilter): { where: string[]; params: Param[] } {
  const where: string[] = ["site = ?"];
  const params: Param[] = [filter.site];
  const add = (condition: string, ...values: Param[]) => {
    where.push(condition);
    params.push(...values);
  };
  for (const column of ["state", "visibility", "category", "locale"] as const) {
    const value = filter[column];
    if (value !== undefined) add(`${column} = ?`, value);
  }
  for (const word of wordsOf(filter.query)) {
    const like = `%${word.replace(/[\\%_]/g, "\\$&")}%`;
    add("(title like ? escape '\\' or plain like ? escape '\\')", like, like);
  }
  return { where, params };
}

/** How many articles of each kind a site has; translations of one article are one. */
export async function counts(db: Db, site: number) {
  const row = await db.plain.get<Record<"every" | "published" | "draft" | "internal", number>>(
    `select count(distinct grp) as every, count(distinct case when state = 'published' then grp end) as published,
       count(distinct case when state = 'draft' then grp end) as draft,
       count(distinct case when visibility = 'internal' then grp end) as internal
     from article where site = ?`,
    site,
  );
  const { every = 0, published = 0, draft = 0, internal = 0 } = row ?? {};
  return { all: every, published, draft, internal };
}

/** A site's articles in the order of their making: for an export, page by page. */
export function pageAfter(db: Db, site: number, after: number, limit: number): Promise<ArticleRow[]> {
  return db.sql
    .selectFrom("article")
    .selectAll()
    .where("site", "=", site)
    .where("id", ">", after)
    .orderBy("id")
    .limit(limit)
    .execute();
}

export async function insert(db: Db, values: Insertable<Schema["article"]>): Promise<number> {
  const { id } = await db.sql.insertInto("article").values(values).returning("id").executeTakeFirstOrThrow();
  return id;
}

export async function update(db: Db, key: number, values: Updateable<Schema["article"]>): Promise<void> {
  await db.sql.updateTable("article").set(values).where("id", "=", key).execute();
}

/** Takes an article away with all that hangs on it. */
export async function remove(db: Db, key: number): Promise<void> {
  for (const table of [
    "question",
    "verdict",
    "article_slug",
    "article_day",
    "revision",
    "collection_article",
    "article_draft",
  ] as const) {
    await db.sql.deleteFrom(table).where("article", "=", key).execute();
  }
  await db.sql.deleteFrom("article").where("id", "=", key).execute();
}

/** Remembers an address that an article had, or forgets one that another takes over. */
export async function keepSlug(db: Db, site: number, locale: string, slug: string, article: number): Promise<void> {
  await forgetSlug(db, site, locale, slug);
  await db.sql.insertInto("article_slug").values({ site, locale, slug, article }).execute();
}

export async function forgetSlug(db: Db, site: number, locale: string, slug: string): Promise<void> {
  await db.sql
    .deleteFrom("article_slug")
    .where("site", "=", site)
    .where("locale", "=", locale)
    .where("slug", "=", slug)
    .execute();
}

export async function keysOf(db: Db, site: number): Promise<number[]> {
  return (await db.plain.all<{ id: number }>("select id from article where site = ?", site)).map(({ id }) => id);
}

export async function danglingOf(db: Db, site: number): Promise<number[]> {
  const rows = await db.plain.all<{ id: number }>("select id from article where site = ? and dangling = 1", site);
  return rows.map(({ id }) => id);
}

function wordsOf(query = ""): string[] {
  return query.trim().split(/\s+/).filter(Boolean).slice(0, 8);
}
