import type { Clock } from "../clock.ts";
import type { Blobs } from "../files/blobs.ts";
import { KINDS } from "../store/events.ts";
import { eraseMail } from "../store/mail.ts";
import type { Store } from "../store/port.ts";
import type { Embeddings } from "../suggest/index.ts";
import { type ArticleDrafts, createArticleDrafts } from "./articles/article-drafts.ts";
import { type Articles, createArticles } from "./articles/articles.ts";
import { type Collections, createCollections } from "./articles/collections.ts";
import { createHeat, type Heat } from "./articles/heat.ts";
import { createHelpCentre, type HelpCentre } from "./articles/help-centre.ts";
import { createKnowledge, type Knowledge } from "./articles/knowledge.ts";
import { createLearnedQuestions, type LearnedQuestions } from "./articles/learned-questions.ts";
import { createPreviews, type Previews } from "./articles/previews.ts";
import { createReadings, type Readings } from "./articles/readings.ts";
import { createRevisions, type Revisions } from "./articles/revisions.ts";
import { createSearches, type Searches } from "./articles/searches.ts";
import { createSelfService, type SelfService } from "./articles/self-service.ts";
import { createSuggestions, type Suggestions } from "./articles/suggestions.ts";
import { createTranslations, type Translations } from "./articles/translations.ts";
import { type Attendance, createAttendance } from "./availability/attendance.ts";
import { type AgentCommandPorts, type AgentCommands, createAgentCommands } from "./conversations/agent-commands.ts";
import { createMessageSearch, type MessageSearch } from "./conversations/message-search.ts";
import { createVisitorCommands, type VisitorCommands } from "./conversations/visitor-commands.ts";
import { createFiles, type Files } from "./files/files.ts";
import { createPhotos, type Photos } from "./files/photos.ts";
import { createFileEraser } from "./files/removal.ts";
import { type Accounts, createAccounts } from "./people/accounts.ts";
import { createErasure, type Erasure } from "./people/erasure.ts";
import type { Publish } from "./publish.ts";

/** All the rules of the house, by noun. Knows neither HTTP nor sockets. */
export interface Desk extends Accounts {
  readonly store: Store;
  readonly clock: Clock;
  readonly asVisitor: VisitorCommands;
  readonly asAgent: AgentCommands;
  readonly articles: Articles;
  readonly articleDrafts: ArticleDrafts;
  readonly previews: Previews;
  readonly suggestions: Suggestions;
  readonly learned: LearnedQuestions;
  readonly searches: Searches;
  readonly messageSearch: MessageSearch;
  readonly heat: Heat;
  readonly helpCentre: HelpCentre;
  readonly knowledge: Knowledge;
  readonly revisions: Revisions;
  readonly translations: Translations;
  readonly collections: Collections;
  readonly readings: Readings;
  readonly selfService: SelfService;
  readonly erasure: Erasure;
  readonly attendance: Attendance;
  readonly files: Files;
  readonly photos: Photos;
}

export interface DeskParts {
  store: Store;
  clock: Clock;
  publish: Publish;
  /** Where this server itself is reached, once that is known. */
  home: () => string | undefined;
  /** Cleans the database file of what was deleted. */
  scrub?: () => Promise<void>;
  /** Where the bytes of files lie; without it none are taken. */
  blobs?: Blobs | undefined;
  /** Adds nearness of meaning to suggestions. */
  embeddings?: Embeddings | undefined;
}

export function createDesk({ store, clock, publish, home, scrub, blobs, embeddings }: DeskParts): Desk {
  const accounts = createAccounts({ store, clock, home, publish });
  const { sites } = accounts;
  const heat = createHeat({ store, clock, sites });
  const files = createFiles({ store, clock, home, blobs });
  const articles = createArticles({ store, clock, sites, home, files });
  const suggestions = createSuggestions({ store, clock, sites, addressOf: articles.addressOf, embeddings });
  const searches = createSearches({ store, clock, sites, suggestions, heat });
  const messageSearch = createMessageSearch({ store });
  const readings = createReadings({ store, clock });
  const attendance = createAttendance({ store, clock, sites });
  // What nobody answered is noticed after everybody was told, and nothing waits for it; nor for the full text.
  const heard: Publish = {
    stored(record, events) {
      publish.stored(record, events);
      searches.heard(record, events);
      messageSearch.grown(record.key);
      attendance.heard(record);
      if (events.some(({ type }) => type === "reopened")) accounts.people.reopened(record.key).catch(() => undefined);
    },
    read: publish.read,
    changed: publish.changed,
  };
  const ports: AgentCommandPorts = {
    store,
    clock,
    publish: heard,
    messageSearch,
    files,
    member: (_db, site, id) => accounts.agents.memberOf(site, id),
    articleCard: async (db, key, id) => {
      const site = await sites.byKey(key);
      return site && articles.card(db, site, id);
    },
    siteKey: async (agent, id) => (await sites.forAgent(agent, id)).key,
  };
  const erasers = [createFileEraser(clock.now), eraseMail];
  const erasure = createErasure({ store, clock, sites, publish, scrub, erasers });
  // What cannot be removed now goes within a day.
  erasure.onErased((author) => void files.dropPieces({ kind: KINDS.visitor, author }).catch(() => {}));
  return {
    ...accounts,
    store,
    clock,
    asVisitor: whoAsks(
      createVisitorCommands({ store, clock, publish: heard, files, contact: accounts.visitors.contact }),
      readings,
    ),
    asAgent: createAgentCommands(ports),
    articles: counted(articles, heat),
    articleDrafts: createArticleDrafts({ store, clock, sites }),
    previews: createPreviews({ store, sites, articles }),
    learned: createLearnedQuestions({ store }),
    suggestions,
    searches,
    messageSearch,
    heat,
    helpCentre: createHelpCentre({ store, clock, files }),
    knowledge: createKnowledge({ store, articles, sites }),
    revisions: createRevisions({ store }),
    translations: createTranslations({ store, clock, sites }),
    collections: createCollections({ store, clock, sites }),
    readings,
    selfService: createSelfService({ store, clock, sites }),
    attendance,
    erasure,
    files,
    photos: createPhotos({ store, clock, blobs, files }),
  };
}

/** A visitor who writes to a person has not been served by what they read before. */
function whoAsks(commands: VisitorCommands, readings: Readings): VisitorCommands {
  return {
    async execute(visitor, command) {
      const reply = await commands.execute(visitor, command);
      // Nobody's message waits for a figure, or fails with it. Only who is signed in may have read in another browser.
      if (command.type === "post" && (command.session !== undefined || visitor.card.verified))
        readings.asked(visitor, command.session, command.text).catch(() => undefined);
      return reply;
    },
  };
}

/** Articles whose readings are counted: by visitors, and of internal ones by agents, who alone can read them. */
function counted(articles: Articles, heat: Heat): Articles {
  return {
    ...articles,
    async get(...about) {
      const article = await articles.get(...about);
      if (article.visibility === "internal") heat.count(article.id, "reads");
      return article;
    },
    async read(...about) {
      const article = await articles.read(...about);
      heat.count(article.id, "reads");
      return article;
    },
  };
}
