import { en } from "./locales/en.ts";
import type { en as courtesies } from "./locales/en-courtesies.ts";
import type { en as happened } from "./locales/en-happened.ts";
import type { en as more } from "./locales/en-more.ts";

export type Sentence = keyof typeof en | keyof typeof more | keyof typeof happened | keyof typeof courtesies;
export type Sentences = Partial<Record<Sentence, string>>;
/** Says a sentence in the visitor's language; `{name}` is filled from `filled`. */
export type Say = (sentence: Sentence, filled?: Readonly<Record<string, string | number>>) => string;

/** Tables later in the list win; what none has comes from English, and what English lacks is its key. */
export function createSay(...tables: readonly Sentences[]): Say {
  const table: Sentences = Object.assign({}, en, ...tables);
  return (sentence, filled) =>
    (table[sentence] ?? sentence).replace(/\{(\w+)\}/g, (whole, name: string) => String(filled?.[name] ?? whole));
}
