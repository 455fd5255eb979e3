import MiniSearch from "minisearch";
import type { Peer } from "./peer.ts";

export const minisearch: Peer = {
  name: "MiniSearch",
  index(articles) {
    const search = new MiniSearch({ fields: ["title", "questions", "body"], searchOptions: { boost: { title: 3 } } });
    search.addAll(articles.map((article) => ({ ...article, questions: article.questions.join("\n") })));
    return {
      rank: (q) =>
        search
          .search(q)
          .slice(0, 3)
          .map(({ id }) => String(id)),
      close: () => search.removeAll(),
    };
  },
};
