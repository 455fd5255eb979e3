import type { Db } from "./port.ts";

/*
 * Full text of messages and notes. Chinese, Japanese and Korean are cut into single characters and searched as a phrase,
 * so that any stretch of a sentence is found; other words are found by their beginning.
 */

const CHARACTERS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
const WORDS = /[\p{L}\p{N}\p{M}]+/gu;
const SEARCHABLE = new Set(["posted", "noted", "edited", "redacted"]);
/** A row's key names the event: conversation, seq and stream. */
const ROWS_PER_CONVERSATION = 2 ** 20;

/** Conversations with messages or notes that the index does not know yet, by key. */
export async function behind(db: Db): Promise<number[]> {
  const rows = await db.plain.all<{ id: number }>(
    "select id from conversation where talk_head > text_talk or desk_head > text_desk",
  );
  return rows.map(({ id }) => id);
}

/** Brings the index further in a conversation's log, by at most so many events; returns how many. */
export async function indexConversation(db: Db, conversation: number, atMost: number): Promise<number> {
  const marks = await db.plain.get<{ text_talk: number; text_desk: number }>(
    "select text_talk, text_desk from conversation where id = ?",
    conversation,
  );
  if (!marks) return 0;
  let done = 0;
  for (const [stream, column] of (["text_talk", "text_desk"] as const).entries()) {
    const rows = await db.plain.all<Row>(
      "select seq, type, body from event where conversation = ? and stream = ? and seq > ? order by seq limit ?",
      conversation,
      stream,
      marks[column],
      atMost - done,
    );
    const last = rows.at(-1)?.seq;
    if (last === undefined) continue;
    for (const row of rows) await indexEvent(db, conversation, stream, row);
    // Shows in no conversation, so whatever is kept of them stays.
    await db.plain.runKept(`update conversation set ${column} = ? where id = ?`, last, conversation);
    done += rows.length;
  }
  return done;
}

/** Takes all of a conversation out of the index; its log has no words any more that could come back. */
export async function forgetConversation(db: Db, conversation: number): Promise<void> {
  const [from, to] = [conversation, conversation + 1].map((key) => rowOf(key, 0, 0));
  await db.plain.run("delete from message_text where rowid >= ? and rowid < ?", from ?? 0, to ?? 0);
  await db.plain.run("update conversation set text_talk = talk_head, text_desk = desk_head where id = ?", conversation);
}

interface Row {
  seq: number;
  type: string;
  body: string;
}

async function indexEvent(db: Db, conversation: number, stream: number, { seq, type, body }: Row): Promise<void> {
  if (!SEARCHABLE.has(type)) return;
  const { text = "", target = seq } = JSON.parse(body) as { text?: string; target?: number };
  const row = rowOf(conversation, stream, target);
  if (target !== seq) await db.plain.run("delete from message_text where rowid = ?", row);
  const words = cut(text).join(" ");
  if (words) await db.plain.run("insert into message_text (rowid, words) values (?, ?)", row, words);
}

/** A full-text query for what a person typed, or nothing where it holds no word. Every word must be found. */
export function matchOf(query: string): string | undefined {
  const words = cut(query);
  if (words.length === 0) return undefined;
  const runs: string[] = [];
  let run: string[] = [];
  const flush = () => {
    if (run.length > 0) runs.push(`"${run.join(" ")}"`);
    run = [];
  };
  for (const word of words) {
    if (word.match(CHARACTERS)) {
      run.push(word);
      continue;
    }
    flush();
    runs.push(`"${word}" *`);
  }
  flush();
  return runs.join(" ");
}

/** A condition on `c.id`, with one place for {@link matchOf}'s query. */
export const FOUND = `c.id in (select rowid / ${ROWS_PER_CONVERSATION} from message_text where words match ?)`;

function cut(text: string): string[] {
  return text.normalize("NFKC").replace(CHARACTERS, " $& ").match(WORDS) ?? [];
}

function rowOf(conversation: number, stream: number, seq: number): number {
  return conversation * ROWS_PER_CONVERSATION + seq * 2 + stream;
}
