import type { Db, Param } from "./port.ts";
import { BY_AUTHOR } from "./questions.ts";

/* What questions there are of somebody's words, and how they go when that person is erased. */

/** How many values one query names. */
const AT_ONCE = 500;

/** Whom some questions came from: their conversations, and the very words, with when they first said them. */
export interface Source {
  site: number;
  visitor: number;
  conversations: readonly number[];
  texts: ReadonlyMap<string, number>;
}

/** What was noted of somebody's conversations as nobody had answered it, in the words in which it was kept. */
export async function notedOf(db: Db, conversation: number): Promise<{ text: string; day: number }[]> {
  return db.plain.all("select text, day from unanswered where conversation = ?", conversation);
}

/** Takes away what was learned and noted from somebody. Returns the articles that knew it. */
export async function forgetQuestions(db: Db, { site, visitor, conversations, texts }: Source): Promise<number[]> {
  const taught = new Set<number>();
  const remove = async (known: readonly Pick<Known, "id" | "article">[]) => {
    for (const { id, article } of known) {
      taught.add(article);
      await db.plain.run("delete from question where id = ?", id);
    }
  };
  const learned = (where: string, ...params: Param[]) =>
    db.plain.all<Known>(`${LEARNED} and ${where}`, site, ...params);
  for (const key of conversations) {
    await remove(await learned("q.lesson like ?", `conversation ${key} %`));
    await db.plain.run("delete from unanswered where conversation = ?", key);
  }
  await remove(
    await learned("q.lesson in (select 'reader ' || session from visitor_session where visitor = ?)", visitor),
  );
  // What a conversation taught now is another person's; of searches and readers nobody knows whose they are.
  const own = new Map(texts);
  for (const some of inParts([...texts.keys()])) {
    const places = some.map(() => "?").join(", ");
    const known = await db.plain.all<Known>(`${KNOWN} and q.text in (${places})`, site, ...some);
    const noted = await db.plain.all<{ text: string; shared: number }>(
      `select text, (conversation is not null or people > 1) as shared from unanswered where site = ? and text in (${places})`,
      site,
      ...some,
    );
    for (const { text } of known.filter(isOthers)) own.delete(text);
    for (const { text, shared } of noted) if (shared) own.delete(text);
    await remove(
      known.filter((one) => (one.origin === BY_AUTHOR ? isTakenFrom(own, one.text, one.since) : !isOthers(one))),
    );
    // A search that several people made in these very words tells of none of them.
    await db.plain.run(
      `delete from unanswered where site = ? and conversation is null and people < 2 and text in (${places})`,
      site,
      ...some,
    );
  }
  await forgetUnsaved(db, site, own);
  const theirs = "session in (select session from visitor_session where visitor = ?)";
  await db.plain.run(`update verdict set q = null where ${theirs}`, visitor);
  await db.plain.run(`update reading set q = null, session = null where ${theirs}`, visitor);
  return [...taught];
}

interface Known {
  id: number;
  article: number;
  text: string;
  origin: string;
  lesson: string | null;
  /** When the article was begun. */
  since: number;
}

const KNOWN = `select q.id, q.article, q.text, q.origin, q.lesson, a.created_at as since
  from question q join article a on a.id = q.article where a.site = ?`;
const LEARNED = `${KNOWN} and q.origin != '${BY_AUTHOR}'`;

function isOthers({ lesson }: Known): boolean {
  return lesson?.startsWith("conversation ") === true;
}

/**
 * Whether an author's question stands there by way of a draft that was made of somebody's words: word for word, in an
 * article begun after they were said. What its author changed, or had before, is the author's.
 */
function isTakenFrom(own: ReadonlyMap<string, number>, text: string, since: number): boolean {
  const said = own.get(text);
  return said !== undefined && since >= said;
}

/** The same in what agents wrote and have not saved. */
async function forgetUnsaved(db: Db, site: number, own: ReadonlyMap<string, number>): Promise<void> {
  const drafts = await db.plain.all<{ article: number; agent: number; text: string; since: number }>(
    `select d.article, d.agent, d.text, coalesce(a.created_at, d.at) as since
     from article_draft d left join article a on a.id = d.article where d.site = ?`,
    site,
  );
  for (const { article, agent, text, since } of drafts) {
    const draft = JSON.parse(text) as { questions: string };
    const lines = draft.questions.split("\n");
    const kept = lines.filter((line) => !isTakenFrom(own, line.replace(/\s+/g, " ").trim(), since));
    if (kept.length === lines.length) continue;
    const now = JSON.stringify({ ...draft, questions: kept.join("\n") });
    await db.plain.run(
      "update article_draft set text = ? where site = ? and article = ? and agent = ?",
      now,
      site,
      article,
      agent,
    );
  }
}

function inParts(texts: readonly string[]): string[][] {
  const parts: string[][] = [];
  for (let from = 0; from < texts.length; from += AT_ONCE) parts.push(texts.slice(from, from + AT_ONCE));
  return parts;
}
