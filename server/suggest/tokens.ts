import { type Feature, featureOf, KINDS } from "./feature.ts";
import { bare } from "./fold.ts";
import { runsOf } from "./runs.ts";
import type { Stem } from "./stems.ts";
import { conceptOf } from "./synonyms.ts";

/** Stretches of characters catch slips, inflections and compounds; these lengths did best, and are few. */
const MIN_GRAM_CHARS = 2;
const MAX_GRAM_CHARS = 3;
const MAX_GRAM_WORD_CHARS = 24;

/** How often each feature occurs in a text. */
export type Bag = Map<Feature, number>;

/** How a Chinese question begins and ends, whatever it is about: words that would lead to whichever article is a list of questions. */
const ASKING_FIRST = /^(?:请问|你好|您好|我?想问一?下?)+/u;
const ASKING_LAST =
  /(?:应?该?(?:怎么办|怎么解决|如何解决|怎么处理|如何处理|是?怎么回事|是?什么原因|是?为什么)|[呢吗啊呀吧嘛])+$/u;

const LETTER = /[\p{L}\p{M}\p{N}]/u;

const segmenter = new Intl.Segmenter("zh", { granularity: "word" });

/** The features of a folded text; of a long one, words and ideas are enough. Several stemmers: a question's language is not known for sure. */
export function bagOf(folded: string, stems: readonly Stem[], grams = true): Bag {
  const bag: Bag = new Map();
  const add = (kind: number, token: string) => {
    const feature = featureOf(kind, token);
    bag.set(feature, (bag.get(feature) ?? 0) + 1);
  };
  let before = "";
  for (const { kind, text } of runsOf(folded)) {
    if (kind === "spaced") {
      before = addWord(text, before, stems, grams, add);
    } else {
      addUnspaced(text, add);
      before = "";
    }
  }
  return bag;
}

const plain: Stem = (word) => word;
const NO_PARTS: readonly string[] = [];

/** The last character of a folded text that is more than a sign. */
export function lastCharOf(folded: string): Feature | undefined {
  const char = [...folded].findLast((one) => LETTER.test(one));
  return char === undefined ? undefined : featureOf(KINDS.char, char);
}

type Add = (kind: number, token: string) => void;

function addWord(word: string, before: string, stems: readonly Stem[], grams: boolean, add: Add): string {
  const forms: string[] = [];
  const ideas: number[] = [];
  for (const stem of stems.length > 0 ? stems : [plain]) {
    addForms(bare(stem(word)), stem, forms, ideas);
    for (const part of stem.parts?.(word) ?? NO_PARTS) addForms(bare(stem(part)), stem, forms, ideas);
  }
  for (const form of forms) add(KINDS.stem, form);
  for (const idea of ideas) add(KINDS.concept, String(idea));
  const [first = ""] = forms;
  if (!grams) return first;
  if (before) add(KINDS.pair, `${before} ${first}`);
  let plainly = stems.length === 0;
  for (const stem of stems) {
    const spelled = stem.spelled?.(word) ?? word;
    if (spelled === word) plainly = true;
    else addGrams(bare(spelled), add);
  }
  if (plainly) addGrams(bare(word), add);
  return first;
}

function addForms(form: string, stem: Stem, forms: string[], ideas: number[]): void {
  if (!forms.includes(form)) forms.push(form);
  const idea = conceptOf(form, stem.language);
  if (idea !== undefined && !ideas.includes(idea)) ideas.push(idea);
}

function addGrams(word: string, add: Add): void {
  const padded = ` ${word.slice(0, MAX_GRAM_WORD_CHARS)} `;
  for (let n = MIN_GRAM_CHARS; n <= MAX_GRAM_CHARS; n++)
    for (let i = 0; i + n <= padded.length; i++) add(KINDS.gram, padded.slice(i, i + n));
}

function addUnspaced(run: string, add: Add): void {
  const text = run.replace(ASKING_FIRST, "").replace(ASKING_LAST, "") || run;
  const chars = [...text];
  for (let i = 0; i < chars.length; i++) {
    add(KINDS.char, chars[i] ?? "");
    if (i > 0) add(KINDS.charPair, `${chars[i - 1]}${chars[i]}`);
  }
  for (const { segment } of segmenter.segment(text))
    if ([...segment].length > 1) {
      add(KINDS.word, segment);
      const concept = conceptOf(segment);
      if (concept !== undefined) add(KINDS.concept, String(concept));
    }
}
