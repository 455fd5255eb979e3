import type { ArticleId, Event } from "../../../protocol/index.ts";
import * as versions from "../../store/article-versions.ts";
import * as articles from "../../store/articles.ts";
import { toBytes } from "../../store/ids.ts";
import type { Db } from "../../store/port.ts";
import * as questions from "../../store/questions.ts";
import type { ConversationRecord } from "../conversations/conversation-record.ts";
import { withoutPersonal } from "../privacy.ts";
import { answersOf } from "./answers.ts";

/*
 * Whenever an agent answers with an article, or a reader says that one solved it, the question is remembered as one that
 * the article answers: so the second person who asks needs no agent. One slip must not teach: it counts half until the
 * visitor says what came of it, and nothing once it is taken back.
 */

const SENT = 0.5;
const SOLVED = 1;
const NOT_SOLVED = -0.5;
/** Raw questions kept of an article, the most telling ones. */
const KEPT = 50;
/** What nobody has confirmed anew for so long tells half as much. */
const HALVES_MS = 90 * 86_400_000;
const QUESTION_LENGTH = 300;

/** Whether an event says something about what an article answers. */
export function teaches(event: Event): boolean {
  return (
    event.type === "rated" || (event.type === "posted" && event.article !== undefined && event.by.kind === "agent")
  );
}

/** Learns from what was just stored, in the same transaction. */
export async function learnFrom(db: Db, record: ConversationRecord, event: Event, now: number): Promise<void> {
  if (event.type === "posted" && event.article) {
    const article = await articles.byUid(db, toBytes(event.article.id));
    const { episode, answers } = await answersOf(db, record, ({ seq }) => seq < event.seq);
    const text = answers.find(({ seq }) => seq === event.seq)?.question?.text;
    if (!article || text === undefined) return;
    const lesson = lessonOf(record, episode);
    await questions.learn(db, { article: article.id, text, weight: SENT, origin: "conversation", lesson, at: now });
    await settled(db, article.id, now);
  }
  if (event.type === "rated") await weigh(db, record, event.episode, event.solved);
}

/** An agent took back the message that carried an article: what it taught goes with it, unless another carries it too. */
export async function unlearn(db: Db, record: ConversationRecord, message: number, id: ArticleId): Promise<void> {
  const { episode, answers } = await answersOf(db, record, ({ seq }) => seq < message);
  if (answers.some(({ article }) => article === id)) return;
  const article = await articles.byUid(db, toBytes(id));
  const learned = await questions.ofLesson(db, lessonOf(record, episode));
  const question = learned.find((one) => one.article === article?.id);
  if (!question) return;
  await questions.remove(db, question.id);
  await versions.touch(db, question.article);
}

/**
 * What the visitor said came of an episode. Where nothing solved it, none of its articles did. Where it is solved, of
 * each question the newest article did: what was sent before was not enough, or a slip, and nobody spoke of it.
 */
async function weigh(db: Db, record: ConversationRecord, episode: number, solved: boolean): Promise<void> {
  const { answers } = await answersOf(db, record, (began) => began.episode <= episode);
  const newest = new Map(answers.map(({ question, article }) => [question, article]));
  const solving = new Set<number | undefined>();
  for (const id of newest.values()) solving.add((await articles.byUid(db, toBytes(id)))?.id);
  for (const { id, article, weight } of await questions.ofLesson(db, lessonOf(record, episode))) {
    const confirmed = solving.has(article) ? SOLVED : Math.max(weight, SENT);
    await questions.change(db, id, { weight: solved ? confirmed : NOT_SOLVED });
    await versions.touch(db, article);
  }
}

/**
 * To be called when an article has learned. What is beyond the most telling questions goes, and the index, told that the
 * article changed, forgets the same: after a restart it knows what it knew. The newest stays, for its visitor may yet confirm it.
 */
export async function settled(db: Db, article: number, now: number): Promise<void> {
  const [, ...older] = await questions.learnedBy(db, article);
  const byWorth = older.sort((one, other) => telling(other, now) - telling(one, now) || other.id - one.id);
  for (const { id } of byWorth.slice(KEPT - 1)) await questions.remove(db, id);
  await versions.touch(db, article);
}

/** A reader typed a question, read an article, and said whether it answered. */
export async function learnFromVerdict(
  db: Db,
  article: number,
  verdict: { q: string; solved: boolean; session: string },
  now: number,
): Promise<void> {
  const text = withoutPersonal(verdict.q).slice(0, QUESTION_LENGTH);
  if (text === "") return;
  const weight = verdict.solved ? SOLVED : NOT_SOLVED;
  const lesson = `reader ${verdict.session}`;
  await questions.learn(db, { article, text, weight, origin: "verdict", lesson, at: now });
  await settled(db, article, now);
}

/** How much a question tells: a refusal as much as a silent answer. */
function telling({ weight, created_at }: { weight: number; created_at: number }, now: number): number {
  return Math.abs(weight) * 2 ** ((created_at - now) / HALVES_MS);
}

function lessonOf({ key }: ConversationRecord, episode: number): string {
  return `conversation ${key} episode ${episode}`;
}
