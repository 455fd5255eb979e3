/** One article as the index needs it: what the database holds, without the SQL. */
export interface SuggestArticle {
  id: string;
  /** Translations of one article share a group; at most one member of a group is ever ranked. */
  group: string;
  title: string;
  /** Plain text. */
  body: string;
  /** BCP 47 tag, such as `en` or `zh-Hant-TW`. */
  locale: string;
  audience: "public" | "internal";
  /** URL patterns of pages that the article belongs to; `*` stands for any stretch. */
  pages?: readonly string[];
  /** Of several for one page the lower comes first, whenever each was put in. */
  order?: number;
  /** Questions that the article is known to answer. Weight: 1 confirmed, 0.5 unanswered, negative when it did not help. */
  questions: readonly { text: string; weight: number }[];
}

export interface Ranked {
  id: string;
  /** 0…1, the calibrated chance that the article answers. */
  score: number;
}

export interface SuggestIndex {
  /** Adds an article, or replaces the one with its id. */
  put(article: SuggestArticle): void;
  /** Forgets an article and all it learned; unknown ids are ignored. */
  remove(id: string): void;
  readonly size: number;
  /** Adds what one more question says about an article; the weights of equal questions add up. */
  learn(id: string, question: string, weight: number): void;
  /** A question's embedding for `rank`: soon or not at all, and nothing where there are no embeddings. Never rejects. */
  meaning(q: string): Promise<Float32Array | undefined>;
  /** The articles that may answer. `min` is the confidence below which nothing is shown; without it, the site's threshold. */
  rank(ask: {
    q: string;
    locale?: string;
    limit?: number;
    min?: number;
    audience?: "public" | "all";
    meaning?: Float32Array | undefined;
  }): {
    confidence: number;
    abstained: boolean;
    ranked: Ranked[];
  };
  /** Public articles for the page a visitor is on: those that name it, then those akin to its title. */
  forPage(ask: { url: string; locale?: string; limit?: number; title?: string }): Ranked[];
  /** Which stretches `[start, end)` of a text match the question's words, for highlighting. */
  marks(q: string, text: string): [start: number, end: number][];
  /** Ends the worker, if any. The index must not be used afterwards. */
  close(): void;
}

export type { Embeddings } from "./embeddings.ts";
export { createHttpEmbeddings } from "./embeddings.ts";
export { createSuggestIndex } from "./site-index.ts";
