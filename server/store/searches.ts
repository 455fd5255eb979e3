import type { Selectable } from "kysely";
import type { Db } from "./port.ts";
import type { Schema } from "./schema.ts";

export type UnansweredRow = Selectable<Schema["unanswered"]>;

/** A question as it was asked, without who asked. */
export interface Asked {
  site: number;
  day: number;
  locale: string;
  text: string;
}

/** One more person searched for this on this day and found nothing. */
export async function countSearch(db: Db, { site, day, locale, text }: Asked): Promise<void> {
  const same = await searchOf(db, { site, day, locale, text });
  if (same) await setPeople(db, same.id, same.people + 1);
  else await db.sql.insertInto("unanswered").values({ site, day, locale, text, people: 1, dismissed: 0 }).execute();
}

/** A person asked this in a conversation; whoever had searched for it in the same words before is the same person. */
export async function putMessage(db: Db, asked: Asked, conversation: number): Promise<void> {
  const searched = await searchOf(db, asked);
  if (searched) await setPeople(db, searched.id, searched.people - 1);
  await db.sql
    .insertInto("unanswered")
    .values({ ...asked, people: 1, conversation, dismissed: 0 })
    .execute();
}

/** What was asked from a day on, the newest first. */
export function since(db: Db, site: number, day: number, limit: number): Promise<UnansweredRow[]> {
  return db.sql
    .selectFrom("unanswered")
    .selectAll()
    .where("site", "=", site)
    .where("day", ">=", day)
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
}

export function byKeys(db: Db, site: number, keys: readonly number[]): Promise<UnansweredRow[]> {
  return db.sql
    .selectFrom("unanswered")
    .selectAll()
    .where("site", "=", site)
    .where("id", "in", keys.length > 0 ? keys : [-1])
    .orderBy("id")
    .execute();
}

export async function dismiss(db: Db, keys: readonly number[], dismissed: 0 | 1): Promise<void> {
  await db.sql.updateTable("unanswered").set({ dismissed }).where("id", "in", keys).execute();
}

export async function remove(db: Db, keys: readonly number[]): Promise<void> {
  await db.sql.deleteFrom("unanswered").where("id", "in", keys).execute();
}

/** Drafts of a site that say they answer one of these questions, by the question. */
export async function draftsOf(db: Db, site: number, texts: readonly string[]): Promise<Map<string, Uint8Array>> {
  if (texts.length === 0) return new Map();
  const rows = await db.sql
    .selectFrom("question")
    .innerJoin("article", "article.id", "question.article")
    .select(["question.text", "article.uid"])
    .where("article.site", "=", site)
    .where("article.state", "=", "draft")
    .where("question.text", "in", texts)
    .execute();
  return new Map(rows.map(({ text, uid }) => [text, uid]));
}

/** Nothing is kept for longer than it is used. */
export async function forgetBefore(db: Db, day: number): Promise<void> {
  await db.sql.deleteFrom("unanswered").where("day", "<", day).execute();
}

function searchOf(db: Db, { site, day, locale, text }: Asked) {
  return db.sql
    .selectFrom("unanswered")
    .select(["id", "people"])
    .where("site", "=", site)
    .where("day", "=", day)
    .where("locale", "=", locale)
    .where("text", "=", text)
    .where("conversation", "is", null)
    .executeTakeFirst();
}

async function setPeople(db: Db, key: number, people: number): Promise<void> {
  if (people > 0) await db.sql.updateTable("unanswered").set({ people }).where("id", "=", key).execute();
  else await remove(db, [key]);
}
