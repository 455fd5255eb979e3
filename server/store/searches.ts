import type { Selectable } from "kysely";
import type { Db } from "./port.ts";
import type { Schema } from "./schema.ts";

export type UnansweredRow = Selectable<Schema["unanswered"]>;

/** With who asked it in a conversation; a search is nobody's. */
export type OpenRow = UnansweredRow & { visitor: number | null };

/** A question as it was asked, without who asked. */
export interface Asked {
  site: number;
  day: number;
  locale: string;
  text: string;
}

export type Dismissed = Pick<UnansweredRow, "locale" | "text" | "people">;
type Counted = Pick<UnansweredRow, "id" | "people" | "dismissed">;

/**
 * One more person searched for this on this day and found nothing; or the same person, who was taken to have searched
 * for its beginning (`from`). What nobody but they searched for goes on as the same row, if it was not put away.
 */
export async function countSearch(db: Db, to: Asked | undefined, from?: Asked): Promise<void> {
  if (to && from && to.text === from.text && to.locale === from.locale) return;
  const was = from && (await searchOf(db, from));
  const same = to && (await searchOf(db, to));
  if (was?.people === 1 && !was.dismissed && to && !same) {
    await db.sql.updateTable("unanswered").set(to).where("id", "=", was.id).execute();
    return;
  }
  if (was) await uncount(db, was);
  if (same)
    await db.sql
      .updateTable("unanswered")
      .set({ people: same.people + 1 })
      .where("id", "=", same.id)
      .execute();
  else if (to) await insert(db, { ...to, conversation: null });
}

/**
 * A person asked this in a conversation; whoever had searched for it in the same words before, or for the words with
 * which it begins, is the same person: what is sent was typed, and whoever rests while typing has searched.
 */
export async function putMessage(db: Db, asked: Asked, conversation: number): Promise<void> {
  const searched = await beginningOf(db, asked);
  if (searched) await uncount(db, searched);
  await insert(db, { ...asked, conversation });
}

/** What was asked from a day on and not put away, the newest first. */
export function openSince(db: Db, site: number, day: number, limit: number): Promise<OpenRow[]> {
  return db.sql
    .selectFrom("unanswered")
    .leftJoin("conversation", "conversation.id", "unanswered.conversation")
    .selectAll("unanswered")
    .select("conversation.visitor")
    .where("unanswered.site", "=", site)
    .where("unanswered.day", ">=", day)
    .where("unanswered.dismissed", "=", 0)
    .orderBy("unanswered.id", "desc")
    .limit(limit)
    .execute();
}

/** Words in which something was asked that was put away, each once: first what most people asked, for that comes back. */
export async function dismissedSince(db: Db, site: number, day: number, limit: number): Promise<Dismissed[]> {
  return db.plain.all<Dismissed>(
    `select locale, text, sum(people) as people from unanswered
     where site = ? and day >= ? and dismissed = 1 group by locale, text order by 3 desc, max(id) desc limit ?`,
    site,
    day,
    limit,
  );
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
    .select(["id", "people", "dismissed"])
    .where("site", "=", site)
    .where("day", "=", day)
    .where("locale", "=", locale)
    .where("text", "=", text)
    .where("conversation", "is", null)
    .executeTakeFirst();
}

/** The search of that day with which a text begins; of several, the one that goes furthest. */
function beginningOf(db: Db, { site, day, locale, text }: Asked) {
  return db.plain.get<Counted>(
    `select id, people, dismissed from unanswered
     where site = ? and day = ? and locale = ? and conversation is null and substr(?, 1, length(text)) = text
     order by length(text) desc limit 1`,
    site,
    day,
    locale,
    text,
  );
}

async function insert(db: Db, asked: Asked & { conversation: number | null }): Promise<void> {
  await db.sql
    .insertInto("unanswered")
    .values({ ...asked, people: 1, dismissed: 0 })
    .execute();
}

/** One person less. What was put away stays so, whoever asks it next. */
async function uncount(db: Db, { id, people, dismissed }: Counted): Promise<void> {
  if (people > 1)
    await db.sql
      .updateTable("unanswered")
      .set({ people: people - 1 })
      .where("id", "=", id)
      .execute();
  else if (!dismissed) await remove(db, [id]);
}
