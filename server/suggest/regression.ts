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

/** A linear model: `rows` says which row of `weights` belongs to a feature; a row holds one weight per class. */
export interface Model {
  features: Int32Array;
  /** How much each feature counts for in a text. */
  scales: Float32Array;
  weights: Float32Array;
  bias: Float32Array;
  classes: number;
}

const EPOCHS = 8;
const MIN_EPOCHS = 2;
const RATE = 3;
const BIAS_RATE = 0.3;
/** Multiplications and additions that a training may take: about 20 s on one slow core. */
const MAX_WORK = 2e10;
/** 64 MB of weights. */
const MAX_WEIGHTS = 1 << 24;
/** By kind of feature, in the order of `KINDS`. */
const KIND_SCALES = [1, 0.5, 0.5, 1.5, 0.5, 1.2, 1];
const SEED = 7;
/** Shares of a question that have been typed, in turn, and what such a beginning weighs beside the whole question. */
const BEGINNINGS = [0.35, 0.5, 0.65, 0.8];
const BEGINNING_WEIGHT = 0.25;

/** Softmax regression by stochastic gradient descent, the rate falling to nothing. The same lesson gives the same model. */
export function train({ examples: written, classes }: Lesson): Model {
  const examples = read(written);
  const model = emptyModel(examples, classes);
  const rows = rowsOf(model);
  const texts = examples.map(({ features }) => readText(model, rows, features));
  const { weights, bias } = model;
  const size = texts.reduce((sum, text) => sum + text.rows.length, 0);
  const epochs = Math.max(MIN_EPOCHS, Math.min(EPOCHS, Math.floor(MAX_WORK / (2 * size * classes || 1))));
  const order = Int32Array.from(examples.keys());
  const random = createRandom(SEED);
  const errors = new Float32Array(classes);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    const rate = RATE * (1 - epoch / epochs);
    for (const i of order) {
      const text = texts[i];
      const example = examples[i];
      if (!text || !example) continue;
      addUp(model, text, errors);
      softmax(errors);
      errors[example.label] = (errors[example.label] ?? 0) - 1;
      const step = rate * example.weight;
      for (let k = 0; k < text.rows.length; k++) {
        const at = (text.rows[k] ?? 0) * classes;
        const value = step * (text.values[k] ?? 0);
        for (let c = 0; c < classes; c++) weights[at + c] = (weights[at + c] as number) - value * (errors[c] as number);
      }
      for (let c = 0; c < classes; c++) bias[c] = (bias[c] ?? 0) - BIAS_RATE * (step / RATE) * (errors[c] ?? 0);
    }
  }
  return model;
}

/** Gives the chance of each class for the features of a text. */
export function createPredict(model: Model): (features: Int32Array) => Float32Array {
  const rows = rowsOf(model);
  return (features) => {
    const chances = new Float32Array(model.classes);
    addUp(model, readText(model, rows, features), chances);
    softmax(chances);
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

function emptyModel(examples: readonly Example[], classes: number): Model {
  const counts = new Map<number, number>();
  for (const { features } of examples)
    for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const room = Math.floor(MAX_WEIGHTS / Math.max(1, classes));
  let kept = [...counts.keys()];
  if (kept.length > room) {
    kept = kept.sort((one, other) => (counts.get(other) ?? 0) - (counts.get(one) ?? 0)).slice(0, room);
  }
  return {
    features: Int32Array.from(kept),
    scales: Float32Array.from(kept, (feature) => {
      const rarity = Math.log(1 + examples.length / (counts.get(feature) ?? 1));
      return (KIND_SCALES[feature & 7] ?? 0) * Math.sqrt(rarity);
    }),
    weights: new Float32Array(kept.length * classes),
    bias: new Float32Array(classes),
    classes,
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

function addUp({ weights, bias, classes }: Model, { rows, values }: Text, into: Float32Array): void {
  into.set(bias);
  for (let k = 0; k < rows.length; k++) {
    const at = (rows[k] ?? 0) * classes;
    const value = values[k] ?? 0;
    for (let c = 0; c < classes; c++) into[c] = (into[c] as number) + value * (weights[at + c] as number);
  }
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

function shuffle(order: Int32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const other = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = other;
  }
}

/** A generator of its own, so that a training can be repeated. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
