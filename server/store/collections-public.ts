import type { Db } from "./port.ts";

export interface PlacedInPublic {
  collection: number;
  name: string;
  article: number;
}

/** The articles of a site's public collections, in their orders. Every help page asks: hot. */
export async function placedInPublic(db: Db, site: number): Promise<PlacedInPublic[]> {
  return db.plain.all<PlacedInPublic>(
    `select c.id as collection, c.name, p.article from collection c
     join collection_article p on p.collection = c.id
     where c.site = ? and c.visibility = 'public' order by c.id, p.place`,
    site,
  );
}
