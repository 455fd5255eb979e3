import type { Insertable, Selectable } from "kysely";
import type { Db } from "./port.ts";
import type { Schema } from "./schema.ts";

export type CollectionRow = Selectable<Schema["collection"]>;
/** What somebody says of a collection, beside its articles. */
export type CollectionSaid = Pick<CollectionRow, "name" | "locale" | "names" | "visibility">;

/** A site's collections, the oldest first. */
export function ofSite(db: Db, site: number): Promise<CollectionRow[]> {
  return db.sql.selectFrom("collection").selectAll().where("site", "=", site).orderBy("id").execute();
}

export function byUid(db: Db, uid: Uint8Array): Promise<CollectionRow | undefined> {
  return db.sql.selectFrom("collection").selectAll().where("uid", "=", uid).executeTakeFirst();
}

export interface PlacedArticle {
  uid: Uint8Array;
  title: string;
  locale: string;
  visibility: "public" | "internal";
  state: "draft" | "published";
}

/** A collection's articles in their order. */
export async function articlesOf(db: Db, collection: number): Promise<PlacedArticle[]> {
  return db.plain.all<PlacedArticle>(
    `select a.uid, a.title, a.locale, a.visibility, a.state from collection_article c
     join article a on a.id = c.article where c.collection = ? order by c.place`,
    collection,
  );
}

/** The keys of a collection's articles in their order. */
export async function keysIn(db: Db, collection: number): Promise<number[]> {
  const rows = await db.plain.all<{ article: number }>(
    "select article from collection_article where collection = ? order by place",
    collection,
  );
  return rows.map(({ article }) => article);
}

/** What tells an article of a collection from all others of its site. */
export interface PlacedAddress {
  locale: string;
  slug: string;
}

export async function addressesIn(db: Db, collection: number): Promise<PlacedAddress[]> {
  return db.plain.all<PlacedAddress>(
    `select a.locale, a.slug from collection_article c join article a on a.id = c.article
     where c.collection = ? order by c.place`,
    collection,
  );
}

export async function insert(db: Db, values: Insertable<Schema["collection"]>): Promise<number> {
  const { id } = await db.sql.insertInto("collection").values(values).returning("id").executeTakeFirstOrThrow();
  return id;
}

export async function update(db: Db, key: number, values: CollectionSaid): Promise<void> {
  await db.sql.updateTable("collection").set(values).where("id", "=", key).execute();
}

/** Puts these articles into a collection, in this order, in place of what it held. */
export async function place(db: Db, collection: number, articles: readonly number[]): Promise<void> {
  await db.sql.deleteFrom("collection_article").where("collection", "=", collection).execute();
  if (articles.length === 0) return;
  const rows = articles.map((article, at) => ({ collection, place: at, article }));
  await db.sql.insertInto("collection_article").values(rows).execute();
}

export async function remove(db: Db, key: number): Promise<void> {
  await db.sql.deleteFrom("collection_article").where("collection", "=", key).execute();
  await db.sql.deleteFrom("collection").where("id", "=", key).execute();
}
