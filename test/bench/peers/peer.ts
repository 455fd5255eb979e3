/** What every contestant is given: the same articles, with the questions they are known to answer. */
export interface PeerArticle {
  id: string;
  title: string;
  body: string;
  locale: string;
  questions: readonly string[];
}

/** A search library, used the way its own documentation shows. */
export interface Peer {
  name: string;
  /** Takes articles in and returns how to ask: ids, best first. */
  index(articles: readonly PeerArticle[]): { rank(q: string): string[]; close(): void };
}
