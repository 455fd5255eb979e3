import * as v from "valibot";
import { chooseLocale, LOCALES, type Locale } from "../../../ui/locale.ts";
import { longest, type Wording, type WordingFault, wordingFault } from "../../../ui/wording.ts";

/* What an owner says in other words than ours, by language. */

/** Room beside a bell on a phone. */
const LABEL_LENGTH = 30;

const Label = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1),
  v.maxLength(LABEL_LENGTH),
  v.regex(/^\P{Cc}*$/u, "expected one line"),
);

/** What stands beside the bell; none for the bell alone. */
export const Labels = v.record(v.picklist(LOCALES), Label);
export type Labels = v.InferOutput<typeof Labels>;

/** Sentences of the widget, by language and key. A language that is named is said anew as a whole; an empty one is ours again. */
export const Wordings = v.pipe(
  v.record(v.picklist(LOCALES), v.record(v.string(), v.string())),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    for (const [locale, wording] of Object.entries(dataset.value)) {
      for (const [key, text] of Object.entries(wording)) {
        const fault = wordingFault(locale as Locale, key, text);
        if (fault) addIssue({ message: `${locale}, ${key}: ${reasonOf(fault, key)}` });
      }
    }
  }),
);
export type Wordings = Partial<Record<Locale, Wording>>;

/** What was kept, without what no longer stands in the widget or fits there: a release may take sentences away. */
export function knownWords(kept: Wordings): Wordings {
  return tidied(
    LOCALES.map((locale) => [
      locale,
      Object.entries(kept[locale] ?? {}).filter(([key, text]) => !wordingFault(locale, key, text)),
    ]),
  );
}

/** The languages of `changed` instead of those before; the others stay. */
export function mergedWords(before: Wordings = {}, changed: Wordings): Wordings {
  return tidied(
    Object.entries({ ...before, ...changed }).map(([locale, wording]) => [locale, Object.entries(wording)]),
  );
}

/** The label for a language: its own, else the first of the site's languages that has one, else any. */
export function labelFor(labels: Labels = {}, locale: string, locales: readonly string[]): string | undefined {
  const tags = [locale, ...locales].map((tag) => chooseLocale([tag]));
  const found = tags.find((tag) => labels[tag] !== undefined);
  return found ? labels[found] : Object.values(labels)[0];
}

function tidied(entries: [string, [string, string][]][]): Wordings {
  return Object.fromEntries(
    entries.filter(([, words]) => words.length > 0).map(([locale, words]) => [locale, Object.fromEntries(words)]),
  );
}

function reasonOf(fault: WordingFault, key: string): string {
  if (fault === "unknown") return "the widget has no such sentence in this language";
  if (fault === "long") return `at most ${longest(key)} characters fit there`;
  if (fault === "blanks") return "the words in {braces} must stay, and no others";
  return fault === "empty" ? "expected some words, or none of this sentence at all" : "expected one line";
}
