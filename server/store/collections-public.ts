import type { CollectionRow } from "./collections.ts";
import type { Db } from "./port.ts";

/** A site's public collections, the oldest first, and their articles in their orders. */
export interface InPublic {
  collections: readonly Pick<CollectionRow, "id" | "name" | "locale" | "names">[];
  placed: readonly { collection: number; article: number }[];
}

/** Every help page asks: hot. Names stand by themselves, or each would come with each article. */
export async function inPublic(db: Db, site: number): Promise<InPublic> {
  const collections = await db.plain.all<InPublic["collections"][number]>(
    "select id, name, locale, names from collection where site = ? and visibility = 'public' order by id",
    site,
  );
  const placed = await db.plain.all<InPublic["placed"][number]>(
    `select p.collection, p.article from collection c join collection_article p on p.collection = c.id
     where c.site = ? and c.visibility = 'public' order by c.id, p.place`,
    site,
  );
  return { collections, placed };
}
