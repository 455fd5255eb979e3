import { createRandom, scattered, shuffle } from "./random.ts";
import { type Stem, stemmerFor } from "./stems.ts";
import { bagOf } from "./tokens.ts";

/** One past question, folded, and the class it belongs to. */
export interface WrittenExample {
  text: string;
  locale: string;
  label: number;
  weight: number;
}

/** What is handed to the thread that trains: words, as cutting them up is half of the work. */
export interface Lesson {
  examples: readonly WrittenExample[];
  classes: number;
}

interface Example {
  features: Int32Array;
  label: number;
  weight: number;
}

/**
 * What training finds: a vector of `width` numbers for each feature and for each class. A text stands where the vectors
 * of its features, weighed, sum up to; `rows` says which row of `inner` belongs to a feature.
 */
export interface Model {
  features: Int32Array;
  /** How much each feature counts for in a text. */
  scales: Float32Array;
  /** A row of `width` for each feature. */
  inner: Float32Array;
  /** A row of `width` for each class. */
  outer: Float32Array;
  bias: Float32Array;
  classes: number;
  width: number;
}

/** Features that are asked of the same articles come to lie near each other, so one learned of few is known by its neighbours. */
const WIDTH = 128;
/** With more articles than `MANY_CLASSES`, where nearly all of the time goes into comparing a text with each of them. */
const NARROW_WIDTH = 64;
const MANY_CLASSES = 500;
const EPOCHS = 5;
const MIN_EPOCHS = 2;
const RATE = 0.5;
const OUTER_RATE = 0.15;
const BIAS_RATE = 0.3;
/** Vectors begin near nothing: from a large random start each feature would keep to a place of its own. */
const FIRST_INNER = 0.03;
/** An error smaller than this moves nothing that can be seen, and most classes' are. */
const LEAST_ERROR = 1e-3;
/** Multiplications and additions that a training may take: about 20 s on one slow core. */
const MAX_WORK = 2e10;
/** 64 MB of weights. */
const MAX_WEIGHTS = 1 << 24;
/** By kind of feature, in the order of `KINDS`, and how much its rarity counts. */
const KIND_SCALES = [1, 0.5, 0.5, 1.5, 0.5, 1.2, 1];
const RARITY_POWER = 0.75;
const SEED = 7;
/** Shares of a question that have been typed, in turn, and what such a beginning weighs beside the whole question. */
const BEGINNINGS = [0.35, 0.5, 0.65, 0.8];
const BEGINNING_WEIGHT = 0.15;

/**
 * Softmax regression through a narrow layer, "fastText" (Joulin, Grave, Bojanowski, Mikolov, "Bag of Tricks for Efficient
 * Text Classification", 2017), by stochastic gradient descent, the rate falling to nothing. With the question's features
 * x as a vector of length one, the chances are softmax(outer · (inner · x) + bias). The same lesson gives the same model.
 */
export function train({ examples: written, classes }: Lesson): Model {
  const examples = read(written);
  const random = createRandom(SEED);
  const model = emptyModel(examples, classes, random);
  const rows = rowsOf(model);
  const texts = examples.map(({ features }) => readText(model, rows, features));
  const { inner, outer, bias, width } = model;
  const size = texts.reduce((sum, text) => sum + text.rows.length, 0);
  const work = width * (2 * size + texts.length * classes);
  const epochs = Math.max(MIN_EPOCHS, Math.min(EPOCHS, Math.floor(MAX_WORK / (work || 1))));
  const order = Int32Array.from(examples.keys());
  const place = new Float32Array(width);
  const change = new Float32Array(width);
  const errors = new Float32Array(classes);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    const fall = 1 - epoch / epochs;
    for (const i of order) {
      const text = texts[i];
      const example = examples[i];
      if (!text || !example) continue;
      placeText(model, text, place);
      chancesAt(model, place, errors);
      errors[example.label] = (errors[example.label] ?? 0) - 1;
      const step = fall * example.weight;
      change.fill(0);
      for (let c = 0; c < classes; c++) {
        const error = errors[c] as number;
        if (Math.abs(error) < LEAST_ERROR) continue;
        bias[c] = (bias[c] as number) - BIAS_RATE * step * error;
        const at = c * width;
        const outerStep = OUTER_RATE * step * error;
        for (let j = 0; j < width; j++) {
          change[j] = (change[j] as number) + error * (outer[at + j] as number);
          outer[at + j] = (outer[at + j] as number) - outerStep * (place[j] as number);
        }
      }
      for (let k = 0; k < text.rows.length; k++) {
        const at = (text.rows[k] as number) * width;
        const value = RATE * step * (text.values[k] as number);
        for (let j = 0; j < width; j++) inner[at + j] = (inner[at + j] as number) - value * (change[j] as number);
      }
    }
  }
  return model;
}

/** Gives the chance of each class for the features of a text. */
export function createPredict(model: Model): (features: Int32Array) => Float32Array {
  const rows = rowsOf(model);
  const place = new Float32Array(model.width);
  return (features) => {
    const chances = new Float32Array(model.classes);
    placeText(model, readText(model, rows, features), place);
    chancesAt(model, place, chances);
    return chances;
  };
}

/** Each question whole, and its beginning: it will be asked while it is typed. */
function read(written: readonly WrittenExample[]): Example[] {
  return written.flatMap(({ text, locale, label, weight }, i) => {
    const stems = [stemmerFor(locale)];
    const chars = [...text];
    const typed = chars.slice(0, Math.ceil(chars.length * (BEGINNINGS[i % BEGINNINGS.length] ?? 1))).join("");
    return [
      { features: featuresOf(text, stems), label, weight },
      { features: featuresOf(typed, stems), label, weight: weight * BEGINNING_WEIGHT },
    ];
  });
}

function featuresOf(text: string, stems: readonly Stem[]): Int32Array {
  return Int32Array.from(bagOf(text, stems).keys());
}

interface Text {
  rows: Int32Array;
  values: Float32Array;
}

function emptyModel(examples: readonly Example[], classes: number, random: () => number): Model {
  const counts = new Map<number, number>();
  for (const { features } of examples)
    for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const width = classes > MANY_CLASSES ? NARROW_WIDTH : WIDTH;
  const room = Math.floor(MAX_WEIGHTS / width);
  let kept = [...counts.keys()];
  if (kept.length > room) {
    kept = kept.sort((one, other) => (counts.get(other) ?? 0) - (counts.get(one) ?? 0)).slice(0, room);
  }
  return {
    features: Int32Array.from(kept),
    scales: Float32Array.from(kept, (feature) => {
      const rarity = Math.log(1 + examples.length / (counts.get(feature) ?? 1));
      return (KIND_SCALES[feature & 7] ?? 0) * rarity ** RARITY_POWER;
    }),
    inner: scattered(kept.length * width, FIRST_INNER, random),
    outer: scattered(classes * width, Math.sqrt(1 / width), random),
    bias: new Float32Array(classes),
    classes,
    width,
  };
}

function rowsOf({ features }: Model): Map<number, number> {
  const rows = new Map<number, number>();
  for (let row = 0; row < features.length; row++) rows.set(features[row] ?? 0, row);
  return rows;
}

/** A text as a vector of length one over the features that the model knows. */
function readText({ scales }: Model, known: Map<number, number>, features: Int32Array): Text {
  const rows: number[] = [];
  let square = 0;
  for (const feature of features) {
    const row = known.get(feature);
    if (row === undefined) continue;
    rows.push(row);
    square += (scales[row] ?? 0) ** 2;
  }
  const length = Math.sqrt(square) || 1;
  return { rows: Int32Array.from(rows), values: Float32Array.from(rows, (row) => (scales[row] ?? 0) / length) };
}

function placeText({ inner, width }: Model, { rows, values }: Text, place: Float32Array): void {
  place.fill(0);
  for (let k = 0; k < rows.length; k++) {
    const at = (rows[k] as number) * width;
    const value = values[k] as number;
    for (let j = 0; j < width; j++) place[j] = (place[j] as number) + value * (inner[at + j] as number);
  }
}

function chancesAt({ outer, bias, classes, width }: Model, place: Float32Array, into: Float32Array): void {
  for (let c = 0; c < classes; c++) {
    const at = c * width;
    let even = bias[c] as number;
    let odd = 0;
    // Two sums side by side: one would make each addition wait for the one before.
    for (let j = 0; j < width; j += 2) {
      even += (place[j] as number) * (outer[at + j] as number);
      odd += (place[j + 1] as number) * (outer[at + j + 1] as number);
    }
    into[c] = even + odd;
  }
  softmax(into);
}

function softmax(values: Float32Array): void {
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) if (value > most) most = value;
  let sum = 0;
  for (let c = 0; c < values.length; c++) {
    const part = Math.exp((values[c] ?? 0) - most);
    values[c] = part;
    sum += part;
  }
  for (let c = 0; c < values.length; c++) values[c] = (values[c] ?? 0) / sum;
}
