import type { Db } from "./port.ts";

/*
 * Full text of messages and notes. Chinese, Japanese and Korean are cut into single characters and searched as a phrase,
 * so that any stretch of a sentence is found; other words are found by their beginning.
 */

const CHARACTERS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
const WORDS = /[\p{L}\p{N}\p{M}]+/gu;
/** A row's key names the event: conversation, seq and stream. */
const ROWS_PER_CONVERSATION = 2 ** 20;

export async function indexText(db: Db, conversation: number, stream: number, seq: number, text: string) {
  const words = cut(text).join(" ");
  if (words)
    await db.plain.run(
      "insert into message_text (rowid, words) values (?, ?)",
      rowOf(conversation, stream, seq),
      words,
    );
}

export async function forgetText(db: Db, conversation: number, stream: number, seq: number) {
  await db.plain.run("delete from message_text where rowid = ?", rowOf(conversation, stream, seq));
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
