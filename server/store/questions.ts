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

/** One thing that was learned. */
export interface Lesson {
  article: number;
  text: string;
  weight: number;
  origin: "conversation" | "verdict" | "link";
  /** What taught it; teaches an article once, the newest word counts. */
  lesson: string;
  at: number;
}

export async function learn(db: Db, { article, text, weight, origin, lesson, at }: Lesson): Promise<void> {
  await db.plain.run(
    `insert into question (article, text, weight, origin, lesson, created_at) values (?, ?, ?, ?, ?, ?)
     on conflict (lesson, article) do update set text = excluded.text, weight = excluded.weight`,
    article,
    text,
    weight,
    origin,
    lesson,
    at,
  );
}

/** What an article learned, the newest first: the author's questions are not among it. */
export async function learnedBy(db: Db, article: number) {
  return db.plain.all<{ id: number; weight: number; created_at: number }>(
    "select id, weight, created_at from question where article = ? and origin != ? order by id desc",
    article,
    BY_AUTHOR,
  );
}

export interface ListedQuestion extends QuestionRow {
  id: number;
  origin: string;
  created_at: number;
}

/** All of an article's questions, the author's first. */
export async function list(db: Db, article: number): Promise<ListedQuestion[]> {
  return db.sql
    .selectFrom("question")
    .select(["id", "article", "text", "weight", "origin", "created_at"])
    .where("article", "=", article)
    .orderBy((eb) => eb.case().when("origin", "=", BY_AUTHOR).then(0).else(1).end())
    .orderBy("id", "desc")
    .execute();
}

export async function byKey(db: Db, key: number): Promise<(ListedQuestion & { lesson: string | null }) | undefined> {
  return db.sql
    .selectFrom("question")
    .select(["id", "article", "text", "weight", "origin", "lesson", "created_at"])
    .where("id", "=", key)
    .executeTakeFirst();
}

/** All that one lesson taught: of each article one question. */
export async function ofLesson(db: Db, lesson: string): Promise<(QuestionRow & { id: number })[]> {
  return db.plain.all("select id, article, text, weight from question where lesson = ? order by id", lesson);
}

export async function change(db: Db, key: number, to: Partial<QuestionRow>): Promise<void> {
  await db.sql.updateTable("question").set(to).where("id", "=", key).execute();
}

export async function remove(db: Db, key: number): Promise<void> {
  await db.sql.deleteFrom("question").where("id", "=", key).execute();
}
