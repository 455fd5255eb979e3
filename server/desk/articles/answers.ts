import type { ArticleCard, ArticleId } from "../../../protocol/index.ts";
import { lettersOf } from "../../../ui/letters.ts";
import * as events from "../../store/events.ts";
import type { Db } from "../../store/port.ts";
import type { ConversationRecord } from "../conversations/conversation-record.ts";
import { withoutPersonal } from "../privacy.ts";

/* Which articles agents sent for which question, told from the log as it reads now. */

const QUESTION_LENGTH = 300;
/** A question of fewer letters is a greeting: what came after it counts too. */
const GREETING_LENGTH = 12;
/** After an answer people thank for it, or say that it does not help: so do fewer letters, unless they ask. */
const THANKS_LENGTH = 25;
const ASKING = /[?？؟]/u;

/** An article that an agent sent, and did not take back. */
export interface Answer {
  seq: number;
  episode: number;
  article: ArticleId;
  /** The same object in all that answer the same; none where nobody can tell what was asked. */
  question: Question | undefined;
}

/** What a visitor asked, without what would tell who they are. */
export interface Question {
  text: string;
}

/** How an episode began. */
interface Beginning {
  seq: number;
  episode: number;
  why?: string;
}

interface Said {
  text?: string;
  article?: ArticleCard;
  episode?: number;
}

const FIRST: Beginning = { seq: 0, episode: 1 };

/** The last episode that began so, and its answers in their order. */
export async function answersOf(
  db: Db,
  record: ConversationRecord,
  began: (how: Beginning) => boolean,
): Promise<{ episode: number; answers: Answer[] }> {
  const reopened = await events.ofType(db, record.key, events.STREAMS.talk, "reopened");
  const beginnings = [
    FIRST,
    ...reopened.map(({ seq, body }): Beginning => ({ seq, ...(JSON.parse(body) as Omit<Beginning, "seq">) })),
  ];
  const place = beginnings.findLastIndex(began);
  const { episode } = beginnings[place] ?? FIRST;
  // After “not yet” the question is the one before.
  const from = beginnings.slice(0, place + 1).findLast(({ why }) => why !== "not-solved") ?? FIRST;
  const until = beginnings[place + 1]?.seq ?? record.view.head.talk + 1;
  const rows = await events.listAfter(db, record.key, events.STREAMS.talk, from.seq, until - from.seq - 1);
  const answers = answersFrom(rows, from.episode, [record.view.visitor.name]);
  return { episode, answers: answers.filter((answer) => answer.episode === episode) };
}

/**
 * The first article answers what was asked until then; a later one what was asked since the one before, and where nothing
 * was said since, the same once more. Of thanks between two articles nobody can tell which. What is said after “not yet”
 * is that it does not work: the question stays. An article sent again is its first answer again.
 */
function answersFrom(
  rows: readonly events.EventRow[],
  first: number,
  names: readonly (string | undefined)[],
): Answer[] {
  const answers: Answer[] = [];
  let episode = first;
  let said: string[] = [];
  let question: Question | undefined;
  let refused = false;
  for (const { kind, type, seq, body } of rows) {
    const event = JSON.parse(body) as Said;
    if (type === "reopened") {
      episode = event.episode ?? episode;
      refused = answers.length > 0;
    }
    if (type !== "posted") continue;
    const heard = kind === events.KINDS.visitor ? withoutPersonal(event.text ?? "", names) : "";
    if (heard !== "") said.push(heard);
    if (kind !== events.KINDS.agent || !event.article) continue;
    const article = event.article.id;
    const before = answers.find((answer) => answer.episode === episode && answer.article === article);
    if (before?.question) question = before.question;
    else if (answers.length === 0) question = questionOf(firstOf(said));
    else if (said.length > 0 && !refused) question = questionOf(said.find(asksAnew));
    answers.push({ seq, episode, article, question });
    said = [];
    refused = false;
  }
  return answers;
}

/** The first message, or all of them where that only greets. */
function firstOf(said: readonly string[]): string | undefined {
  const [first] = said;
  return first !== undefined && lettersOf(first) < GREETING_LENGTH ? said.join(" ") : first;
}

function asksAnew(text: string): boolean {
  return lettersOf(text) >= (ASKING.test(text) ? GREETING_LENGTH : THANKS_LENGTH);
}

function questionOf(text: string | undefined): Question | undefined {
  return text === undefined ? undefined : { text: text.slice(0, QUESTION_LENGTH) };
}
