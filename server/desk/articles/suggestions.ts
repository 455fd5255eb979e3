import { setImmediate as nextTurn } from "node:timers/promises";
import { refuse } from "../../../protocol/faults.ts";
import type { Clock } from "../../clock.ts";
import * as versions from "../../store/article-versions.ts";
import * as store from "../../store/articles.ts";
import { toId } from "../../store/ids.ts";
import type { Store } from "../../store/port.ts";
import * as questions from "../../store/questions.ts";
import { createSuggestIndex, type Embeddings, type Ranked, type SuggestIndex } from "../../suggest/index.ts";
import type { AgentActor } from "../actors.ts";
import { withoutPersonal } from "../privacy.ts";
import type { Site, Sites } from "../sites/sites.ts";
import type { Articles } from "./articles.ts";

/** A site's index leaves memory when nobody asked for so long. */
const IDLE_MS = 30 * 60_000;
const SWEEP_MS = 5 * 60_000;
/** Articles read at one go. */
const CHUNK = 20;
/** Other work gets its turn after so long. */
const TURN_MS = 8;
/** Nobody waits longer for a large index to be made: they are answered from what is there, if anything there does. */
const PATIENCE_MS = 1500;
const LONGEST_MS = 20_000;
const SHOWN = 3;
const FOUND = 10;

export interface Suggestion {
  id: string;
  slug: string;
  title: string;
  excerpt: string;
  locale: string;
  /** 0…1: the calibrated chance that the article answers. */
  score: number;
  /** Stretches of the title that match the question, `[start, end)`. */
  marks?: [start: number, end: number][];
}

export interface Suggested {
  q: string;
  /** The best candidate's score, shown or not. */
  confidence: number;
  suggestions: Suggestion[];
  abstained: boolean;
}

export interface Question {
  q: string;
  /** The page the visitor is on. Without a question, what belongs to it is suggested. */
  url?: string | undefined;
  /** That page's title. */
  title?: string | undefined;
  locale?: string | undefined;
  limit?: number | undefined;
  /** Confidence below which nothing is shown; without it, the index's own. */
  min?: number | undefined;
}

/** One hit of the agents' search over public and internal articles. */
export interface Hit {
  id: string;
  title: string;
  excerpt: string;
  url: string;
  visibility: "public" | "internal";
  score: number;
  locale: string;
}

export interface Suggestions {
  forVisitor(site: Site, question: Question): Promise<Suggested>;
  forAgent(by: AgentActor, site: string, question: Pick<Question, "q" | "locale" | "limit">): Promise<Hit[]>;
  /** Brings a site's index into memory, so that its first question need not wait. Settles when it is whole, or failed. */
  warm(site: Site): Promise<void>;
  /** Ends all indexes and their workers. */
  close(): void;
}

export interface SuggestionsParts {
  store: Store;
  clock: Clock;
  sites: Sites;
  addressOf: Articles["addressOf"];
  /** What is sent to it has personal data taken out. */
  embeddings?: Embeddings | undefined;
}

/** What of an article is shown, kept beside its index. */
interface Shown {
  key: number;
  id: string;
  slug: string;
  title: string;
  excerpt: string;
  locale: string;
  visibility: "public" | "internal";
}

interface Held {
  index: SuggestIndex;
  byId: Map<string, Shown>;
  byKey: Map<number, Shown>;
  /** The site's `articles_version` that the index shows. */
  version: number;
  usedAt: number;
  /** Catching up, one after another. */
  ready: Promise<void>;
  /** The one that has not begun yet. */
  waiting?: Promise<void> | undefined;
}

/**
 * One index a site, in memory, made on first use and brought up to date before every answer: whoever wrote an article,
 * this process or an import beside it, raised the site's version in the database.
 */
export function createSuggestions({
  store: port,
  clock,
  sites,
  addressOf,
  embeddings: plain,
}: SuggestionsParts): Suggestions {
  const embeddings: Embeddings | undefined = plain && {
    embed: (texts, signal) =>
      plain.embed(
        texts.map((text) => withoutPersonal(text)),
        signal,
      ),
  };
  const indexes = new Map<number, Held>();

  const forget = (site: number) => {
    indexes.get(site)?.index.close();
    indexes.delete(site);
  };
  const sweep = setInterval(() => {
    for (const [site, held] of indexes) if (clock.now() - held.usedAt > IDLE_MS) forget(site);
  }, SWEEP_MS).unref();

  const indexOf = async (site: number, patience = PATIENCE_MS): Promise<Held> => {
    let held = indexes.get(site);
    if (!held) {
      const index = createSuggestIndex({ embeddings });
      held = { index, byId: new Map(), byKey: new Map(), version: 0, usedAt: 0, ready: Promise.resolve() };
      indexes.set(site, held);
    }
    const one = held;
    one.usedAt = clock.now();
    if (!one.waiting) {
      // Whoever comes meanwhile is served by the one that waits: it has not looked at the version yet.
      one.waiting = one.ready.then(() => {
        one.waiting = undefined;
        return catchUp(port, site, one);
      });
      one.ready = one.waiting;
    }
    try {
      if (one.version > 0 || patience === Number.POSITIVE_INFINITY) await one.ready;
      else await soon(one.ready, patience);
    } catch (error) {
      // An index that could not be made whole answers nobody; the next question makes a new one.
      if (indexes.get(site) === one) forget(site);
      throw error;
    }
    return one;
  };

  const answered = async ({ index, byId }: Held, { q, url, title, locale, limit = SHOWN, min }: Question) => {
    const about = { limit, ...(locale !== undefined && { locale }) };
    if (q.trim() === "") {
      const pages = url ? index.forPage({ ...about, url, ...(title !== undefined && { title }) }) : [];
      const suggestions = shownOf(byId, pages);
      return { q, confidence: pages[0]?.score ?? 0, suggestions, abstained: suggestions.length === 0 };
    }
    const { confidence, abstained, ranked } = index.rank({
      q,
      ...about,
      ...(min !== undefined && { min }),
      meaning: await index.meaning(q),
    });
    const suggestions = shownOf(byId, ranked).map((one) => {
      const marks = index.marks(q, one.title);
      return marks.length > 0 ? { ...one, marks } : one;
    });
    return { q, confidence, suggestions, abstained };
  };

  return {
    async forVisitor(site, question) {
      const held = await indexOf(site.key);
      const found = await answered(held, question);
      if (!found.abstained || held.version > 0) return found;
      // What is not read yet may answer it: "nothing" is said of a whole index only.
      await soon(held.ready, LONGEST_MS);
      return answered(held, question);
    },
    async forAgent(by, id, { q, locale, limit = FOUND }) {
      const site = await sites.forAgent(by, id);
      if (q.trim() === "") return [];
      const { index, byId } = await indexOf(site.key);
      const about = { limit, ...(locale !== undefined && { locale }) };
      const { ranked } = index.rank({ q, ...about, min: 0, audience: "all", meaning: await index.meaning(q) });
      return ranked.flatMap(({ id: article, score }) => {
        const shown = byId.get(article);
        if (!shown) return [];
        const { title, excerpt, visibility, locale: language } = shown;
        return [{ id: article, title, excerpt, url: addressOf(site, shown), visibility, score, locale: language }];
      });
    },
    // Whoever asks meets the same error, and hears of it.
    warm: (site) =>
      indexOf(site.key, Number.POSITIVE_INFINITY).then(
        () => undefined,
        () => undefined,
      ),
    close() {
      clearInterval(sweep);
      for (const site of [...indexes.keys()]) forget(site);
    },
  };
}

/** Waits for a promise, but not longer than so many milliseconds. */
async function soon(promise: Promise<void>, patience: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patience);
  });
  try {
    await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function shownOf(byId: ReadonlyMap<string, Shown>, ranked: readonly Ranked[]): Suggestion[] {
  return ranked.flatMap(({ id, score }) => {
    const shown = byId.get(id);
    if (!shown) return [];
    const { slug, title, excerpt, locale } = shown;
    return [{ id, slug, title, excerpt, locale, score }];
  });
}

/** Reads what changed since the version that the index shows, and drops what is gone. */
async function catchUp(port: Store, site: number, held: Held): Promise<void> {
  const { articles: version } = await port.read((db) => versions.versionsOf(db, site));
  if (version === held.version) return;
  if (version < held.version) refuse("unavailable", "The database went back: ask again");
  let turn = performance.now();
  for (let to = versions.after(held.version); ; ) {
    const rows = await port.read((db) => versions.changedSince(db, site, to, CHUNK));
    const said = await port.read((db) =>
      questions.ofArticles(
        db,
        rows.map(({ id }) => id),
      ),
    );
    for (const row of rows) {
      to = row;
      put(held, row, said);
      if (performance.now() - turn < TURN_MS) continue;
      await nextTurn();
      turn = performance.now();
    }
    if (rows.length < CHUNK) break;
  }
  const there = new Set(await port.read((db) => store.keysOf(db, site)));
  for (const [key, shown] of held.byKey) if (!there.has(key)) drop(held, shown);
  held.version = version;
}

function put(held: Held, row: versions.IndexedRow, said: readonly questions.QuestionRow[]): void {
  const before = held.byKey.get(row.id);
  // A draft is found by nobody.
  if (row.state !== "published") {
    if (before) drop(held, before);
    return;
  }
  const { slug, title, excerpt, locale, visibility } = row;
  const shown: Shown = { key: row.id, id: toId(row.uid), slug, title, excerpt, locale, visibility };
  held.byId.set(shown.id, shown);
  held.byKey.set(row.id, shown);
  held.index.put({
    id: shown.id,
    group: toId(row.grp),
    title,
    body: row.plain,
    locale,
    audience: visibility,
    pages: JSON.parse(row.pages) as string[],
    order: row.id,
    questions: said.filter(({ article }) => article === row.id),
  });
}

function drop(held: Held, shown: Shown): void {
  held.byId.delete(shown.id);
  held.byKey.delete(shown.key);
  held.index.remove(shown.id);
}
