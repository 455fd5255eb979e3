import * as store from "../../store/articles.ts";
import { toId } from "../../store/ids.ts";
import type { Db } from "../../store/port.ts";
import type { Site } from "../sites/sites.ts";
import { type ListedArticle, listedOf, originalOf } from "./articles-listed.ts";

/** An article for all its translations. */
export interface GroupedArticle {
  /** The original, or where that does not fit the filter the oldest that does. */
  article: ListedArticle;
  /** By which the next page goes on. */
  after: { at: number; id: number };
}

/** A page of articles, one for each group of translations; it was changed when any of those that fit was. */
export async function grouped(db: Db, site: Site, filter: store.ArticleFilter): Promise<GroupedArticle[]> {
  const groups = await store.listGroups(db, filter);
  const grps = groups.map(({ grp }) => grp);
  const rows = Map.groupBy(await store.listOfGroups(db, filter, grps), ({ grp }) => toId(grp));
  return groups.flatMap(({ grp, at, newest }) => {
    const row = originalOf(site, rows.get(toId(grp)) ?? []);
    return row ? [{ article: listedOf({ ...row, updated_at: at }), after: { at, id: newest } }] : [];
  });
}
