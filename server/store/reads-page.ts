import { toBytes } from "./ids.ts";
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
