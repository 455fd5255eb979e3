import { Charset, Index } from "flexsearch";
import type { Peer } from "./peer.ts";

const LIMIT = 3;

/** One field did better than several, whose results it gives apart. */
export const flexsearch: Peer = {
  name: "FlexSearch",
  index(articles) {
    const chinese = articles.some(({ locale }) => locale.startsWith("zh"));
    const search = new Index(chinese ? { encoder: Charset.CJK } : { tokenize: "forward" });
    for (const [i, { title, body, questions }] of articles.entries()) {
      search.add(i, [title, ...questions, body].join("\n"));
    }
    return {
      rank: (q) => search.search(q, { limit: LIMIT, suggest: true }).map((i) => articles[Number(i)]?.id ?? ""),
      close: () => search.clear(),
    };
  },
};
