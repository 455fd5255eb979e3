import { toBytes, toId } from "./ids.ts";
import type { Db } from "./port.ts";

/** Counts what was read on one day, by the articles' public ids. What is no article is no reading. */
export async function countReads(db: Db, day: number, reads: ReadonlyMap<string, number>): Promise<void> {
  for (const [article, times] of reads) {
    await db.plain.run(
      `insert into article_day (article, day, reads) select id, ?, ? from article where uid = ?
       on conflict (article, day) do update set reads = article_day.reads + excluded.reads`,
      day,
      times,
      toBytes(article),
    );
  }
}

/** The articles of a site used most from a day on, by their ids: what agents sent says more than what was opened. */
export async function mostUsed(db: Db, site: number, from: number, least: number, limit: number): Promise<string[]> {
  const rows = await db.plain.all<{ uid: Uint8Array }>(
    `select a.uid from (
       select d.article, sum(d.reads + 3 * d.links) as uses from article_day d join article a on a.id = d.article
       where a.site = ? and d.day >= ? group by d.article having sum(d.reads + 3 * d.links) >= ?
       order by uses desc, d.article limit ?
     ) most join article a on a.id = most.article order by most.uses desc, most.article`,
    site,
    from,
    least,
    limit,
  );
  return rows.map(({ uid }) => toId(uid));
}
