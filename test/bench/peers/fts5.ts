import Database from "better-sqlite3";
import type { Peer } from "./peer.ts";

/** SQLite's full text: stemmed words by BM25, and single characters where the articles are Chinese. */
export const fts5: Peer = {
  name: "SQLite FTS5",
  index(articles) {
    const chinese = articles.some(({ locale }) => locale.startsWith("zh"));
    const database = new Database(":memory:");
    const tokenizer = chinese ? "unicode61" : "porter unicode61";
    database.exec(
      `CREATE VIRTUAL TABLE article USING fts5(id UNINDEXED, title, questions, body, tokenize = '${tokenizer}')`,
    );
    const add = database.prepare("INSERT INTO article VALUES (?, ?, ?, ?)");
    for (const { id, title, body, questions } of articles) {
      add.run(id, apart(title), questions.map(apart).join("\n"), apart(body));
    }
    const find = database.prepare(
      "SELECT id FROM article WHERE article MATCH ? ORDER BY bm25(article, 0, 3, 1, 1) LIMIT 3",
    );
    return {
      rank(q) {
        const words = [...new Set(apart(q).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])];
        if (words.length === 0) return [];
        const rows = find.all(words.map((word) => `"${word}"`).join(" OR ")) as { id: string }[];
        return rows.map(({ id }) => id);
      },
      close: () => database.close(),
    };
  },
};

/** Chinese has no spaces, so SQLite would take a sentence for one word: every character becomes one. */
function apart(text: string): string {
  return text.replace(/\p{sc=Han}/gu, " $& ");
}
