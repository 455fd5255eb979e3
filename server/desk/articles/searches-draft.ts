import { lettersOf } from "../../../ui/letters.ts";
import * as conversations from "../../store/conversations.ts";
import * as events from "../../store/events.ts";
import type { Db } from "../../store/port.ts";
import { nearness } from "../../suggest/locales.ts";
import { withoutPersonal } from "../privacy.ts";
import type { Site } from "../sites/sites.ts";

/** Of a conversation, so many events are read. */
const EVENTS_READ = 500;
const TITLE_LENGTH = 90;
const QUESTION_LENGTH = 300;
/** A sentence of fewer letters greets, unless it asks. */
const SENTENCE_LENGTH = 14;
/** A reply of fewer letters greets or thanks. */
const REPLY_LENGTH = 25;

/** What an article begins with: never more than what agents said. */
export interface Draft {
  title: string;
  /** Markdown. */
  body: string;
  questions: string[];
  /** The language of the conversations, where one says it. */
  locale?: string;
}

interface Said {
  kind: number;
  type: string;
  seq: number;
  text: string;
}

/**
 * What visitors asked and agents answered in some conversations, without what would tell who asked. Without questions, of
 * their present episodes alone: what was asked before has had its answer.
 */
export async function draftFrom(db: Db, keys: readonly number[], questions: readonly string[]): Promise<Draft> {
  const asked: string[] = [...questions];
  const replies: string[] = [];
  let locale: string | undefined;
  for (const key of keys) {
    const row = await conversations.byKey(db, key);
    if (!row) continue;
    locale ??= row.locale ?? undefined;
    const names = [row.visitor_name ?? undefined];
    const reopened = questions.length === 0 && (await events.lastOfType(db, key, events.STREAMS.talk, "reopened"));
    const said = await wordsOf(db, key, reopened ? reopened.seq : 0);
    if (questions.length === 0) {
      const first = said.find(({ kind, text }) => kind === events.KINDS.visitor && lettersOf(text) >= REPLY_LENGTH / 2);
      // As an author may write a question: on one line, and no longer than it is worth learning.
      if (first)
        asked.push(withoutPersonal(first.text, names).replace(/\s+/g, " ").slice(0, QUESTION_LENGTH).toWellFormed());
    }
    for (const { kind, text } of said) {
      if (kind !== events.KINDS.agent || lettersOf(text) < REPLY_LENGTH) continue;
      const reply = keepLines(text, names);
      if (!replies.includes(reply)) replies.push(reply);
    }
  }
  return {
    title: titleFrom(asked[0] ?? ""),
    body: replies.join("\n\n"),
    questions: asked,
    ...(locale !== undefined && { locale }),
  };
}

/** The site's language that is nearest to how people asked; its first where none is near. */
export function localeFor({ settings }: Site, asked: string | undefined): string {
  const [first = "en", ...others] = settings.locales;
  if (asked === undefined) return first;
  return others.reduce((best, one) => (nearness(one, asked) > nearness(best, asked) ? one : best), first);
}

/** The sentence in which somebody asks, without the greeting before it; whole words of it, where it is long. */
export function titleFrom(text: string): string {
  const sentences = [...new Intl.Segmenter(undefined, { granularity: "sentence" }).segment(text)].map(({ segment }) =>
    segment.replace(/\s+/g, " ").trim(),
  );
  const title =
    sentences.find((one) => /[?？]$/.test(one)) ??
    sentences.find((one) => lettersOf(one) >= SENTENCE_LENGTH) ??
    text.replace(/\s+/g, " ").trim();
  if ([...title].length <= TITLE_LENGTH) return title;
  let short = "";
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: "word" }).segment(title)) {
    if ([...short].length + [...segment].length > TITLE_LENGTH) break;
    short += segment;
  }
  return `${(short || [...title].slice(0, TITLE_LENGTH).join("")).trim()}…`;
}

/** The messages of a conversation as they read now: edited where they were, without those taken out. */
async function wordsOf(db: Db, key: number, after: number): Promise<Said[]> {
  const rows = await events.listAfter(db, key, events.STREAMS.talk, after, EVENTS_READ);
  const said = new Map<number, Said>();
  for (const { kind, type, seq, body } of rows) {
    const { text = "", target = 0 } = JSON.parse(body) as { text?: string; target?: number };
    const before = said.get(target);
    if (type === "posted") said.set(seq, { kind, type, seq, text });
    if (type === "edited" && before) before.text = text;
    if (type === "redacted") said.delete(target);
  }
  return [...said.values()];
}

/** Stripped line by line: steps stay steps. */
function keepLines(text: string, names: readonly (string | undefined)[]): string {
  return text
    .split("\n")
    .map((line) => line.match(/^\s*/)?.[0] + withoutPersonal(line, names))
    .join("\n")
    .trim();
}
