import { setImmediate as nextTurn } from "node:timers/promises";
import { createArticles, type Held } from "./articles.ts";
import { createClasses } from "./classes.ts";
import { createConfidence, THRESHOLD } from "./confidence.ts";
import type { Embeddings } from "./embeddings.ts";
import { createExact, keyOf } from "./exact.ts";
import { createFields } from "./fields.ts";
import { fold } from "./fold.ts";
import type { Ranked, SuggestIndex } from "./index.ts";
import { marksIn } from "./marks.ts";
import { createMeanings } from "./meanings.ts";
import { createNearest } from "./nearest.ts";
import { matchesPage } from "./pages.ts";
import { createPrior } from "./prior.ts";
import { createRarity } from "./rarity.ts";
import type { Lesson, Model, WrittenExample } from "./regression.ts";
import { type Candidate, createScorer } from "./scorer.ts";
import { slipsBetween } from "./slips.ts";
import { languageOf, type Stem, stemmerFor } from "./stems.ts";
import { bagOf, lastCharOf } from "./tokens.ts";
import { createTrainer } from "./trainer.ts";

const MAX_QUESTION_CHARS = 1000;
/** Of an article's body, for embeddings: models read no more, and it says what it is about early on. */
const MAX_MEANT_CHARS = 1000;
/** A title is worth this many questions. */
const TITLE_WEIGHT = 2;
/** A question that repeats a title is an exact match too, but a past question's word counts more. */
const TITLE_EXACT_WEIGHT = 0.25;
/** Languages whose stemmers are tried on a question: its own is not known for sure. */
const MAX_QUESTION_LANGUAGES = 4;
const EXACT_CONFIDENCE = 0.99;
/** Of how many of the best articles past questions are compared with one letter by letter. */
const SLIPPED_CANDIDATES = 5;
/** Sites with more articles do without the regression: it grows with questions times articles. */
const MAX_REGRESSION_ARTICLES = 2000;
const MIN_REGRESSION_QUESTIONS = 20;
/** So many past questions, at most about twice as many, are left out in turn to fit the confidence. */
const REFIT_QUESTIONS = 40;

/** Visitors' questions get their turn after so long. */
const TURN_MS = 8;

export interface SuggestOptions {
  /** Confidence below which nothing is shown, 0…1. */
  threshold?: number;
  /** Adds nearness of meaning to that of words. */
  embeddings?: Embeddings | undefined;
  /** Whether to train a regression in a worker thread once the site has learned; on by default. */
  train?: boolean;
}

/** A `SuggestIndex` that can be told to train now and wait for it: for measuring. */
export interface TrainableIndex extends SuggestIndex {
  train(): Promise<void>;
}

export function createSuggestIndex({
  threshold = THRESHOLD,
  train = true,
  embeddings,
}: SuggestOptions = {}): TrainableIndex {
  const articles = createArticles();
  const prior = createPrior();
  const rarity = createRarity(prior.shares);
  const fields = createFields(prior.shares);
  const classes = createClasses(rarity);
  const nearest = createNearest(classes.weigh, () => articles.size);
  const exact = createExact();
  const confidence = createConfidence(() => articles.size);
  const titles = new Map<number, string>();
  const meanings = embeddings && createMeanings(embeddings);
  const scorer = createScorer(articles, classes, fields, nearest, meanings);
  let taught: number[] = [];
  let perArticle = 0;
  const trainer = createTrainer(lesson, (model: Model) => {
    if (articles.size <= MAX_REGRESSION_ARTICLES) scorer.use(model, taught, perArticle);
  });

  const index: TrainableIndex = {
    get size() {
      return articles.size;
    },
    put(article) {
      index.remove(article.id);
      const held = articles.open(article);
      // None is begun beyond: at the first one too many, that is all there can be.
      if (articles.size === MAX_REGRESSION_ARTICLES + 1) {
        scorer.drop();
        // Begun while a large index was being made, it would take more time and memory than the index itself.
        trainer.halt();
      }
      rarity.articles = articles.size;
      prior.hear(article.locale);
      const stems = [stemmerFor(article.locale)];
      const folded = fold(article.title);
      const title = bagOf(folded, stems);
      fields.add(held.slot, title, bagOf(fold(article.body), stems, false));
      classes.add(held.slot, title, TITLE_WEIGHT);
      exact.add(held.slot, keyOf(folded), TITLE_EXACT_WEIGHT);
      titles.set(held.slot, folded);
      meanings?.add(held.slot, `${article.title}\n${article.body.slice(0, MAX_MEANT_CHARS)}`);
      for (const { text, weight } of article.questions) index.learn(article.id, text, weight);
    },
    remove(id) {
      const held = articles.close(id);
      if (!held) return;
      for (const part of [fields, classes, nearest, exact]) part.remove(held.slot);
      titles.delete(held.slot);
      meanings?.remove(held.slot);
      scorer.forget(held.slot);
      rarity.articles = articles.size;
    },
    learn(id, question, weight) {
      const held = articles.find(id);
      const folded = fold(question.slice(0, MAX_QUESTION_CHARS));
      const key = keyOf(folded);
      if (!held || key === "" || !Number.isFinite(weight) || weight === 0) return;
      const bag = bagOf(folded, [stemmerFor(held.locale)]);
      classes.add(held.slot, bag, weight);
      nearest.add(held.slot, folded, bag, weight, exact.add(held.slot, key, weight));
      articles.teach(held);
      if (train && articles.size <= MAX_REGRESSION_ARTICLES) trainer.stir();
    },
    meaning: async (q) => meanings?.of(q.slice(0, MAX_QUESTION_CHARS)),
    rank({ q, locale, limit = 3, min = threshold, audience = "public", meaning }) {
      const folded = fold(q.slice(0, MAX_QUESTION_CHARS));
      const key = keyOf(folded);
      if (key === "") return { confidence: 0, abstained: true, ranked: [] };
      const allowed = (held: Held) => audience === "all" || held.audience === "public";
      const candidates = scorer.score(bagOf(folded, stemsFor(locale)), allowed, lastCharOf(folded), meaning);
      const repeated = exact.find(key, (slot) => allowed(articles.at(slot) as Held));
      const first = repeated && articles.at(repeated.slot);
      if (first) putFirst(candidates, first);
      else putSlippedFirst(candidates, folded);
      const ranked = oneOfEachGroup(confidence.calibrate(candidates), locale).slice(0, limit);
      const best = ranked[0];
      if (best && first) best.score = Math.max(best.score, EXACT_CONFIDENCE);
      const abstained = !best || best.score < min;
      return { confidence: best?.score ?? 0, abstained, ranked: abstained ? [] : ranked };
    },
    forPage({ url, locale, limit = 3, title }) {
      const named: { held: Held; score: number }[] = [];
      for (const held of articles.all()) {
        if (held.audience !== "public" || !held.pages.some((pattern) => matchesPage(pattern, url))) continue;
        named.push({ held, score: 1 });
      }
      named.sort((one, other) => one.held.order - other.held.order);
      const fitting = oneOfEachGroup(named, locale).slice(0, limit);
      if (fitting.length >= limit || !title) return fitting;
      const groups = new Set(fitting.map(({ id }) => articles.find(id)?.group));
      const akin = index.rank({ q: title, limit: limit + groups.size, ...(locale === undefined ? {} : { locale }) });
      return [...fitting, ...akin.ranked.filter(({ id }) => !groups.has(articles.find(id)?.group))].slice(0, limit);
    },
    marks: (q, text) => marksIn(q.slice(0, MAX_QUESTION_CHARS), text, stemsFor(undefined)),
    train: () => trainer.trainNow(),
    close() {
      meanings?.close();
      trainer.close();
    },
  };
  return index;

  /** A past question with a few slips in it is that question, whatever else its broken words resemble. */
  function putSlippedFirst(candidates: Candidate[], folded: string): void {
    let least = Number.POSITIVE_INFINITY;
    let best = 0;
    for (const [at, { held }] of candidates.slice(0, SLIPPED_CANDIDATES).entries()) {
      for (const { text, weight } of nearest.of(held.slot)) {
        const slips = weight > 0 ? slipsBetween(folded, text) : least;
        if (slips < least) [least, best] = [slips, at];
      }
    }
    if (best > 0) candidates.unshift(...candidates.splice(best, 1));
  }

  function stemsFor(locale: string | undefined): Stem[] {
    const there = articles.languages();
    const asked = locale ? there.filter((language) => language === languageOf(locale)) : [];
    return [...new Set([...asked, ...there].slice(0, MAX_QUESTION_LANGUAGES).map(stemmerFor))];
  }

  function oneOfEachGroup(scored: { held: Held; score: number }[], locale: string | undefined): Ranked[] {
    const seen = new Set<string>();
    const ranked: Ranked[] = [];
    for (const { held, score } of scored) {
      if (seen.has(held.group)) continue;
      seen.add(held.group);
      ranked.push({ id: (locale === undefined ? held : articles.nearest(held, locale)).id, score });
    }
    return ranked;
  }

  /** Leaves single past questions out in turn: how strong are the articles that are found rightly all the same? */
  async function leftOut(questions: number): Promise<number[]> {
    const every = Math.max(1, Math.floor(questions / REFIT_QUESTIONS));
    const strengths: number[] = [];
    let seen = 0;
    let turn = performance.now();
    for (const held of [...articles.all()]) {
      if (performance.now() - turn > TURN_MS) {
        await nextTurn();
        turn = performance.now();
      }
      // Gone meanwhile.
      if (articles.at(held.slot) !== held) continue;
      for (const [i, { text, weight }] of nearest.of(held.slot).entries()) {
        if (weight <= 0 || seen++ % every !== 0) continue;
        const bag = bagOf(text, [stemmerFor(held.locale)]);
        classes.add(held.slot, bag, -weight);
        const best = nearest.without(held.slot, i, () => scorer.score(bag, () => true)[0]);
        if (best?.held === held) strengths.push(best.strength);
        classes.add(held.slot, bag, weight);
      }
    }
    return strengths;
  }

  async function lesson(): Promise<Lesson | undefined> {
    if (articles.size < 2 || articles.size > MAX_REGRESSION_ARTICLES) return undefined;
    const examples: WrittenExample[] = [];
    let questions = 0;
    taught = [];
    for (const { slot, locale } of articles.all()) {
      const label = taught.push(slot) - 1;
      const title = titles.get(slot);
      if (title) examples.push({ text: title, locale, label, weight: 1 });
      for (const { text, weight } of nearest.of(slot)) {
        if (weight <= 0) continue;
        questions++;
        examples.push({ text, locale, label, weight });
      }
    }
    perArticle = questions / articles.size;
    confidence.refit(await leftOut(questions));
    return questions < MIN_REGRESSION_QUESTIONS ? undefined : { examples, classes: taught.length };
  }
}

function putFirst(candidates: Candidate[], held: Held): void {
  const at = candidates.findIndex((candidate) => candidate.held === held);
  const [candidate] = at < 0 ? [{ held, chance: 1, strength: Number.MAX_VALUE }] : candidates.splice(at, 1);
  if (candidate) candidates.unshift({ ...candidate, chance: 1, strength: Number.MAX_VALUE });
}
