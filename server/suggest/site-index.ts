import { createClasses } from "./classes.ts";
import { createExact, keyOf } from "./exact.ts";
import { createFields } from "./fields.ts";
import { fold } from "./fold.ts";
import type { Ranked, SuggestArticle, SuggestIndex } from "./index.ts";
import { nearness } from "./locales.ts";
import { createNearest } from "./nearest.ts";
import { matchesPage } from "./pages.ts";
import { createRarity } from "./rarity.ts";
import { languageOf, type Stem, stemmerFor } from "./stems.ts";
import { type Bag, bagOf } from "./tokens.ts";

export const P: any = { bodyCold: 1.2, bodyLearned: 0.42, near: 0.25, temp: 0.05, exact: 2 };

const MAX_QUESTION_CHARS = 1000;
const CANDIDATES = 40;

export interface SuggestOptions {
  /** Confidence below which nothing is shown, 0…1. */
  threshold?: number;
}

interface Held {
  slot: number;
  id: string;
  group: string;
  locale: string;
  audience: "public" | "internal";
  pages: readonly string[];
  learned: number;
}

export function createSuggestIndex(options: SuggestOptions = {}): SuggestIndex {
  const bySlot: (Held | undefined)[] = [];
  const byId = new Map<string, Held>();
  const free: number[] = [];
  const languages = new Map<string, number>();
  const rarity = createRarity(new Map());
  const fields = createFields(rarity);
  const classes = createClasses(rarity);
  const nearest = createNearest(classes.weigh);
  const exact = createExact();
  let scores = new Float64Array(64);

  const index: SuggestIndex = {
    get size() {
      return byId.size;
    },
    put(article) {
      index.remove(article.id);
      const slot = free.pop() ?? bySlot.length;
      const { id, group, locale, audience, pages = [] } = article;
      const held: Held = { slot, id, group, locale, audience, pages, learned: 0 };
      bySlot[slot] = held;
      byId.set(id, held);
      rarity.articles++;
      languages.set(languageOf(locale), (languages.get(languageOf(locale)) ?? 0) + 1);
      const stems = [stemmerFor(locale)];
      const title = bagOf(fold(article.title), stems);
      fields.add(slot, title, bagOf(fold(article.body), stems, false));
      classes.add(slot, title, 1);
      exact.add(slot, keyOf(fold(article.title)), 0.25);
      for (const { text, weight } of article.questions) index.learn(id, text, weight);
    },
    remove(id) {
      const held = byId.get(id);
      if (!held) return;
      fields.remove(held.slot);
      classes.remove(held.slot);
      nearest.remove(held.slot);
      exact.remove(held.slot);
      byId.delete(id);
      bySlot[held.slot] = undefined;
      free.push(held.slot);
      rarity.articles--;
      const language = languageOf(held.locale);
      languages.set(language, (languages.get(language) ?? 1) - 1);
      if (languages.get(language) === 0) languages.delete(language);
    },
    learn(id, question, weight) {
      const held = byId.get(id);
      const text = fold(question.slice(0, MAX_QUESTION_CHARS));
      const key = keyOf(text);
      if (!held || key === "" || !Number.isFinite(weight) || weight === 0) return;
      const bag = bagOf(text, [stemmerFor(held.locale)]);
      classes.add(held.slot, bag, weight);
      nearest.add(held.slot, key, bag, weight);
      exact.add(held.slot, key, weight);
      held.learned++;
    },
    rank({ q, locale, limit = 3, min, audience = "public" }) {
      const text = fold(q.slice(0, MAX_QUESTION_CHARS));
      const bag = bagOf(text, stemsFor(text, locale));
      const candidates = candidatesFor(bag, (held) => audience === "all" || held.audience === "public");
      const found = exact.find(keyOf(text), (slot) => audience === "all" || bySlot[slot]?.audience === "public");
      if (found) {
        const held = bySlot[found.slot];
        const known = candidates.find((candidate) => candidate.held === held);
        if (known) known.score += P.exact;
        else if (held) candidates.push({ held, score: P.exact, cosine: 1 });
        candidates.sort((one, other) => other.score - one.score);
      }
      const ranked = calibrated(oneOfEachGroup(candidates, locale), found !== undefined).slice(0, limit);
      const confidence = ranked[0]?.score ?? 0;
      const abstained = confidence < (min ?? options.threshold ?? 0) || ranked.length === 0;
      return { confidence, abstained, ranked: abstained ? [] : ranked };
    },
    forPage({ url, locale, limit = 3, title }) {
      const fitting: Candidate[] = [];
      for (const held of byId.values()) {
        if (held.audience === "public" && held.pages.some((pattern) => matchesPage(pattern, url))) {
          fitting.push({ held, score: 1, cosine: 1 });
        }
      }
      const named = oneOfEachGroup(fitting, locale).map(({ held }): Ranked => ({ id: held.id, score: 1 }));
      if (named.length >= limit || !title) return named.slice(0, limit);
      const akin = index.rank({ q: title, limit: limit + named.length, ...(locale === undefined ? {} : { locale }) });
      const groups = new Set(named.map(({ id }) => byId.get(id)?.group));
      return [...named, ...akin.ranked.filter(({ id }) => !groups.has(byId.get(id)?.group))].slice(0, limit);
    },
    marks: (q, text) => (q && text ? [] : []),
    close() {},
  };
  return index;

  function stemsFor(text: string, locale: string | undefined): Stem[] {
    if (!/\p{L}/u.test(text)) return [];
    const likely = [...languages.entries()].sort((one, other) => other[1] - one[1]).map(([language]) => language);
    const asked = locale ? [languageOf(locale)] : [];
    return [
      ...new Set([...asked.filter((language) => languages.has(language)), ...likely].slice(0, 4).map(stemmerFor)),
    ];
  }

  function candidatesFor(bag: Bag, allowed: (held: Held) => boolean): Candidate[] {
    if (scores.length < bySlot.length) scores = new Float64Array(bySlot.length * 2);
    scores.fill(0, 0, bySlot.length);
    const question = classes.vector(bag);
    classes.score(question, scores);
    const cosines = scores.slice(0, bySlot.length);
    fields.score(bag, (slot) => (bySlot[slot]?.learned ? P.bodyLearned : P.bodyCold), scores);
    const candidates: Candidate[] = [];
    for (const held of byId.values()) {
      const score = scores[held.slot] ?? 0;
      if (score > 0 && allowed(held)) candidates.push({ held, score, cosine: cosines[held.slot] ?? 0 });
    }
    candidates.sort((one, other) => other.score - one.score);
    nearest.ask(question);
    for (const candidate of candidates.slice(0, CANDIDATES)) {
      candidate.score += P.near * nearest.likeness(candidate.held.slot);
    }
    return candidates.sort((one, other) => other.score - one.score);
  }

  function oneOfEachGroup(candidates: Candidate[], locale: string | undefined): Candidate[] {
    const groups = new Map<string, Candidate>();
    for (const candidate of candidates) {
      if (!groups.has(candidate.held.group)) groups.set(candidate.held.group, candidate);
    }
    if (locale === undefined) return [...groups.values()];
    return [...groups.values()].map((candidate) => {
      let best = candidate.held;
      for (const held of byId.values()) {
        if (
          held.group === best.group &&
          held.audience === best.audience &&
          nearness(held.locale, locale) > nearness(best.locale, locale)
        ) {
          best = held;
        }
      }
      return { ...candidate, held: best };
    });
  }

  function calibrated(candidates: Candidate[], exact: boolean): Ranked[] {
    const best = candidates[0];
    if (!best) return [];
    let sum = 0;
    for (const { score } of candidates) sum += Math.exp((score - best.score) / P.temp);
    return candidates.map(({ held, score, cosine }, i) => ({
      id: held.id,
      score: exact && i === 0 ? 0.99 : Math.sqrt(Math.exp((score - best.score) / P.temp) / sum) * Math.min(1, cosine),
    }));
  }
}

interface Candidate {
  held: Held;
  score: number;
  cosine: number;
}
