import { Document } from "flexsearch";
import type { Peer } from "./peer.ts";

const LIMIT = 3;

export const flexsearch: Peer = {
  name: "FlexSearch",
  index(articles) {
    const search = new Document({ document: { id: "id", index: ["title", "questions", "body"] }, tokenize: "forward" });
    for (const { id, title, body, questions } of articles) {
      search.add({ id, title, body, questions: questions.join("\n") });
    }
    return {
      rank(q) {
        const fields = search.search(q, { limit: LIMIT, suggest: true }) as { result: (string | number)[] }[];
        return [...new Set(fields.flatMap(({ result }) => result.map(String)))].slice(0, LIMIT);
      },
      close: () => undefined,
    };
  },
};
