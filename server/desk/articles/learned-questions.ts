import { refuse } from "../../../protocol/faults.ts";
import { toTime } from "../../clock.ts";
import * as versions from "../../store/article-versions.ts";
import * as articles from "../../store/articles.ts";
import { toBytes } from "../../store/ids.ts";
import type { Db, Store } from "../../store/port.ts";
import * as questions from "../../store/questions.ts";
import type { AgentActor } from "../actors.ts";
import { isId } from "../sites/sites.ts";

/** A question that an article is known to answer, as its owners see it. */
export interface LearnedQuestion {
  id: string;
  text: string;
  /** 1 confirmed, 0.5 nothing was said, negative when it did not help. */
  weight: number;
  origin: string;
  createdAt: string;
}

/** What articles have learned, for those who answer for it. What is not theirs is `not-found`. */
export interface LearnedQuestions {
  list(by: AgentActor, article: string): Promise<LearnedQuestion[]>;
  /** Mends its words, or moves it to another article of the same site; what that one learned at the same time stays. */
  change(by: AgentActor, id: string, to: { text?: string | undefined; article?: string | undefined }): Promise<void>;
  remove(by: AgentActor, id: string): Promise<void>;
}

export function createLearnedQuestions({ store }: { store: Store }): LearnedQuestions {
  return {
    list: (by, id) =>
      store.read(async (db) => {
        const article = await articleOf(db, by, id);
        return (await questions.list(db, article.id)).map(({ id: key, text, weight, origin, created_at }) => ({
          id: String(key),
          text,
          weight,
          origin,
          createdAt: toTime(created_at),
        }));
      }),
    change: (by, id, { text, article }) =>
      store.write(async (db) => {
        const [question, from] = await questionOf(db, by, id);
        const to = article === undefined ? from : await articleOf(db, by, article);
        if (to.site !== from.site) refuse("not-found", "No such article", { field: "article" });
        const there = to.id === from.id ? undefined : await sameLesson(db, question.lesson, to.id);
        if (there) {
          await questions.remove(db, question.id);
          const weight = Math.max(question.weight, there.weight);
          await questions.change(db, there.id, { text: text ?? there.text, weight });
        } else {
          await questions.change(db, question.id, { text: text ?? question.text, article: to.id });
        }
        for (const key of new Set([from.id, to.id])) await versions.touch(db, key);
      }),
    remove: (by, id) =>
      store.write(async (db) => {
        const [question, article] = await questionOf(db, by, id);
        await questions.remove(db, question.id);
        await versions.touch(db, article.id);
      }),
  };
}

async function articleOf(db: Db, by: AgentActor, id: string) {
  const row = isId(id) ? await articles.byUid(db, toBytes(id)) : undefined;
  return row && by.sites.has(row.site) ? row : refuse("not-found", "No such article");
}

/** What an article has of a lesson already: it teaches each article once. */
async function sameLesson(db: Db, lesson: string | null, article: number) {
  if (lesson === null) return undefined;
  return (await questions.ofLesson(db, lesson)).find((question) => question.article === article);
}

async function questionOf(db: Db, by: AgentActor, id: string) {
  const question = /^\d{1,15}$/.test(id) ? await questions.byKey(db, Number(id)) : undefined;
  const article = question && (await articles.byKey(db, question.article));
  if (!question || !article || !by.sites.has(article.site)) return refuse("not-found", "No such question");
  return [question, article] as const;
}
