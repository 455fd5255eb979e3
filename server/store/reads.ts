import type { Db } from "./port.ts";

/** What an article was used for: read by a visitor, sent by an agent, found by a search. */
export type Use = "reads" | "links" | "searches";

/** Counts one use. */
export async function count(db: Db, article: number, day: number, use: Use): Promise<void> {
  await db.plain.run(
    `insert into article_day (article, day, ${use}) values (?, ?, 1)
     on conflict (article, day) do update set ${use} = article_day.${use} + 1`,
    article,
    day,
  );
}

export interface DayRow {
  uid: Uint8Array;
  grp: Uint8Array;
  day: number;
  reads: number;
  links: number;
  searches: number;
}

/** A site's days from `from` on. */
export async function days(db: Db, site: number, from: number): Promise<DayRow[]> {
  return db.plain.all<DayRow>(
    `select a.uid, a.grp, d.day, d.reads, d.links, d.searches from article_day d join article a on a.id = d.article
     where a.site = ? and d.day >= ?`,
    site,
    from,
  );
}

export interface VerdictCount {
  uid: Uint8Array;
  grp: Uint8Array;
  n: number;
  solved: number;
}

/** How many readers said whether an article answered, and how many that it did. */
export async function verdicts(db: Db, site: number, since: number): Promise<VerdictCount[]> {
  return db.plain.all<VerdictCount>(
    `select a.uid, a.grp, count(*) as n, sum(v.solved) as solved from verdict v join article a on a.id = v.article
     where a.site = ? and v.at >= ? group by a.uid, a.grp`,
    site,
    since,
  );
}

/** Days that no figure needs any more. */
export async function forgetBefore(db: Db, day: number): Promise<void> {
  await db.sql.deleteFrom("article_day").where("day", "<", day).execute();
}
