import type { Clock } from "../clock.ts";
import type { Store } from "../store/port.ts";
import { type Accounts, createAccounts } from "./accounts.ts";
import { type AgentCommandPorts, type AgentCommands, createAgentCommands } from "./agent-commands.ts";
import { type Articles, createArticles } from "./articles.ts";
import { createLearnedQuestions, type LearnedQuestions } from "./learned-questions.ts";
import type { Publish } from "./publish.ts";
import { createSuggestions, type Suggestions } from "./suggestions.ts";
import { createVisitorCommands, type VisitorCommands } from "./visitor-commands.ts";

/** All the rules of the house, by noun. Knows neither HTTP nor sockets. */
export interface Desk extends Accounts {
  readonly store: Store;
  readonly clock: Clock;
  readonly asVisitor: VisitorCommands;
  readonly asAgent: AgentCommands;
  readonly articles: Articles;
  readonly suggestions: Suggestions;
  readonly learned: LearnedQuestions;
}

export interface DeskParts {
  store: Store;
  clock: Clock;
  publish: Publish;
  /** Where this server itself is reached, once that is known. */
  home: () => string | undefined;
}

export function createDesk({ store, clock, publish, home }: DeskParts): Desk {
  const accounts = createAccounts({ store, clock, home });
  const { sites } = accounts;
  const articles = createArticles({ store, clock, sites, home });
  const ports: AgentCommandPorts = {
    store,
    clock,
    publish,
    member: (_db, site, id) => accounts.agents.memberOf(site, id),
    articleCard: async (db, key, id) => {
      const site = await sites.byKey(key);
      return site && articles.card(db, site, id);
    },
    siteKey: async (agent, id) => (await sites.forAgent(agent, id)).key,
  };
  return {
    ...accounts,
    store,
    clock,
    asVisitor: createVisitorCommands({ store, clock, publish, contact: accounts.visitors.contact }),
    asAgent: createAgentCommands(ports),
    articles,
    learned: createLearnedQuestions({ store }),
    suggestions: createSuggestions({ store, clock, sites, addressOf: articles.addressOf }),
  };
}
