import type { ArticleRow } from "./articles.ts";
import { toBytes } from "./ids.ts";
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

/** How often an article was used over some days, and how much that weighs on the last of them. */
export interface UseRow extends Pick<ArticleRow, "id" | "uid" | "grp">, Record<Use, number> {
  warmth: number;
}

/** The days that count, both among them; how much a use of the last weighs, and after how many days half as much. */
export interface Warmth {
  from: number;
  to: number;
  weights: Readonly<Record<Use, number>>;
  halfLife: number;
}

/** The uses of some articles; those without any are left out. */
export async function uses(db: Db, articles: readonly number[], { from, to, weights, halfLife }: Warmth) {
  return db.plain.all<UseRow>(
    `select a.id, a.uid, a.grp, sum(d.reads) as reads, sum(d.links) as links, sum(d.searches) as searches,
       sum((d.reads * ? + d.links * ? + d.searches * ?) * power(0.5, cast(? - d.day as real) / ?)) as warmth
     from article a join article_day d on d.article = a.id
     where a.id in (${placesFor(articles)}) and d.day >= ? group by a.id, a.uid, a.grp`,
    weights.reads,
    weights.links,
    weights.searches,
    to,
    halfLife,
    ...articles,
    from,
  );
}

export interface VerdictCount extends Pick<ArticleRow, "uid" | "grp"> {
  n: number;
  solved: number;
}

/** How many readers said whether one of these articles answered, and how many that it did. */
export async function verdicts(db: Db, articles: readonly number[], since: number) {
  return db.plain.all<VerdictCount>(
    `select a.uid, a.grp, count(*) as n, sum(v.solved) as solved from article a join verdict v on v.article = a.id
     where a.id in (${placesFor(articles)}) and v.at >= ? group by a.uid, a.grp`,
    ...articles,
    since,
  );
}

/** Forgets what some articles were used for before a day: no figure needs it any more. */
export async function forgetBefore(db: Db, articles: readonly number[], day: number): Promise<void> {
  await db.sql.deleteFrom("article_day").where("article", "in", articles).where("day", "<", day).execute();
}

function placesFor(keys: readonly number[]): string {
  return keys.map(() => "?").join(", ");
}
