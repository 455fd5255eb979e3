import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PeerArticle } from "./peers/peer.ts";

export interface Question {
  text: string;
  gold: string;
}

/** One set of articles and questions, as in the data's README: past ones, new ones, and ones that no article answers. */
export interface QuestionSet {
  articles: Omit<PeerArticle, "questions">[];
  train: Question[];
  dev: Question[];
  unanswerable: Question[];
}

export function readSet(folder: string, name: string): QuestionSet {
  const articles = read<{ id: string; title: string; body: string | null; lang: string }>(
    join(folder, name, "kb.jsonl"),
  );
  const questions = read<{ text: string; gold: string[]; split: string }>(join(folder, name, "queries.jsonl"));
  const of = (wanted: string) =>
    questions
      .filter(({ split, text }) => split === wanted && text.trim() !== "")
      .map(({ text, gold }) => ({ text, gold: gold[0] ?? "" }));
  return {
    articles: articles.map(({ id, title, body, lang }) => ({ id, title, body: body ?? "", locale: lang })),
    train: of("train"),
    dev: of("dev"),
    unanswerable: of("oos_dev"),
  };
}

/** The articles, each with its first `known` past questions. */
export function withKnown({ articles, train }: QuestionSet, known: number): PeerArticle[] {
  const byArticle = Map.groupBy(train, ({ gold }) => gold);
  return articles.map((article) => ({
    ...article,
    questions: (byArticle.get(article.id) ?? []).slice(0, known).map(({ text }) => text),
  }));
}

function read<T>(file: string): T[] {
  const lines = readFileSync(file, "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as T);
}
