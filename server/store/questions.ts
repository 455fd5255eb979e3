import type { Db } from "./port.ts";

/** Written by the article's author, and replaced whenever it is saved. */
export const BY_AUTHOR = "author";

export interface QuestionRow {
  article: number;
  text: string;
  weight: number;
}

/** The author's questions of one article, in their order. */
export async function byAuthor(db: Db, article: number): Promise<string[]> {
  const rows = await db.plain.all<{ text: string }>(
    "select text from question where article = ? and origin = ? order by id",
    article,
    BY_AUTHOR,
  );
  return rows.map(({ text }) => text);
}

/** Every question of some articles, learned ones as well. */
export async function ofArticles(db: Db, articles: readonly number[]): Promise<QuestionRow[]> {
  if (articles.length === 0) return [];
  return db.sql
    .selectFrom("question")
    .select(["article", "text", "weight"])
    .where("article", "in", articles)
    .orderBy("id")
    .execute();
}

export async function replaceByAuthor(db: Db, article: number, texts: readonly string[], at: number): Promise<void> {
  await db.sql.deleteFrom("question").where("article", "=", article).where("origin", "=", BY_AUTHOR).execute();
  if (texts.length === 0) return;
  const rows = texts.map((text) => ({ article, text, weight: 1, origin: BY_AUTHOR, created_at: at }));
  await db.sql.insertInto("question").values(rows).execute();
}
