import { en } from "./locales/en.ts";
import type { en as courtesies } from "./locales/en-courtesies.ts";
import type { en as files } from "./locales/en-files.ts";
import type { en as happened } from "./locales/en-happened.ts";
import type { en as more } from "./locales/en-more.ts";

export type Sentence =
  | keyof typeof en
  | keyof typeof more
  | keyof typeof happened
  | keyof typeof files
  | keyof typeof courtesies;
/** Another wording of a sentence with `{n}`, for numbers that a language says in another form. */
type Form = `${Sentence}.${Intl.LDMLPluralRule}`;
export type Sentences = Partial<Record<Sentence | Form, string>>;
/** All that a language says. */
export type Table = Record<Sentence, string> & Partial<Record<Form, string>>;
/** Says a sentence in the visitor's language; `{name}` is filled from `filled`. */
export type Say = (sentence: Sentence, filled?: Readonly<Record<string, string | number>>) => string;

/** Tables later in the list win; what none has comes from English, and what English lacks is its key. */
export function createSay(locale: string, ...tables: readonly (Sentences | undefined)[]): Say {
  const table: Sentences = Object.assign({}, en, ...tables);
  let plural: Intl.PluralRules | undefined;
  return (sentence, filled) => {
    // Made at the first number: that takes longer than all that is said before it.
    if (filled) plural ??= new Intl.PluralRules(locale);
    return (table[`${sentence}.${plural?.select(+(filled?.n ?? 0))}` as Form] ?? table[sentence] ?? sentence).replace(
      /\{(\w+)\}/g,
      (whole, name: string) => String(filled?.[name] ?? whole),
    );
  };
}
